import assert from "node:assert/strict";
import { loadIam } from "@bastionless/policies/iam.ts";
import { parseText } from "@bastionless/policies/estate/document-text.ts";
import { permissionOf, searchedPermission, type Way } from "@bastionless/policies/rules/access/permission.ts";
import { askTogether } from "@bastionless/policies/rules/access/session-decision.ts";
import type { LoggingCall } from "@bastionless/policies/rules/logging/logging-calls.ts";
import { mayReach } from "@bastionless/policies/rules/logging/logging-reach.ts";
import { decide, type PolicyInput, type Question } from "@bastionless/iam";
import fc from "fast-check";

await loadIam();

const BUCKETS = ["a", "b"];

const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Allow", "Deny"),
  Action: fc.constantFrom("s3:PutObject", "s3:*", "s3:GetObject", "*"),
  Resource: fc.constantFrom(
    "*",
    "arn:aws:s3:::a/*",
    "arn:aws:s3:::b/*",
    "arn:*:s3:::a/logs/*",
    "arn:aws:s3:::?/*",
    "arn:aws:s3:::${aws:PrincipalTag/bucket}/*",
    "arn:aws:s3::*",
  ),
  Condition: fc.option(
    fc.constantFrom(
      { StringLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/one" } },
      { Bool: { "aws:SecureTransport": "false" } },
      { StringEquals: { "aws:SourceVpc": "vpc-1" } },
    ),
    { nil: undefined, freq: 3 },
  ),
});

const text = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));

/** Who asks, of which bucket, with what documents; the names change, while texts repeat. */
const asking = fc.record({
  texts: fc.array(fc.oneof(text, fc.constant("unknown")), { minLength: 1, maxLength: 3 }),
  role: fc.constantFrom("one", "two"),
  bucket: fc.constantFrom(...BUCKETS),
  names: fc.uniqueArray(fc.constantFrom("x", "y", "z", "u", "v"), { minLength: 3, maxLength: 3 }),
});

interface Asking {
  readonly texts: readonly string[];
  readonly role: string;
  readonly bucket: string;
  readonly names: readonly string[];
}

function documentsOf({ texts, names }: Asking): readonly PolicyInput[] {
  return texts.map((each, index) => parsed(each, names[index] ?? "more"));
}

function parsed(source: string, name: string): PolicyInput {
  if (source === "unknown") {
    return { kind: "unknown", name, reason: "it is not known yet" };
  }
  const result = parseText(source, name, "identity");
  assert.ok(result.kind === "parsed");
  return result.document;
}

function questionOf({ role, bucket }: Asking): Question {
  return {
    name: "write",
    scenarios: [
      {
        name: "write",
        checks: [
          {
            name: "object",
            actions: ["s3:PutObject"],
            resources: [`arn:{partition}:s3:::${bucket}/logs/{name}`],
          },
        ],
        keys: [{ operator: "StringEquals", key: "aws:SecureTransport", values: ["true"] }],
        credentials: ["role"],
      },
    ],
    place: { partition: "aws", account: "111122223333" },
    principal: {
      kind: "role-session",
      id: `arn:aws:sts::111122223333:assumed-role/${role}/i-1`,
      roleArn: `arn:aws:iam::111122223333:role/${role}`,
    },
  };
}

function callOf(question: Question): LoggingCall {
  const [scenario] = question.scenarios;
  return {
    action: "s3:PutObject",
    resource: "",
    readings: scenario?.checks[0]?.resources ?? [],
    keys: scenario?.keys ?? [],
    loss: "log-lost",
    own: true,
    guard: undefined,
  };
}

describe("answers that are remembered", function () {
  this.timeout(120_000);

  it("are those that a search gives, whatever was asked before, names of documents included", () => {
    fc.assert(
      fc.property(asking, (first) => {
        // From memory, where anything is remembered: other names of documents, another role, another bucket.
        const askings = [
          first,
          renamed(first),
          ...["one", "two"].map((role) => ({ ...first, role })),
          ...BUCKETS.map((bucket) => ({ ...first, bucket })),
        ];
        for (const each of askings) {
          const question = questionOf(each);
          const identity = documentsOf(each);
          assert.deepEqual(askTogether(identity, question), searched(identity, question));
          const ways: readonly Way[] = [{ question, policies: { identity } }];
          assert.deepEqual(permissionOf(ways), searchedPermission(ways));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("does not rule out a call that a search finds allowed", () => {
    let ruledOut = 0;
    fc.assert(
      fc.property(asking, (each) => {
        const question = questionOf(each);
        const identity = documentsOf(each);
        if (!mayReach(identity, callOf(question))) {
          ruledOut += 1;
          assert.equal(searchedPermission([{ question, policies: { identity } }]).kind, "refused");
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(ruledOut > 20, `nothing is ruled out: ${ruledOut}`);
  });

  it("reads one text once, and keeps each document's own name", () => {
    const source = JSON.stringify({ Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } });
    const one = parsed(source, "one");
    const other = parsed(source, "other");
    assert.ok(one.kind === "document" && other.kind === "document");
    assert.deepEqual([one.name, other.name], ["one", "other"]);
    assert.equal(one.statements, other.statements);
  });
});

function renamed(each: Asking): Asking {
  return { ...each, names: each.names.toReversed() };
}

function searched(identity: readonly PolicyInput[], question: Question): unknown {
  const answer = decide(question, { identity });
  // Documents that say nothing of the action are told apart without a search, and exclude nothing.
  const memoless = askTogether(identity.map(fresh), question);
  return answer.kind === "none" ? memoless : answer;
}

/** The same document, which nothing is remembered of. */
function fresh(document: PolicyInput): PolicyInput {
  return document.kind === "unknown" ? document : { ...document, statements: [...document.statements] };
}
