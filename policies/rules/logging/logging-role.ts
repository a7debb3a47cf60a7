import type { PolicyInput, PolicySet, Question } from "@bastionless/iam";
import { bucketPoliciesOf } from "../../estate/bucket-access.ts";
import type { Estate } from "../../estate/estate.ts";
import type { ResourceFacts } from "../../estate/facts.ts";
import { machineRolesOf, roleKey } from "../../estate/machine-role.ts";
import { type Principal, principalsOf } from "../../estate/principal.ts";
import { identity, properties, type ResourceRecord } from "../../estate/resource-record.ts";
import { placeOf } from "../../estate/stack-place.ts";
import { iam } from "../../iam.ts";
import type { RefusedCall } from "../../messages/session-logging.ts";
import { atFirst } from "../../reader/place.ts";
import { readText } from "../../reader/read.ts";
import { matchesAny, textList } from "../config.ts";
import { AnswerMemo, askedKey } from "../access/answer-memo.ts";
import { DENYING_AWS_POLICIES } from "../access/denying-aws-policies.ts";
import { type LoggingCall, loggingCallsOf, type OpenKey } from "./logging-calls.ts";
import { namesOf } from "../access/holder.ts";
import { mayReach } from "./logging-reach.ts";
import { askCall, type Asked, type Refuser } from "./logging-question.ts";
import { machineRole } from "../roles/machine-role.ts";
import { accessOf } from "../roles/role-access.ts";
import type { RuleConfig } from "../rule.ts";
import { unplacedInRoles } from "../machines/unplaced.ts";
import { type Finding, satisfied, undecided, violation } from "../verdict.ts";

/** A session document, as one role has to do with it. */
export interface DocumentOfRole {
  /** Whether the role may make one of the calls that are about the document's own destinations. */
  readonly begins: boolean;
  /** Asks all of its calls. */
  readonly tell: () => readonly Finding[];
}

/** What a session document asks of a role, and what became of it. */
interface Outcome {
  readonly document: ResourceRecord;
  readonly refused: readonly { readonly call: RefusedCall; readonly by: Refuser; readonly urn: string }[];
  readonly open: readonly { readonly action: string; readonly reasons: readonly string[] }[];
  readonly outside: readonly OpenKey[];
  /** The resource that keeps calls open: a policy that is not known yet, or the role itself. */
  readonly stopper: string;
}

/** A role that machines of Session Manager have. */
export interface RoleOfMachine {
  readonly facts: ResourceFacts;
  /** Undefined where the document asks for nothing. */
  readonly ask: (document: ResourceFacts) => DocumentOfRole | undefined;
}

/** The machines' roles of the stack that open the agent's channels: others have no sessions to log. */
export function rolesOfMachines(estate: Estate, config: RuleConfig): readonly RoleOfMachine[] {
  const uses = machineRolesOf(estate);
  const elsewhere = unreadGrants(estate);
  return [...principalsOf(estate), ...(elsewhere.length > 0 ? bareRoles(estate) : [])].flatMap(
    (principal) => {
      const { facts } = principal;
      if (principal.kind !== "role" || facts === undefined) {
        return [];
      }
      const granted = principal.holdings.map(({ grant }) => grant.document);
      const isMachines = machineRole(facts.trust, uses.get(roleKey(principal)), granted).kind !== "no";
      const identitySet = identityOf(estate, principal, elsewhere, config);
      return isMachines && opensChannel(identitySet)
        ? [roleOf(estate, principal, facts, identitySet, config)]
        : [];
    },
  );
}

/** Roles that nothing is given to as far as it can be told: a document whose role is not known may be theirs. */
function bareRoles(estate: Estate): readonly Principal[] {
  const given = new Set(principalsOf(estate).map(({ facts }) => facts));
  return (estate.byKind.get("role") ?? []).flatMap((record): readonly Principal[] => {
    const facts = estate.facts.get(record.urn);
    return facts === undefined || given.has(facts)
      ? []
      : [{ kind: "role", name: record.name, facts, holdings: [], unread: [], maybe: [], withoutText: [] }];
  });
}

/** All that the stack gives a role. What it attaches of AWS's that the table of them leaves out may allow logging. */
function identityOf(
  estate: Estate,
  principal: Principal,
  elsewhere: readonly UnreadGrant[],
  config: RuleConfig,
): PolicySet {
  const { facts } = principal;
  const { documents, boundary } = accessOf(estate, principal, config);
  const withoutText = principal.withoutText.map((name): PolicyInput => ({
    kind: "unknown",
    name,
    reason: `this pack does not have the text of AWS's policy \`${name}\``,
    mayDeny: DENYING_AWS_POLICIES.has(name),
  }));
  const names = facts === undefined ? [principal.name] : namesOf(facts.record);
  const unread = elsewhere.filter(({ role }) => role === undefined || names.includes(role));
  return {
    identity: [...documents, ...withoutText, ...unread.map(({ document }) => document)],
    ...(boundary === undefined ? {} : { boundary }),
  };
}

