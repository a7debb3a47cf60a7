import type { PolicySet, Principal as Caller, Question } from "@bastionless/iam";
import { bucketPoliciesOf } from "../../estate/bucket-access.ts";
import type { Estate } from "../../estate/estate.ts";
import { keyPoliciesOf } from "../../estate/key-policy.ts";
import { known } from "../../estate/permissions-boundary.ts";
import { readResourcePolicy } from "../../estate/resource-policy.ts";
import { identity, type ResourceRecord } from "../../estate/resource-record.ts";
import { settingsOf } from "../../estate/setting.ts";
import type { StackPlace } from "../../estate/stack-place.ts";
import { defined } from "./log-service-key.ts";
import type { LoggingCall } from "./logging-calls.ts";
import { keyWays, type Permission, permissionOf, type Way } from "../access/permission.ts";

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
  const ask = (setsOf: (question: Question) => readonly Way[]): Permission =>
    permissionOf(questions.flatMap(setsOf));
  const asked: Asking = { role, held: policies, ask };
  switch (call.guard?.kind) {
    case undefined:
      return byRole(asked, askAlone(asked));
    case "bucket":
      return askBucket(estate, call.guard.record, asked);
    case "key":
      return askKey(estate, call.guard.record, asked);
  }
}

interface Asking {
  readonly role: ResourceRecord;
  /** What the role holds. */
  readonly held: PolicySet;
  readonly ask: (setsOf: (question: Question) => readonly Way[]) => Permission;
}

/** By the role's own policies. */
function askAlone({ held, ask }: Asking): Permission {
  return ask((question) => [{ question, policies: held }]);
}

function byRole({ role }: Asking, permission: Permission): Asked {
  return { permission, by: "role", urn: role.urn };
}

function askBucket(estate: Estate, bucket: ResourceRecord, asking: Asking): Asked {
  const { policies, perhaps } = bucketPoliciesOf(estate, bucket);
  const [first] = policies;
  if (first === undefined) {
    return perhaps.length === 0
      ? byRole(asking, askAlone(asking))
      : byRole(asking, open(`which bucket \`${perhaps[0]?.cause.path}\` is about is not known`));
  }
  const resource = policies
    .flatMap(({ record, place }) => readResourcePolicy(record, place) ?? [])
    .map(known);
  const permission = asking.ask((question) => [
    { question, policies: { ...asking.held, resource, combine: "either" } },
  ]);
  // Refused with the bucket's policy, and not without it.
  return permission.kind === "refused" && askAlone(asking).kind !== "refused"
    ? { permission, by: "bucket-policy", urn: first.record.urn }
    : byRole(asking, permission);
}

function askKey(estate: Estate, key: ResourceRecord, asking: Asking): Asked {
  const policies = keyPoliciesOf(estate, key);
  const [first] = policies;
  const doubt = policies.find((policy) => policy.kind === "unreadable");
  if (doubt !== undefined) {
    return byRole(asking, open(`which key \`${doubt.cause.path}\` is about is not known`));
  }
  const documents = policies.flatMap((policy) => (policy.kind === "policy" ? [known(policy.document)] : []));
  // By KMS's own policy, the account's IAM policies decide.
  const permission =
    documents.length === 0
      ? askAlone(asking)
      : asking.ask((question) => keyWays(question, asking.held, documents));
  if (permission.kind !== "refused") {
    return byRole(asking, permission);
  }
  const grant = keyGrantOf(estate, key);
  if (grant !== undefined && permission.deniedBy.length === 0) {
    return byRole(asking, open(`the grant \`${grant}\` on the key may allow it`));
  }
  const byKey =
    documents.length > 0 &&
    asking.ask((question) => [{ question, policies: { resource: documents, combine: "resource" } }]).kind ===
      "refused";
  return byKey && first !== undefined
    ? { permission, by: "key-policy", urn: first.urn }
    : byRole(asking, permission);
}

/** A grant on a key, or that may be on it: what it allows is not read. */
function keyGrantOf(estate: Estate, key: ResourceRecord): string | undefined {
  const { mine, perhaps } = settingsOf(estate, key, "key-grant", "keyId");
  const [urn] = [...mine, ...perhaps].map((each) => each.urn);
  return urn === undefined ? undefined : (urn.split("::").at(-1) ?? urn);
}

/** What cannot be read may deny, and may allow. */
function open(reason: string): Permission {
  return { kind: "open", reasons: [reason] };
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
