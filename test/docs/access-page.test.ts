import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ACCESS_PAGE, accessPage, controlPolicyMatrix, profileMatrix } from "./access-matrix.ts";

/** Rows of a table by their first cell; the others by their head. */
function cellsOf(table: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const [head = [], , ...rows] = table.split("\n").map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
  return new Map(
    rows.map(([what = "", ...cells]) => [
      what,
      new Map(cells.map((cell, index) => [head[index + 1] ?? "", cell])),
    ]),
  );
}

describe("docs/access.md", function () {
  this.timeout(60_000);

  it("has the tables that the policies come to (`npm run docs` writes them)", async () => {
    assert.equal(readFileSync(ACCESS_PAGE, "utf8"), await accessPage());
  });

  it("says of the profiles what they are for, and of nobody more than that", async () => {
    const rows = [...cellsOf(await profileMatrix())];
    const allowed = (profile: string): readonly string[] =>
      rows.flatMap(([what, cells]) => (cells.get(profile) === "no" ? [] : [what]));
    const times = rows.filter(([what]) => /^the same (?:before|from)/.test(what)).map(([what]) => what);
    const shell = "a shell, with the environment's document, on a machine with its tag";
    const tunnel = "a tunnel, with the environment's Port document";
    const own = "ending or resuming one's own session";
    const list = "listing sessions";
    assert.equal(times.length, 2);
    assert.deepEqual(allowed("operator"), [shell, ...times, tunnel, own, list]);
    assert.deepEqual(allowed("permission set"), allowed("operator"));
    assert.deepEqual(allowed("break-glass"), allowed("operator"));
    assert.deepEqual(allowed("on-call"), [shell, tunnel, own, list]);
    assert.deepEqual(allowed("tunnel"), [tunnel, own, list]);
    assert.deepEqual(allowed("command"), ["a named command document on a machine with the tag"]);
    assert.deepEqual(allowed("auditor"), [list, "reading the trail of who started what"]);
    for (const [what, cells] of rows) {
      for (const [profile, cell] of cells) {
        assert.ok(
          ["no", profile === "permission set" ? "yes" : "with MFA"].includes(cell),
          `${what}: ${profile}`,
        );
      }
    }
  });

  it("leaves an administrator nothing but sessions under the control policy, and what deployments need", () => {
    const rows = [...cellsOf(controlPolicyMatrix())];
    assert.deepEqual(
      rows.filter(([, cells]) => cells.get("administrator") === "yes").map(([what]) => what),
      [
        "`ssm:StartSession` with a document of the account",
        "`ec2:ModifyInstanceAttribute`",
        "`ssm:UpdateDocument`",
      ],
    );
  });
});