/** A document that may be given to a role, and is not read; `role` is the name that it gives, where that is known. */
interface UnreadGrant {
  readonly role: string | undefined;
  readonly document: PolicyInput;
}

/** Policies for roles that cannot be told, and such as other providers make. */
const ROLE_POLICIES =
  /^aws-native:iam:(ManagedPolicy|Policy|RolePolicy)$|:tf:aws_iam_(policy|role_policy)\w*$/;

function unreadGrants(estate: Estate): readonly UnreadGrant[] {
  const unplaced = unplacedInRoles(estate).map(({ path }): UnreadGrant => ({
    role: undefined,
    document: { kind: "unknown", name: path, reason: `which role \`${path}\` is given to is not known` },
  }));
  const others = [...estate.facts.values()]
    .filter(({ record }) => ROLE_POLICIES.test(record.type))
    .map(({ record }): UnreadGrant => {
      const role = readText(atFirst(properties(record), "roleName", "role"));
      return {
        role: role.kind === "known" ? role.value : undefined,
        document: {
          kind: "unknown",
          name: record.name,
          reason: `this pack does not read \`${record.type}\``,
        },
      };
    });
  return [...unplaced, ...others];
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
  if (!iam().mayAllow(policies.identity ?? [], question)) {
    return false;
  }
  const key = askedKey(question, policies);
  let opens = openers.get(key);
  if (opens === undefined) {
    opens = iam().decide(question, policies).kind !== "none";
    openers.set(key, opens);
  }
  return opens;
}

const openers = new AnswerMemo<boolean>();

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
  const unknown = principal.holdings.find(({ grant }) => grant.document.kind === "unknown");
  const stopper = unknown?.urn ?? role.urn;
  const own = placeOf(estate, role, []);
  const whole = Object.values(own).includes(undefined) ? undefined : own;
  return {
    facts,
    ask: ({ record: document, sessionDocument: read }) => {
      if (read?.kind !== "read") {
        return undefined;
      }
      const place = whole ?? placeOf(estate, role, [role, document, ...holders]);
      const { calls, open } = loggingCallsOf(estate, document, read, place);
      const outside = open.filter(({ key }) => key === "" || !matchesAny(key, trustedKeys));
      if (calls.length + outside.length === 0) {
        return undefined;
      }
      const known = new Map<LoggingCall, Asked>();
      const answer = (call: LoggingCall): Asked => {
        const asked = known.get(call) ?? askCall(estate, role, call, policies, place);
        known.set(call, asked);
        return asked;
      };
      return {
        // Most documents are not for this role: a few calls tell.
        begins: calls.some(
          (call) =>
            call.own &&
            (isGuarded(estate, call) || mayReach(policies.identity ?? [], call)) &&
            answer(call).permission.kind !== "refused",
        ),
        tell: () => tellDocument(role, { document, outside, stopper, ...outcomeOf(calls, answer) }),
      };
    },
  };
}

/** Whether something besides the role's policies can allow a call. */
function isGuarded(estate: Estate, { guard }: LoggingCall): boolean {
  if (guard?.kind !== "bucket") {
    return guard !== undefined;
  }
  const { policies, perhaps } = bucketPoliciesOf(estate, guard.record);
  return policies.length + perhaps.length > 0;
}

function outcomeOf(
  calls: readonly LoggingCall[],
  answer: (call: LoggingCall) => Asked,
): Pick<Outcome, "open" | "refused"> {
  const asked = calls.map((call) => ({ call, ...answer(call) }));
  return {
    refused: asked.flatMap(({ call, permission, by, urn }) =>
      permission.kind === "refused" ? [{ call: { ...call, deniedBy: permission.deniedBy }, by, urn }] : [],
    ),
    open: asked.flatMap(({ call, permission }) =>
      permission.kind === "open" ? [{ action: call.action, reasons: permission.reasons }] : [],
    ),
  };
}

function tellDocument(role: ResourceRecord, asked: Outcome): readonly Finding[] {
  const { refused, open, outside, stopper } = asked;
  const name = identity(role, "name") ?? role.name;
  const document = asked.document.name;
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
      urn: stopper,
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
