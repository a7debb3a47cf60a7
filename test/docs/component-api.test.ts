import assert from "node:assert/strict";
import { join } from "node:path";
import { type InterfaceApi, readComponents } from "./component-api.ts";

const FIXTURE = join(import.meta.dirname, "fixtures", "components", "index.ts");

describe("what a component's source says", function () {
  this.timeout(30_000);

  let components: ReturnType<typeof readComponents>;
  before(() => {
    components = readComponents(FIXTURE);
  });

  const ship = (): (typeof components)[number] => {
    const found = components.find(({ name }) => name === "Ship");
    assert.ok(found !== undefined);
    return found;
  };

  it("is read of every exported component, also of one derived from another, and of no other class", () => {
    assert.deepEqual(
      components.map(({ name, token, text }) => ({ name, token, text })),
      [
        { name: "Fleet", token: "fixture:index:Ship", text: "A ship with others." },
        { name: "Ship", token: "fixture:index:Ship", text: "A ship. It floats." },
      ],
    );
    assert.deepEqual(ship().examples, ['new Ship("ship", { home });']);
  });

  it("has every argument with its type, default and description, also the inherited ones", () => {
    assert.deepEqual(ship().args, {
      kind: "interface",
      name: "ShipArgs",
      text: "",
      properties: [
        {
          name: "rig",
          type: "Rig",
          optional: true,
          text: "How it is rigged, see `Rig`.\n\n- `bark`: three masts;\n  or more.\n- `brig`: two.",
          byDefault: '"brig"',
        },
        { name: "home", type: "Port", optional: false, text: "", byDefault: undefined },
        {
          name: "tags",
          type: "Readonly<Record<string, string>>",
          optional: true,
          text: "",
          byDefault: "none",
        },
      ],
    });
    assert.equal(ship().argsOptional, false);
  });

  it("has what is public of the class, and of the classes above it", () => {
    assert.deepEqual(
      components.map(({ outputs }) => outputs.map(({ name, type, text }) => [name, type, text])),
      [
        [
          ["size", "number", "How many there are."],
          ["called", "Output<string>", "What it is called."],
        ],
        [["called", "Output<string>", "What it is called."]],
      ],
    );
    assert.deepEqual(
      ship().methods.map(({ name, type, text }) => [name, type, text]),
      [["sail", "(to: Port, knots = 5) => Output<string>", "Sails to a port."]],
    );
  });

  it("has the types that are named, each once, also one that names itself", () => {
    assert.deepEqual(
      ship().types.map(({ kind, name }) => [kind, name]),
      [
        ["alias", "Rig"],
        ["interface", "Port"],
      ],
    );
    const [rig, port] = ship().types;
    assert.partialDeepStrictEqual(rig, { type: '"bark" | "brig"' });
    assert.deepEqual(
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its kind is asserted above
      (port as InterfaceApi).properties.map(({ name, type }) => [name, type]),
      [
        ["place", "Input<string>"],
        ["next", "Port"],
      ],
    );
  });
});
