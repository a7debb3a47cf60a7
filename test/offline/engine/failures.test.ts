import assert from "node:assert/strict";
import { failed, placeOf, run } from "./support/run.ts";

describe("a program that fails", () => {
  it("by throwing is told with its message and place", async () => {
    const outcome = await failed(run("throws"));
    const [problem] = outcome.problems;
    assert.equal(problem.kind, "program-error");
    assert.match(problem.message, /no settings/u);
    assert.equal(placeOf(problem), "throws/index.ts:7:11");
    assert.equal(outcome.problems.length, 1);
  });

  it("by rejecting with what is no error is told with all of it", async () => {
    const outcome = await failed(run("rejects"));
    assert.match(outcome.problems[0].message, /\{ code: 7, inner: \{ reasons: \[ 'late' \] \} \}/u);
    assert.equal(outcome.problems.length, 1);
  });

  for (const code of [0, 3]) {
    it(`by process.exit(${code}) is told with its place`, async () => {
      const outcome = await failed(run("exits", { env: { ...process.env, FIXTURE_EXIT_CODE: `${code}` } }));
      assert.deepEqual(
        outcome.problems.map((problem) => [problem.kind, placeOf(problem)]),
        [["program-exit", "exits/index.ts:1:9"]],
      );
      assert.match(outcome.problems[0].message, new RegExp(`process.exit\\(${code}\\)`, "u"));
      assert.deepEqual(outcome.diagnostics, []);
    });
  }

  it("by awaiting a promise that never settles is told where it waits", async () => {
    const outcome = await failed(run("hangs"));
    assert.deepEqual(
      outcome.problems.map((problem) => [problem.kind, placeOf(problem)]),
      [["program-hang", "hangs/index.ts:3:23"]],
    );
  });

  it("by computing without an end is told where it computes", async function () {
    // Processor time is what counts, and a busy machine gives little of it.
    this.timeout(120_000);
    const outcome = await failed(run("loops", { hangSeconds: 2 }));
    const [problem] = outcome.problems;
    assert.equal(problem.kind, "program-hang");
    // The loop's condition or its body.
    assert.match(placeOf(problem), /^loops\/index\.ts:[34]:\d+$/u);
    assert.match(problem.message, /has computed for \d+ s.*loop/u);
    assert.deepEqual(outcome.diagnostics, []);
  });

  it("by an input that never settles is told which resource waits for it, and where the promise was made", async () => {
    const outcome = await failed(run("leaks"));
    assert.deepEqual(
      outcome.problems.map((problem) => [problem.kind, placeOf(problem)]),
      [["program-hang", "leaks/index.ts:9:29"]],
    );
    assert.match(outcome.problems[0].message, /"stuck" \[cloud:index:Thing\] was waiting .* "label"/u);
  });

  it("by registering one name twice is told both places", async () => {
    const outcome = await failed(run("twice"));
    assert.deepEqual(
      outcome.problems.map((problem) => [problem.kind, placeOf(problem)]),
      [["registration", "twice/index.ts:5:3"]],
    );
    assert.match(outcome.problems[0].message, /duplicate resource URN .*::same`.*twice\/index\.ts:4/u);
    assert.deepEqual(outcome.diagnostics, []);
  });

  it("to start is told what is missing", async () => {
    const request = { project: { name: "none", root: "/", main: "no-such-folder" } };
    const outcome = await failed(run("bucket", request));
    assert.equal(outcome.problems[0].kind, "program-start");
    assert.match(outcome.problems[0].message, /no-such-folder/u);
    const bare = await failed(run("bucket", { project: { name: "none", root: "/", main: "." } }));
    assert.match(bare.problems[0].message, /npm install/u);
  });
});

describe("inputs that a provider rejects", () => {
  it("are all told, each with its resource's place, and the rest of the program is recorded", async () => {
    const outcome = await failed(run("broken"));
    assert.deepEqual(
      outcome.problems.map((problem) => [problem.kind, placeOf(problem)]),
      [
        ["check", "broken/index.ts:3:15"],
        ["check", "broken/index.ts:5:1"],
      ],
    );
    assert.equal(
      outcome.problems[0].message,
      "`cloud:index:Thing` `first` has inputs that its provider rejects:\n" +
        "  `label`: expected any label but this one\n  and nothing else",
    );
    assert.deepEqual(
      outcome.resources.map((resource) => resource.name),
      ["broken-dev", "default_1_2_3", "first", "third", "second"],
    );
  });

  it("are told of a provider's configuration too", async () => {
    const outcome = await failed(
      run("bucket", { config: { values: { "cloud:region": "nowhere" }, secretKeys: [] } }),
    );
    assert.equal(outcome.problems[0].kind, "check");
    assert.match(outcome.problems[0].message, /expected a region that exists/u);
  });
});
