import assert from "node:assert/strict";
import { decide, type ParsedDocument, parsePolicyDocument } from "@bastionless/iam";
import { managedPolicies } from "./support/managed-policies.ts";
import { SESSION_QUESTIONS } from "./support/session-questions.ts";

describe("AWS's managed policies", function () {
  this.timeout(120_000);
  const latest: ParsedDocument[] = [];

  it("parse without an error, every version of them", () => {
    const refused: string[] = [];
    for (const [name, { versions, latestVersionId }] of managedPolicies()) {
      for (const [version, { document }] of Object.entries(versions)) {
        const result = parsePolicyDocument(document, { name, kind: "identity" });
        if (result.kind !== "parsed") {
          refused.push(
            `${name} ${version}: ${result.problems.map(({ path, message }) => `${path} ${message}`).join("; ")}`,
          );
        } else if (version === latestVersionId) {
          latest.push(result.document);
        }
      }
    }
    assert.deepEqual(refused, []);
    assert.ok(latest.length > 1000, `${latest.length} policies`);
  });

  it(`answer each of ${SESSION_QUESTIONS.length} questions, none of them undecided`, () => {
    const witnesses = new Map<string, string[]>();
    for (const document of latest) {
      for (const question of SESSION_QUESTIONS) {
        const found = decide(question, { identity: [document] });
        assert.notEqual(
          found.kind,
          "undecided",
          `${document.name}: ${question.name}: ${JSON.stringify(found)}`,
        );
        if (found.kind === "witness") {
          witnesses.set(question.name, [...(witnesses.get(question.name) ?? []), document.name]);
        }
      }
    }
    const start = witnesses.get("start a session without MFA") ?? [];
    for (const name of ["AdministratorAccess", "PowerUserAccess", "AmazonSSMFullAccess"]) {
      assert.ok(start.includes(name), name);
    }
    for (const name of ["AmazonSSMManagedInstanceCore", "ReadOnlyAccess", "AmazonSSMReadOnlyAccess"]) {
      assert.ok(!start.includes(name), name);
    }
  });
});
