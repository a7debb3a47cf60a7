import type { PolicyInput, PolicySet, Principal as Caller, Question } from "@bastionless/iam";
import { bucketPoliciesOf } from "../estate/bucket-access.ts";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import { keyPoliciesOf } from "../estate/key-policy.ts";
import { machineRolesOf, roleKey } from "../estate/machine-role.ts";
import { known } from "../estate/permissions-boundary.ts";
import { type Principal, principalsOf } from "../estate/principal.ts";
import { readResourcePolicy } from "../estate/resource-policy.ts";
import { identity, type ResourceRecord } from "../estate/resource-record.ts";
import { placeOf, type StackPlace } from "../estate/stack-place.ts";
import { iam } from "../iam.ts";
import type { RefusedCall } from "../messages/session-logging.ts";
import { matchesAny, textList } from "./config.ts";
import { DENYING_AWS_POLICIES } from "./denying-aws-policies.ts";
import { defined } from "./log-service-key.ts";
import { type LoggingCall, loggingCallsOf, type OpenKey } from "./logging-calls.ts";
import { machineRole } from "./machine-role.ts";
import { keyWays, type Permission, permissionOf, type Way } from "./permission.ts";
import { accessOf } from "./role-access.ts";
import type { RuleConfig } from "./rule.ts";
import { unplacedInRoles } from "./unplaced.ts";
import { type Finding, satisfied, undecided, violation } from "./verdict.ts";

type Refuser = "bucket-policy" | "key-policy" | "role";

/** What a session document asks of a role, and what became of it. */
export interface DocumentOfRole {
  readonly document: ResourceFacts;
  readonly refused: readonly { readonly call: RefusedCall; readonly by: Refuser; readonly urn: string }[];
  readonly open: readonly { readonly action: string; readonly reasons: readonly string[] }[];
  readonly outside: readonly OpenKey[];
  /** Whether the role may make one of the calls that are about the document's own destinations. */
  readonly begins: boolean;
}

/** A role that machines of Session Manager have. */
export interface RoleOfMachine {
  readonly facts: ResourceFacts;
  readonly ask: (document: ResourceFacts) => DocumentOfRole;
  readonly tell: (document: DocumentOfRole) => readonly Finding[];
}

/** The machines' roles of the stack that open the agent's channels: others have no sessions to log. */
export function rolesOfMachines(estate: Estate, config: RuleConfig): readonly RoleOfMachine[] {
  const uses = machineRolesOf(estate);
  return principalsOf(estate).flatMap((principal) => {
    const { facts } = principal;
    if (principal.kind !== "role" || facts === undefined) {
      return [];
    }
    const granted = principal.holdings.map(({ grant }) => grant.document);
    const isMachines = machineRole(facts.trust, uses.get(roleKey(principal)), granted).kind !== "no";
    const identitySet = identityOf(estate, principal, config);
    return isMachines && opensChannel(identitySet)
      ? [roleOf(estate, principal, facts, identitySet, config)]
      : [];
  });
}

/** All that the stack gives a role. What it attaches of AWS's that the table of them leaves out may allow logging. */
function identityOf(estate: Estate, principal: Principal, config: RuleConfig): PolicySet {
  const { documents, boundary } = accessOf(estate, principal, config);
  const withoutText = principal.withoutText.map((name): PolicyInput => ({
    kind: "unknown",
    name,
    reason: `this pack does not have the text of AWS's policy \`${name}\``,
    mayDeny: DENYING_AWS_POLICIES.has(name),
  }));
  const unplaced = unplacedInRoles(estate).map(({ path }): PolicyInput => ({
    kind: "unknown",
    name: path,
    reason: `which role \`${path}\` is given to is not known`,
  }));
  return {
    identity: [...documents, ...withoutText, ...unplaced],
    ...(boundary === undefined ? {} : { boundary }),
  };
}

/** Whether the agent can open its channels, without which there are no sessions. */
function opensChannel(policies: PolicySet): boolean {
  const question: Question = {
    name: "open a channel to Session Manager",
    scenarios: [
      {
        name: "a data channel",
        checks: [{ name: "agent", actions: ["ssmmessages:OpenDataChannel"], resources: ["*"] }],
        credentials: ["role"],
      },
    ],
  };
  return iam().decide(question, policies).kind !== "none";
}

