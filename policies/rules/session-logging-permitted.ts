import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import { MACHINE_ROLE_FORMS, machineRolesOf } from "../estate/machine-role.ts";
import { isUnreadable } from "../reader/read.ts";
import { matchesAny, textList } from "./config.ts";
import { distinct, distinctVerdicts } from "./distinct.ts";
import { namesOf } from "./access/holder.ts";
import { logStoresOf, outsideStores, trustedDestinations, unseenStores } from "./logging/log-store.ts";
import { decideServiceKeys } from "./logging/log-service-key.ts";
import { type DocumentOfRole, rolesOfMachines } from "./logging/logging-role.ts";
import { type SessionAccess, sessionAccessOf } from "./logging/session-access.ts";
import { TRUSTED_POLICIES } from "./access/outside-policies.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { type Finding, undecided, type Verdict } from "./verdict.ts";

const QUESTION = "whether sessions can be logged";

/**
 * Where a session document sends its logs, the machines can write them.
 *
 * A machine's role must be allowed every call that the agent makes for it, by its own policies, its permissions
 * boundary, the bucket's policy and the key's; and the log group's key must let CloudWatch Logs in. A call counts as
 * allowed where it is for whatever else the request carries; as refused where it never is; anything else is undecided.
 *
 * A bucket or key of the role's own account lets it in by the role's policies or by its own; one of another account has
 * to allow it too, as the role's do.
 *
 * A role is held to documents of its own account, and of the Regions that it has machines in: with no other can a session
 * be held there. Within one place AWS knows no tie between a document and a machine: people may name any document that
 * they are allowed. What a role may write tells which it is meant for: it is held in full to every document that it may
 * write something for, and to no other. A session with another environment's document is not this rule's to find:
 * `session-documents-pinned` and `session-access-requires-tags` are about who may start it, and where the document insists
 * on encryption, as `session-logs-encrypted` wants it, such a session ends at once instead of being lost. A role that may
 * write for no document is held to all of its place; to one that other roles are meant for only where a policy of the stack
 * lets people use it on the role's machines, or where the session would go on without its log.
 *
 * Where it is not known whether a role and a document are in one place, nothing is refused: it is undecided.
 */
export const sessionLoggingPermitted: Rule = {
  id: "session-logging-permitted",
  displayName: "Session logging permitted",
  description: "Machines' roles and the keys of logs allow what session documents ask for.",
  severity: "high",
  tags: ["logging", "access", "instance"],
  remediation:
    "Give the machines' role `logs:CreateLogStream`, `logs:PutLogEvents`, `logs:DescribeLogStreams` on the log group, `logs:DescribeLogGroups` on all, `s3:PutObject` on the prefix, `s3:GetEncryptionConfiguration` on the bucket, `kms:GenerateDataKey` and `kms:Decrypt` on the keys; and let `logs.REGION.amazonaws.com` use the log group's key.",
  configSchema: {
    properties: {
      organizationId: {
        type: "string",
        pattern: "^o-[a-z0-9]{10,32}$",
        description:
          "Id of the organisation that the stack's accounts are in, for policies that let in by `aws:PrincipalOrgID`. Default: not known, and what depends on it is undecided.",
      },
      trustedDestinations: trustedDestinations("to take the logs of this stack's machines"),
      trustedKeys: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Ids, ARNs or aliases of keys of other stacks that let this stack's machines in. `*` stands for anything.",
      },
      trustedPolicies: TRUSTED_POLICIES,
      trustedRoles: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names or ARNs of machines' roles, of this stack or others, that are known to be able to write session logs. `*` stands for anything.",
      },
    },
  },
  decideResource: (facts) =>
    distinctVerdicts([...unseenStores(facts, QUESTION, ["bucket", "log-group"]), ...unseenSettings(facts)]),
  decideStack: (estate, config) => {
    const { stores, outside } = logStoresOf(estate, ["bucket", "log-group"]);
    return distinct([
      ...outsideStores(outside, "whether machines can write their logs", config),
      ...stores.flatMap((store) => (store.kind === "log-group" ? decideServiceKeys(estate, store) : [])),
      ...decideRoles(estate, config),
    ]);
  },
};

function unseenSettings({ sessionDocument: document }: ResourceFacts): readonly Verdict[] {
  return document?.kind === "read"
    ? [document.keyPrefix, document.sessionKey]
        .filter(isUnreadable)
        .map((cause) => undecided({ id: "unreadable-value", what: QUESTION, cause }))
    : [];
}

