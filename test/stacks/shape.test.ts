import assert from "node:assert/strict";
import {
  boolean,
  type ConfigProblem,
  integer,
  list,
  mapOf,
  oneOf,
  record,
  type Shape,
  string,
  unknownName,
} from "../../stacks/config/shape.ts";

function read<T>(shape: Shape<T>, value: unknown): { value: T | undefined; paths: string[] } {
  const problems: ConfigProblem[] = [];
  return { value: shape(value, "key", problems), paths: problems.map(({ path }) => path) };
}

describe("the shape of a configuration value", () => {
  const cases: readonly [
    name: string,
    shape: Shape,
    valid: readonly unknown[],
    invalid: readonly unknown[],
  ][] = [
    ["a string", string, ["", "a"], [1, true, null, ["a"], {}]],
    ["a boolean", boolean, [true, false], ["true", 1, null]],
    ["a whole number", integer, [0, -1, 365], [1.5, "1", Number.NaN, 2 ** 60, null]],
    ["one of a few", oneOf("a", "b"), ["a", "b"], ["c", 1, null]],
    ["a list", list(integer), [[], [1, 2]], ["1", {}, null, 1]],
    ["a mapping", mapOf(string), [{}, { a: "b" }], [[], "a", null]],
    ["a record", record({ a: string }), [{}, { a: "b" }], [[], "a", null]],
  ];
  for (const [name, shape, valid, invalid] of cases) {
    it(`of ${name} is read as it is, and anything else is a problem of the key`, () => {
      for (const value of valid) {
        assert.deepEqual(read(shape, value), { value, paths: [] });
      }
      for (const value of invalid) {
        assert.deepEqual(read(shape, value), { value: undefined, paths: ["key"] });
      }
    });
  }

  it("says where in a value each mistake is, and keeps the rest", () => {
    const shape = mapOf(record({ ports: list(integer), host: string }));
    assert.deepEqual(read(shape, { a: { ports: [1, "2"], host: 3, prot: 4 }, b: 5, c: { host: "x" } }), {
      value: { a: { ports: [1] }, c: { host: "x" } },
      paths: ["key.a.ports[1]", "key.a.host", "key.a.prot", "key.b"],
    });
  });

  it("does not take what every object has for a field", () => {
    assert.deepEqual(read(record({ a: string }), { toString: "x" }).paths, ["key.toString"]);
  });
});

describe("an unknown name", () => {
  it("is put right where it is nearly another", () => {
    assert.equal(unknownName("zoness", ["zones", "egress"]), "unknown; did you mean `zones`?");
    assert.equal(
      unknownName("logretentiondays", ["logRetentionDays"]),
      "unknown; did you mean `logRetentionDays`?",
    );
    assert.equal(unknownName("colour", ["zones", "egress"]), "unknown, expected one of `zones`, `egress`");
  });
});
