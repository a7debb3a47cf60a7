import type { PolicySet, Question } from "@bastionless/iam";
import { bucketPoliciesOf } from "../../estate/bucket-access.ts";
import type { Estate } from "../../estate/estate.ts";
import type { ResourceFacts } from "../../estate/facts.ts";
import { machineRolesOf, roleKey } from "../../estate/machine-role.ts";
import { type Principal, principalsOf } from "../../estate/principal.ts";
import type { ResourceRecord } from "../../estate/resource-record.ts";
import { placeOf, type StackPlace } from "../../estate/stack-place.ts";
import { iam } from "../../iam.ts";
import { matchesAny, text, textList } from "../config.ts";
import type { CallerPlace } from "./asking.ts";
import { AnswerMemo, askedKey } from "../access/answer-memo.ts";
import { type LoggingCall, loggingCallsOf } from "./logging-calls.ts";
import { mayReach } from "./logging-reach.ts";
import { askAlone, askCall, type Asked } from "./logging-question.ts";
import { bareRoles, identityOf, unreadGrants } from "./role-identity.ts";
import { outcomeOf, tellDocument } from "./logging-outcome.ts";
import type { SessionAccess } from "./session-access.ts";
import { type Meeting, meetingOf } from "./session-place.ts";
import { machineRole } from "../roles/machine-role.ts";
import type { RuleConfig } from "../rule.ts";
import type { Finding } from "../verdict.ts";

/** A session document, as one role has to do with it. */
export interface DocumentOfRole {
  readonly document: ResourceRecord;
  /**
   * Whether the role may make one of the calls that are about the document's own destinations: `surely` by what is known
   * of its policies, `perhaps` by one that is not known, or by a policy of the bucket's.
   */
  readonly begins: "no" | "perhaps" | "surely";
  /** Whether both are in one account and Region, as far as it is known. */
  readonly meets: "same" | "unsure";
  /**
   * Asks all of its calls.
   *
   * @param access Whether people may hold its sessions on the role's machines, where that counts.
   */
  readonly tell: (access?: () => SessionAccess) => readonly Finding[];
}

/** A role that machines of Session Manager have. */
export interface RoleOfMachine {
  readonly facts: ResourceFacts;
  /** Undefined where the document asks for nothing, or its sessions are held in another account or Region. */
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
  const organization = text(config, "organizationId");
  const unknown = principal.holdings.find(({ grant }) => grant.document.kind === "unknown");
  const stopper = unknown?.urn ?? role.urn;
  return {
    facts,
    ask: ({ record: document, sessionDocument: read }) => {
      if (read?.kind !== "read") {
        return undefined;
      }
      const meeting = meetingOf(estate, role, document);
      if (meeting.kind === "other") {
        return undefined;
      }
      const place = {
        ...sessionPlace(estate, role, document, meeting, holders),
        organization,
      };
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
        meets: meeting.kind,
        begins: beginsOf(estate, { role, policies, place }, calls, answer),
        document,
        tell: (access) =>
          tellDocument(role, { document, meeting, outside, stopper, ...outcomeOf(calls, answer) }, access),
      };
    },
  };
}

/** Where sessions are held: in the role's account, and the document's Region. */
function sessionPlace(
  estate: Estate,
  role: ResourceRecord,
  document: ResourceRecord,
  meeting: Meeting,
  holders: readonly ResourceRecord[],
): StackPlace {
  const related = [role, document, ...holders];
  const ofRole = placeOf(estate, role, related);
  const ofDocument = placeOf(estate, document, related);
  return {
    partition: ofRole.partition,
    account: ofRole.account ?? (meeting.kind === "same" ? ofDocument.account : undefined),
    region: ofDocument.region,
  };
}

/** Most documents are not for this role: a few calls tell. */
function beginsOf(
  estate: Estate,
  {
    role,
    policies,
    place,
  }: { readonly role: ResourceRecord; readonly policies: PolicySet; readonly place: CallerPlace },
  calls: readonly LoggingCall[],
  answer: (call: LoggingCall) => Asked,
): DocumentOfRole["begins"] {
  const own = calls.filter((call) => call.own);
  const all = policies.identity ?? [];
  const read = all.filter(({ kind }) => kind === "document");
  const isAllowed = (call: LoggingCall): boolean => {
    const permission =
      read.length === all.length && call.guard === undefined
        ? answer(call).permission
        : askAlone(role, call, { ...policies, identity: read }, place);
    return permission.kind !== "refused";
  };
  if (own.some((call) => mayReach(read, call) && isAllowed(call))) {
    return "surely";
  }
  return own.some(
    (call) => (isGuarded(estate, call) || mayReach(all, call)) && answer(call).permission.kind !== "refused",
  )
    ? "perhaps"
    : "no";
}

/** Whether something besides the role's policies can allow a call. */
function isGuarded(estate: Estate, { guard }: LoggingCall): boolean {
  if (guard?.kind !== "bucket") {
    return guard !== undefined;
  }
  const { policies, perhaps } = bucketPoliciesOf(estate, guard.record);
  return policies.length + perhaps.length > 0;
}
