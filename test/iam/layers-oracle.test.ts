import assert from "node:assert/strict";
import {
  type Answer,
  decide,
  type ParsedDocument,
  parsePolicyDocument,
  type Question,
} from "@bastionless/iam";
import { enumerated } from "./support/enumerate.ts";
import type { NaiveDocument } from "./support/naive.ts";
import {
  type NaivePolicies,
  permitsRequest,
  permitted,
  PRINCIPALS,
  randomPolicies,
  statementsOf,
} from "./support/naive-layers.ts";
import { Random, UNIVERSE } from "./support/random-documents.ts";

/**
 * Random policies of every layer, with resource policies that name users, roles, sessions and accounts, each answer
 * checked against a naive reading: for every principal of a small universe, every request is enumerated.
 * `IAM_ORACLE_PAIRS` and `IAM_ORACLE_SEED` as in oracle.test.ts; a twentieth as many.
 */
const ASKED_FOR = process.env["IAM_ORACLE_PAIRS"];
const SETS = Math.ceil(Number(ASKED_FOR ?? "20000") / 20);
const SEED = Number(process.env["IAM_ORACLE_SEED"] ?? "1");

const QUESTION: Question = {
  name: "anything",
  scenarios: [
    {
      name: "anything",
      checks: [{ name: "machine", actions: [UNIVERSE.action], resources: [UNIVERSE.template] }],
      credentials: ["long-term", "temporary", "temporary-mfa", "role", "role-mfa"],
    },
  ],
};

function parsed(document: NaiveDocument): readonly ParsedDocument[] {
  const result = parsePolicyDocument(document);
  if (result.kind !== "parsed") {
    throw new Error(JSON.stringify({ document, result }));
  }
  return [result.document];
}

function decided({ identity, boundary, session, scp, resource }: NaivePolicies): Answer {
  return decide(QUESTION, {
    identity: parsed(identity),
    ...(boundary === undefined ? {} : { boundary: parsed(boundary) }),
    ...(session === undefined ? {} : { session: parsed(session) }),
    ...(scp === undefined ? {} : { scps: [parsed(scp)] }),
    resource: parsed(resource),
  });
}

describe("deciding random policies of every layer", function () {
  this.timeout(0);

  it(`agrees on ${SETS} of them with every request of every principal of a small universe`, () => {
    const tally = { witness: 0, none: 0, undecided: 0 };
    for (let index = 0; index < SETS; index += 1) {
      const policies = randomPolicies(new Random(SEED * 1_000_003 + index), { variables: false });
      try {
        const answer = decided(policies);
        tally[answer.kind] += 1;
        check(policies, answer);
      } catch (error) {
        throw new Error(`set ${index} of seed ${SEED}: ${JSON.stringify(policies)}`, { cause: error });
      }
    }
    if (ASKED_FOR !== undefined) {
      const { witness, none, undecided } = tally;
      process.stdout.write(
        `seed ${SEED}: ${SETS} sets of layers: ${witness} witness, ${none} none, ${undecided} undecided\n`,
      );
    }
    assert.equal(tally.undecided, 0);
    assert.ok(tally.witness > SETS / 10 && tally.none > SETS / 10, JSON.stringify(tally));
  });
});

function check(policies: NaivePolicies, answer: Answer): void {
  if (answer.kind === "witness") {
    const request = answer.checks[0]?.request;
    assert.ok(request);
    // No principal: no statement that is about the action names any, and it may be anyone with these credentials.
    const kind = answer.credentials.startsWith("role") ? "role-session" : "user";
    const who = request.principal ?? PRINCIPALS.find((each) => each.kind === kind);
    assert.ok(who);
    const context = Object.entries(request.context).map(
      ([key, value]) => [key, Array.isArray(value) ? value.map(String) : String(value)] as const,
    );
    const naive = {
      action: request.action,
      resource: request.resource,
      context: Object.fromEntries(context),
    };
    assert.equal(permitsRequest(policies, who, naive), true, "the witness is not allowed");
    return;
  }
  const documents: readonly NaiveDocument[] = [{ Version: "2012-10-17", Statement: statementsOf(policies) }];
  for (const kind of ["user", "role"] as const) {
    const tests = PRINCIPALS.filter((who) => (who.kind === "user") === (kind === "user")).map((who) =>
      permitted(policies, who),
    );
    const found = enumerated(documents, (matching) => tests.some((test) => test(matching)), kind);
    assert.equal(found, undefined, `none, but for a ${kind} ${JSON.stringify(found)}`);
  }
}
