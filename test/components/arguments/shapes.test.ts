import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as bastionless from "@bastionless/components";
import { REPOSITORY } from "../../docs/pages.ts";
import { type ArgumentShapes, readShapes, SHAPES_FILE, shapesModule } from "./read-shapes.ts";

describe("the shapes of arguments", function () {
  this.timeout(60_000);

  let read: ArgumentShapes;
  before(() => {
    read = readShapes();
  });

  it("are as the types are (`npm run schema` writes them)", () => {
    assert.equal(readFileSync(SHAPES_FILE, "utf8"), shapesModule(read));
  });

  it("are known of every component", () => {
    const exported = Object.entries(bastionless).filter(
      ([, value]) =>
        typeof value === "function" && Function.prototype.toString.call(value).startsWith("class "),
    );
    assert.deepEqual(Object.keys(read.components).toSorted(), exported.map(([name]) => name).toSorted());
  });

  it("tell each form of type from the others", () => {
    const fixture = join(REPOSITORY, "test", "components", "arguments", "fixtures", "index.ts");
    assert.deepEqual(readShapes(fixture), {
      components: { Ship: "ShipArgs" },
      types: {
        Port: { name: "string", "next?": { object: "Port" } },
        ShipArgs: {
          "rig?": "string",
          masts: "number",
          "afloat?": "boolean",
          "size?": "number",
          "home?": { object: "Port" },
          "name?": { input: "string" },
          "crew?": { list: { input: "string" } },
          "flags?": { map: { either: ["string", { list: "string" }] } },
          "berth?": { input: { list: "string" } },
          "log?": { properties: { pages: "number" } },
          "place?": "output",
          "map?": "output",
          "transform?": "transform",
        },
      },
    });
  });

  it("are not guessed where a type is of a form that is not known", () => {
    const fixture = join(REPOSITORY, "test", "components", "arguments", "fixtures", "unknown.ts");
    assert.throws(() => readShapes(fixture), /of no shape that is known/);
  });
});
