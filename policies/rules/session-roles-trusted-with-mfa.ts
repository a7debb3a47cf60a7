import type { Answer, CredentialKind } from "@bastionless/iam";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import { machineRoleUse, type MachineRoleUse } from "../estate/machine-role.ts";
import { known } from "../estate/permissions-boundary.ts";
import type { GrantedDocument } from "../estate/policy-grant.ts";
import { type Principal, principalsOf } from "../estate/principal.ts";
import { properties } from "../estate/resource-record.ts";
import { iam } from "../iam.ts";
import { at, isAbsent } from "../reader/place.ts";
import { textList } from "./config.ts";
import { isExempt, isUnnamed, namesOf, unlessExempt } from "./access/holder.ts";
import { machineRole, type MachineRole } from "./roles/machine-role.ts";
import { TRUSTED_POLICIES } from "./access/outside-policies.ts";
import { accessOf, askRoleOrDocument, type RoleAccess } from "./roles/role-access.ts";
import { askTrust, type TrustAnswer } from "./roles/role-trust.ts";
import { roleWitness } from "./roles/role-witness.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { askStrangers } from "./roles/trust-strangers.ts";
import { isInstanceService, isSystemsManager, type WayIn } from "./roles/trust-ways.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { unplacedInRoles } from "./machines/unplaced.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/** Whatever a role's session may come with: it is the way into the role that is asked about. */
const ROLE_SESSIONS: readonly CredentialKind[] = ["role", "role-mfa", "federated"];

/**
 * A role that may start sessions is assumed with MFA only, and by nobody whom its account does not know.
 *
 * This rule is about the role's trust policy, whatever the role's documents ask for: AWS's pages do not agree whether a
 * role's session carries the MFA of the call that began it, so a document in a role is no place to rely on. What the
 * documents themselves allow is `session-access-requires-mfa`, which is content with either place. Machines that may
 * assume the role are `instances-cannot-start-sessions`.
 */
export const sessionRolesTrustedWithMfa: Rule = {
  id: "session-roles-trusted-with-mfa",
  displayName: "Session roles are assumed with MFA",
  description:
    "Every way through the trust policy of a role that may start sessions requires MFA, and none is open to every account.",
  severity: "high",
  tags: ["access", "mfa"],
  remediation:
    'Add `"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}` to every Allow of the role\'s trust policy, and name accounts or roles instead of `*`. For an identity provider that asks for MFA itself: `trustedIdentityProviders`.',
  configSchema: {
    properties: {
      exemptPrincipals: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names of roles that may start sessions and are assumed by something that has no MFA, such as a pipeline. `*` stands for anything.",
      },
      trustedAccounts: {
        type: "array",
        items: { type: "string", pattern: "^[0-9]{12}$" },
        default: [],
        description:
          "Ids of the accounts whose people may assume such roles. Empty: every account that a trust policy names, but never all there are.",
      },
      trustedIdentityProviders: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "ARNs of SAML or OIDC providers that ask for MFA themselves. `*` stands for anything.",
      },
      trustedPolicies: TRUSTED_POLICIES,
    },
  },
  decideResource: (facts, config) => [
    ...(ownSession(facts, config) === undefined ? [] : decideTrust(facts, undefined, config)),
    ...readUnmodelled(facts, "permissions"),
  ],
  decideStack: (estate, config) => [
    ...principalsOf(estate).flatMap((principal) =>
      principal.kind === "role" ? decideRole(estate, principal, config) : [],
    ),
    ...decideUnplaced(estate),
  ],
};

type Session = Extract<Answer, { kind: "witness" }>;

/** A session that the documents in the role itself allow; undefined where that is not certain. */
function ownSession({ record, grants, trust }: ResourceFacts, config: RuleConfig): Session | undefined {
  const own = grants.filter(({ holder }) => holder.kind === "this-role");
  if (
    trust === undefined ||
    own.length === 0 ||
    isExempt(namesOf(record), config) ||
    !isAbsent(at(properties(record), "permissionsBoundary"))
  ) {
    return undefined;
  }
  const answer = askSessions({
    holdings: [],
    urns: own.map(() => record.urn),
    documents: own.map(({ document }) => known(document)),
    boundary: undefined,
  });
  return answer.kind === "witness" ? answer : undefined;
}

function askSessions(access: RoleAccess): Answer {
  return askRoleOrDocument(access, iam().anySession({ credentials: ROLE_SESSIONS }));
}

