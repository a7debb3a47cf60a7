import type { PolicySet, Principal as Caller, Question } from "@bastionless/iam";
import { bucketPoliciesOf } from "../estate/bucket-access.ts";
import type { Estate } from "../estate/estate.ts";
import { keyPoliciesOf } from "../estate/key-policy.ts";
import { known } from "../estate/permissions-boundary.ts";
import { readResourcePolicy } from "../estate/resource-policy.ts";
import { identity, type ResourceRecord } from "../estate/resource-record.ts";
import { settingsOf } from "../estate/setting.ts";
import type { StackPlace } from "../estate/stack-place.ts";
import { defined } from "./log-service-key.ts";
import type { LoggingCall } from "./logging-calls.ts";
import { keyWays, type Permission, permissionOf, type Way } from "./permission.ts";

export type Refuser = "bucket-policy" | "key-policy" | "role";

/** What became of one call. */
export interface Asked {
  readonly permission: Permission;
  /** What refuses, where it is refused. */
  readonly by: Refuser;
  readonly urn: string;
}

/** Asks the role's policies and what guards the resource. */
export function askCall(
  estate: Estate,
  role: ResourceRecord,
  call: LoggingCall,
  policies: PolicySet,
  place: StackPlace,
): Asked {
  const questions = call.readings.map((reading) => questionOf(role, call, reading, place));
  const alone = permissionOf(questions.map((question) => ({ question, policies })));
  const asRole = { by: "role", urn: role.urn } as const;
  switch (call.guard?.kind) {
    case undefined:
      return { permission: alone, ...asRole };
    case "bucket":
      return askBucket(estate, call.guard.record, questions, policies, { permission: alone, ...asRole });
    case "key":
      return askKey(estate, call.guard.record, questions, policies, { permission: alone, ...asRole });
  }
}

function askBucket(
  estate: Estate,
  bucket: ResourceRecord,
  questions: readonly Question[],
  held: PolicySet,
  alone: Asked,
): Asked {
  const { policies, perhaps } = bucketPoliciesOf(estate, bucket);
  const [first] = policies;
  if (first === undefined) {
    return perhaps.length === 0
      ? alone
      : doubtful(alone, `which bucket \`${perhaps[0]?.cause.path}\` is about`);
  }
  const resource = policies
    .flatMap(({ record, place }) => readResourcePolicy(record, place) ?? [])
    .map(known);
  const permission = permissionOf(
    questions.map((question) => ({ question, policies: { ...held, resource, combine: "either" } })),
  );
  // Refused with the bucket's policy, and not without it.
  const byBucket = permission.kind === "refused" && alone.permission.kind !== "refused";
  return byBucket ? { permission, by: "bucket-policy", urn: first.record.urn } : { ...alone, permission };
}

function askKey(
  estate: Estate,
  key: ResourceRecord,
  questions: readonly Question[],
  held: PolicySet,
  alone: Asked,
): Asked {
  const policies = keyPoliciesOf(estate, key);
  const [first] = policies;
  const doubt = policies.find((policy) => policy.kind === "unreadable");
  const grant = keyGrantOf(estate, key);
  const orByGrant = (asked: Asked): Asked =>
    grant !== undefined && asked.permission.kind === "refused" && asked.permission.deniedBy.length === 0
      ? doubtful(asked, `the grant \`${grant}\` on the key may allow it`)
      : asked;
  if (first === undefined || first.kind === "default") {
    // The account's IAM policies decide.
    return orByGrant(alone);
  }
  if (doubt !== undefined) {
    return doubtful(alone, `which key \`${doubt.cause.path}\` is about is not known`);
  }
  const documents = policies.flatMap((policy) => (policy.kind === "policy" ? [known(policy.document)] : []));
  const ways = questions.flatMap((question): readonly Way[] => keyWays(question, held, documents));
  const permission = permissionOf(ways);
  const byKey = permissionOf(
    questions.map((question) => ({ question, policies: { resource: documents, combine: "resource" } })),
  );
  return orByGrant(
    permission.kind === "refused" && byKey.kind === "refused"
      ? { permission, by: "key-policy", urn: first.urn }
      : { ...alone, permission },
  );
}

/** A grant on a key, or that may be on it: what it allows is not read. */
function keyGrantOf(estate: Estate, key: ResourceRecord): string | undefined {
  const { mine, perhaps } = settingsOf(estate, key, "key-grant", "keyId");
  const [urn] = [...mine, ...perhaps].map((each) => each.urn);
  return urn === undefined ? undefined : (urn.split("::").at(-1) ?? urn);
}

/** What cannot be read may deny, and may allow. */
function doubtful(alone: Asked, reason: string): Asked {
  return { ...alone, permission: { kind: "open", reasons: [reason] } };
}

function questionOf(role: ResourceRecord, call: LoggingCall, reading: string, place: StackPlace): Question {
  return {
    name: call.action,
    scenarios: [
      {
        name: call.action,
        checks: [{ name: "call", actions: [call.action], resources: [reading] }],
        keys: call.keys,
        credentials: ["role"],
      },
    ],
    place: defined(place),
    principal: callerOf(role, place),
  };
}

/** The session that an instance's profile hands out. */
function callerOf(role: ResourceRecord, { partition = "aws", account = SOME_ACCOUNT }: StackPlace): Caller {
  const name = identity(role, "name") ?? role.name;
  const path = identity(role, "path") ?? "/";
  return {
    kind: "role-session",
    id: `arn:${partition}:sts::${account}:assumed-role/${name}/i-0123456789abcdef0`,
    roleArn: identity(role, "arn") ?? `arn:${partition}:iam::${account}:role${path}${name}`,
  };
}

/** Stands for an account that nothing in the stack names. */
const SOME_ACCOUNT = "111122223333";
