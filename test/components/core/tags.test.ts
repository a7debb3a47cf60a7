import assert from "node:assert/strict";
import { Problems } from "../../../components/core/problems.ts";
import { OWNER_TAGS, planTags, type Tags } from "../../../components/core/tags.ts";

const FIXED = { Project: "shop", Environment: "dev" };

function plan(owner?: Tags): { tags: Tags; paths: readonly string[] } {
  const problems = new Problems("X `x`");
  const tags = planTags(problems, FIXED, owner);
  return { tags, paths: problems.all.map(({ path }) => path) };
}

const many = (count: number): Tags =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]));

describe("tags", () => {
  it("are project, environment and the owner's", () => {
    assert.deepEqual(plan({ Owner: "web" }), { tags: { ...FIXED, Owner: "web" }, paths: [] });
  });

  it("let the owner set project and environment", () => {
    assert.deepEqual(plan({ Environment: "blue" }).tags, { Project: "shop", Environment: "blue" });
  });

  it(`may be ${OWNER_TAGS} of the owner's and no more`, () => {
    assert.deepEqual(plan(many(OWNER_TAGS)).paths, []);
    assert.deepEqual(plan(many(OWNER_TAGS + 1)).paths, ["tags"]);
  });

  const keys: readonly [key: string, valid: boolean][] = [
    ["k".repeat(128), true],
    ["k".repeat(129), false],
    ["", false],
    ["Größe", true],
    ["a b_.:/=+-@", true],
    ["a;b", false],
    ["aws:owner", false],
    ["AWS:owner", false],
    ["awsowner", true],
  ];
  for (const [key, valid] of keys) {
    it(`${valid ? "may" : "may not"} have the key \`${key.slice(0, 20)}\` of ${key.length} characters`, () => {
      assert.deepEqual(plan({ [key]: "x" }).paths, valid ? [] : [`tags[${JSON.stringify(key)}]`]);
    });
  }

  it("have values of up to 256 characters, also none", () => {
    assert.deepEqual(plan({ a: "v".repeat(256), b: "" }).paths, []);
    assert.deepEqual(plan({ a: "v".repeat(257), b: "x?" }).paths, ['tags["a"]', 'tags["b"]']);
  });

  it("cannot have two spellings of one key, of the owner's or of the fixed ones", () => {
    assert.deepEqual(plan({ owner: "a", Owner: "b" }).paths, ['tags["Owner"]']);
    assert.deepEqual(plan({ project: "a" }).paths, ['tags["project"]']);
  });

  it("are checked in what the project and the stack are called, too", () => {
    const problems = new Problems("X `x`");
    planTags(problems, { Project: "p".repeat(257) });
    assert.deepEqual(
      problems.all.map(({ path }) => path),
      ['tags["Project"]'],
    );
  });
});