function roleOf(
  estate: Estate,
  principal: Principal,
  facts: ResourceFacts,
  policies: PolicySet,
  config: RuleConfig,
): RoleOfMachine {
  const role = facts.record;
  const holders = principal.holdings.flatMap(({ urn }) => estate.facts.get(urn)?.record ?? []);
  const trustedKeys = textList(config, "trustedKeys");
  return {
    facts,
    ask: (document) => {
      const read = document.sessionDocument;
      if (read?.kind !== "read") {
        return { document, refused: [], open: [], outside: [], begins: false };
      }
      const guards = (["bucket", "key"] as const).flatMap((kind) => estate.byKind.get(kind) ?? []);
      const place = placeOf(estate, role, [role, document.record, ...holders, ...guards]);
      const { calls, open } = loggingCallsOf(estate, document.record, read, place);
      const asked = calls.map((call) => ({ call, ...askCall(estate, role, call, policies, place) }));
      return {
        document,
        refused: asked.flatMap(({ call, permission, by, urn }) =>
          permission.kind === "refused"
            ? [{ call: { ...call, deniedBy: permission.deniedBy }, by, urn }]
            : [],
        ),
        open: asked.flatMap(({ call, permission }) =>
          permission.kind === "open" ? [{ action: call.action, reasons: permission.reasons }] : [],
        ),
        outside: open.filter(({ key }) => key === "" || !matchesAny(key, trustedKeys)),
        begins: asked.some(({ call, permission }) => call.own && permission.kind !== "refused"),
      };
    },
    tell: (asked) => tellDocument(role, asked),
  };
}

interface Asked {
  readonly permission: Permission;
  /** What refuses, where it is refused. */
  readonly by: Refuser;
  readonly urn: string;
}

/** Asks the role's policies and what guards the resource. */
function askCall(
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
  identity: PolicySet,
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
    questions.map((question) => ({ question, policies: { ...identity, resource, combine: "either" } })),
  );
  // Refused with the bucket's policy, and not without it.
  const byBucket = permission.kind === "refused" && alone.permission.kind !== "refused";
  return byBucket ? { permission, by: "bucket-policy", urn: first.record.urn } : { ...alone, permission };
}

function askKey(
  estate: Estate,
  key: ResourceRecord,
  questions: readonly Question[],
  identity: PolicySet,
  alone: Asked,
): Asked {
  const policies = keyPoliciesOf(estate, key);
  const [first] = policies;
  const doubt = policies.find((policy) => policy.kind === "unreadable");
  if (first === undefined || first.kind === "default") {
    // The account's IAM policies decide.
    return alone;
  }
  if (doubt !== undefined) {
    return doubtful(alone, `which key \`${doubt.cause.path}\` is about is not known`);
  }
  const documents = policies.flatMap((policy) => (policy.kind === "policy" ? [known(policy.document)] : []));
  const ways = questions.flatMap((question): readonly Way[] => keyWays(question, identity, documents));
  const permission = permissionOf(ways);
  const byKey = permissionOf(
    questions.map((question) => ({ question, policies: { resource: documents, combine: "resource" } })),
  );
  return permission.kind === "refused" && byKey.kind === "refused"
    ? { permission, by: "key-policy", urn: first.urn }
    : { ...alone, permission };
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

function tellDocument(role: ResourceRecord, asked: DocumentOfRole): readonly Finding[] {
  const { refused, open, outside } = asked;
  const name = identity(role, "name") ?? role.name;
  const document = asked.document.record.name;
  const findings: Finding[] = [];
  const urns = [...new Set(refused.map(({ urn, by }) => `${by} ${urn}`))];
  for (const each of urns) {
    const group = refused.filter(({ urn, by }) => `${by} ${urn}` === each);
    const [first] = group;
    if (first !== undefined) {
      findings.push({
        urn: first.urn,
        verdict: violation({
          id: "session-logging-refused",
          role: name,
          document,
          by: first.by,
          calls: group.map(({ call: { action, resource, loss, deniedBy } }) => ({
            action,
            resource,
            loss,
            deniedBy,
          })),
        }),
      });
    }
  }
  if (open.length > 0) {
    findings.push({
      urn: role.urn,
      verdict: undecided({
        id: "session-logging-open",
        role: name,
        document,
        calls: [...new Set(open.map(({ action }) => action))],
        reasons: [...new Set(open.flatMap(({ reasons }) => reasons))],
      }),
    });
  }
  for (const { key, use } of outside) {
    findings.push({
      urn: role.urn,
      verdict: undecided({ id: "session-logging-key-outside", role: name, document, key, use }),
    });
  }
  return findings.length > 0
    ? findings
    : [{ urn: role.urn, verdict: satisfied({ id: "session-logging-permitted", role: name, document }) }];
}