function decideRoles(estate: Estate, config: RuleConfig): readonly Finding[] {
  const documents = [...estate.facts.values()].filter(
    ({ sessionDocument: document }) =>
      document?.kind === "read" &&
      (document.destinations.length > 0 || document.sessionKey.kind !== "absent"),
  );
  if (documents.length === 0) {
    return [];
  }
  const trusted = textList(config, "trustedRoles");
  const isTrusted = (names: readonly string[]): boolean => names.some((name) => matchesAny(name, trusted));
  const roles = rolesOfMachines(estate, config).map((role) => ({
    role,
    asked: documents.flatMap((document) => role.ask(document) ?? []),
  }));
  const meant = new Set(
    roles.flatMap(({ asked }) => asked.flatMap((each) => (each.begins === "surely" ? each.document : []))),
  );
  const claimed = new Set(
    roles.flatMap(({ asked }) => asked.flatMap((each) => (each.begins === "no" ? [] : each.document))),
  );
  const machinesRoles = new Set(roles.map(({ role }) => role.facts));
  const isSmall = roles.length * documents.length <= MOST_PAIRS;
  const unasked = isSmall ? undefined : roles.find(({ asked }) => asked.some(isOthers));
  return [
    ...(unasked === undefined
      ? []
      : [
          {
            urn: unasked.role.facts.record.urn,
            verdict: undecided({
              id: "session-logging-pairs-unasked",
              roles: roles.length,
              documents: documents.length,
              most: MOST_PAIRS,
            }),
          },
        ]),
    ...roles
      .filter(({ role: { facts } }) => !isTrusted(namesOf(facts.record)))
      .flatMap(({ role: { facts }, asked }) =>
        heldTo(asked, {
          isSmall,
          isAnothers: ({ document }) => meant.has(document),
          isNobodys: ({ document }) => !claimed.has(document),
          access: ({ document }) => sessionAccessOf(estate, facts.record, document, machinesRoles),
        }),
      ),
    ...outsideRoles(estate, isTrusted),
  ];
}

/**
 * How many pairs of a role and a document are asked about for rights that stand with the wrong role: each is a search
 * through all policies. In larger stacks that is asked only of documents that no role may write for, and told as undecided.
 */
const MOST_PAIRS = 100;

/** What is known of the documents that a role may be held to. */
interface Claims {
  /** No more than {@link MOST_PAIRS}. */
  readonly isSmall: boolean;
  /** A role may surely write something for it. */
  readonly isAnothers: (document: DocumentOfRole) => boolean;
  /** No role of the stack may write anything for it. */
  readonly isNobodys: (document: DocumentOfRole) => boolean;
  /** Whether people may hold sessions of it on the role's machines. */
  readonly access: (document: DocumentOfRole) => SessionAccess;
}

/**
 * What is found of the documents that a role has to be able to write for: those that it is meant for, as far as what it
 * may write tells; all of its account and Region where nothing does, but for those that are other roles'.
 */
function heldTo(documents: readonly DocumentOfRole[], claims: Claims): readonly Finding[] {
  const surely = documents.filter(({ begins }) => begins === "surely");
  const ways = [
    surely.filter(({ meets }) => meets === "same"),
    surely,
    documents.filter(({ begins }) => begins === "perhaps"),
    documents,
  ];
  const held = ways.find((each) => each.length > 0) ?? [];
  if (held !== documents) {
    return [...held.flatMap((each) => each.tell()), ...mispaired(documents, held, claims)];
  }
  return held.flatMap((each) => each.tell(claims.isAnothers(each) ? () => claims.access(each) : undefined));
}

/** A document that the role surely meets, and may write nothing for. */
function isOthers({ begins, meets }: DocumentOfRole): boolean {
  return begins === "no" && meets === "same";
}

/**
 * What a role may write tells which documents it is meant for, unless the stack's own policies say otherwise: they let
 * people use another document on its machines that nobody is meant for, or any other one and, by no policy, its own.
 */
function mispaired(
  documents: readonly DocumentOfRole[],
  held: readonly DocumentOfRole[],
  { access, isNobodys, isSmall }: Claims,
): readonly Finding[] {
  const others = documents.filter((each) => isOthers(each) && !held.includes(each));
  // Asked in this order, because most roles' own documents are used: of others, then, only those that are nobody's count.
  const isElsewhere = others.length > 0 && isSmall && held.every((each) => access(each).kind !== "allowed");
  return others
    .filter((each) => isElsewhere || isNobodys(each))
    .flatMap((each) => {
      const told = access(each);
      return told.kind === "allowed" ? each.tell(() => told) : [];
    });
}

/** Roles of other stacks that a resource of this one gives to machines. */
function outsideRoles(estate: Estate, isTrusted: (names: readonly string[]) => boolean): readonly Finding[] {
  const inside = new Set(estate.facts.keys());
  return [...machineRolesOf(estate)].flatMap(([key, { resource, outside: name }]) => {
    if (name === undefined || inside.has(key) || isTrusted([name])) {
      return [];
    }
    const giver = [...estate.facts.values()].find(
      ({ record }) => MACHINE_ROLE_FORMS.has(record.type) && record.name === resource,
    );
    const verdict = undecided({ id: "session-logging-role-outside", role: name });
    return [{ urn: giver?.record.urn ?? "", verdict }];
  });
}