/** The verdict on a role of the stack that is known to start sessions. */
function decideTrust(
  facts: ResourceFacts,
  use: MachineRoleUse | undefined,
  config: RuleConfig,
  found?: { readonly session: Session; readonly documents: readonly GrantedDocument[] },
): readonly Verdict[] {
  const session = found?.session ?? ownSession(facts, config);
  const documents = found?.documents ?? facts.grants.map(({ document }) => document);
  if (session === undefined) {
    return [];
  }
  const { name: role } = facts.record;
  const machine = machineRole(facts.trust, use, documents);
  const trust = askWays(facts.trust, machine, config);
  switch (trust.kind) {
    case "requires-mfa":
      return [satisfied({ id: "role-trusted-with-mfa", role })];
    case "undecided":
      return [undecided({ id: "role-trust-undecided", role, reason: trust.reason })];
    case "open": {
      const { who, statement: trustStatement, strangers } = trust;
      const witness = roleWitness(session);
      const open = {
        id: "role-trusted-without-mfa",
        role,
        who,
        trustStatement,
        strangers,
        without: trust.without,
        witness,
      } as const;
      return [unlessExempt(violation(open), isUnnamed(facts.record), config)];
    }
  }
}

type WaysAnswer =
  | Exclude<TrustAnswer, { kind: "open" }>
  | (Extract<TrustAnswer, { kind: "open" }> & {
      /** Whether it is MFA that is missing, or that anybody's account gets in. */
      readonly strangers: boolean;
    });

function askWays(trust: GrantedDocument | undefined, machine: MachineRole, config: RuleConfig): WaysAnswer {
  const leaveOut = ({ entry, value = "" }: WayIn): boolean =>
    entry.kind === "Service" &&
    (isInstanceService(value) || (isSystemsManager(value) && machine.kind === "yes"));
  const answer = askTrust(trust, textList(config, "trustedIdentityProviders"), { leaveOut });
  if (answer.kind === "open") {
    return { ...answer, strangers: false };
  }
  const strangers =
    trust?.kind === "document" ? askStrangers(trust, textList(config, "trustedAccounts")) : answer;
  if (strangers.kind === "open") {
    return { ...strangers, strangers: true };
  }
  return answer.kind === "undecided" ? answer : strangers;
}

function decideRole(estate: Estate, principal: Principal, config: RuleConfig): readonly Finding[] {
  const { facts, name, holdings, unread } = principal;
  const names = [name, ...(facts === undefined ? [] : namesOf(facts.record))];
  if (isExempt(names, config) || (facts !== undefined && ownSession(facts, config) !== undefined)) {
    return []; // The latter has been told before the role was created.
  }
  const access = accessOf(estate, principal, config);
  const answer = askSessions(access);
  const use = machineRoleUse(estate, principal);
  const urn = facts?.record.urn ?? holdings[0]?.urn ?? unread[0]?.urn ?? "";
  const documents = holdings.map(({ grant }) => grant.document);
  if (answer.kind === "none") {
    return [{ urn, verdict: satisfied({ id: "role-without-sessions", role: name }) }];
  }
  if (facts === undefined) {
    const reason = "its trust policy is not in this stack";
    // A certain machine's role is told of by the rule about machines.
    return use?.certain === true
      ? []
      : [{ urn, verdict: undecided({ id: "role-trust-undecided", role: name, reason }) }];
  }
  if (answer.kind === "witness") {
    return decideTrust(facts, use, config, { session: answer, documents }).map((verdict) => ({
      urn,
      verdict,
    }));
  }
  const trust = askWays(facts.trust, machineRole(facts.trust, use, documents), config);
  const reasons = answer.reasons.map(({ message }) => message);
  return trust.kind === "requires-mfa"
    ? [{ urn, verdict: satisfied({ id: "role-trusted-with-mfa", role: name }) }]
    : [{ urn, verdict: undecided({ id: "role-sessions-undecided", role: name, reasons }) }];
}

/** Documents of roles that are not known yet. */
function decideUnplaced(estate: Estate): readonly Finding[] {
  return unplacedInRoles(estate).flatMap(({ urn, path, access }) => {
    const answer = askSessions(access);
    return answer.kind === "none" ? [] : [{ urn, verdict: undecided({ id: "session-role-unknown", path }) }];
  });
}
