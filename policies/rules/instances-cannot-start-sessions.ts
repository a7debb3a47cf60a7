import type { CredentialKind } from "@bastionless/iam";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import { machineRoleUse } from "../estate/machine-role.ts";
import { known } from "../estate/permissions-boundary.ts";
import { type Principal, principalsOf } from "../estate/principal.ts";
import { properties } from "../estate/resource-record.ts";
import { at, isAbsent } from "../reader/place.ts";
import { matchesAny, textList } from "./config.ts";
import { doorsOfRole, type DoorQuestion } from "./access/doors.ts";
import { isExempt, isUnnamed, namesOf, unlessExempt } from "./access/holder.ts";
import { machineRole, type MachineRole } from "./roles/machine-role.ts";
import { TRUSTED_POLICIES } from "./access/outside-policies.ts";
import { accessOf, askRole, type RoleAccess } from "./roles/role-access.ts";
import { askDoors, type OpenDoor, type UnsureDoor } from "./roles/role-doors.ts";
import { roleWitness } from "./roles/role-witness.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { unplacedInRoles } from "./machines/unplaced.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/** What an instance's profile hands out: a role's session, without MFA. */
const MACHINE_CREDENTIALS: readonly CredentialKind[] = ["role"];

/**
 * Whoever gets onto one machine gets onto no other by that machine's role.
 *
 * A machine's role is one in an instance profile, in a hybrid activation or in Default Host Management, or one that EC2
 * may assume; one that Systems Manager may assume, if it can do what an agent does. All documents of the role count
 * together, AWS's own included: a Deny in one of them, and the role's permissions boundary, count for all.
 */
export const instancesCannotStartSessions: Rule = {
  id: "instances-cannot-start-sessions",
  displayName: "Instances reach no other machine",
  description: "No machine's role allows a session, a command or any other way onto another machine.",
  severity: "high",
  tags: ["access", "instance"],
  remediation:
    "Take the action out of the role's documents, or detach the policy that brings it. A machine needs `AmazonSSMManagedInstanceCore` or less, never `ssm:StartSession` or `ssm:SendCommand`.",
  configSchema: {
    properties: {
      doors: {
        type: "array",
        items: { type: "string" },
        default: ["*"],
        description:
          "Actions that count as ways onto a machine, such as `ssm:SendCommand`. `*` stands for anything; by default all of them do.",
      },
      exemptPrincipals: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names of machines' roles that may reach others, such as a runner's. `*` stands for anything.",
      },
      trustedPolicies: TRUSTED_POLICIES,
    },
  },
  decideResource: (facts, config) => [
    ...(isLocal(facts, config) ? decideOwn(facts, config) : []),
    ...readUnmodelled(facts, "permissions"),
  ],
  decideStack: (estate, config) => [
    ...principalsOf(estate).flatMap((principal) =>
      principal.kind === "role" ? decideRole(estate, principal, config) : [],
    ),
    ...decideUnplaced(estate, config),
  ],
};

function doorsOf(config: RuleConfig): readonly DoorQuestion[] {
  const patterns = config["doors"] === undefined ? ["*"] : textList(config, "doors");
  return doorsOfRole(MACHINE_CREDENTIALS).filter(({ door }) => matchesAny(door, patterns));
}

/** Whether a role's own documents can be held to the rule before it is created: nothing outside it can take from them. */
function isLocal({ record, trust, grants }: ResourceFacts, config: RuleConfig): boolean {
  return (
    trust !== undefined &&
    grants.length > 0 &&
    isAbsent(at(properties(record), "permissionsBoundary")) &&
    !isExempt(namesOf(record), config) &&
    machineRole(trust, undefined, ownDocuments(grants)).kind === "yes"
  );
}

function ownDocuments(grants: ResourceFacts["grants"]) {
  return grants.filter(({ holder }) => holder.kind === "this-role").map(({ document }) => document);
}

/** The documents that stand in the role itself. */
function decideOwn(facts: ResourceFacts, config: RuleConfig): readonly Verdict[] {
  const { record, grants, trust } = facts;
  const role = machineRole(trust, undefined, ownDocuments(grants));
  const own = grants.filter(({ holder }) => holder.kind === "this-role");
  const access: RoleAccess = {
    holdings: own.map((grant) => ({ urn: record.urn, grant })),
    documents: own.map(({ document }) => known(document)),
    urns: own.map(() => record.urn),
    boundary: undefined,
  };
  return askDoors(access, doorsOf(config)).documents.flatMap(({ open }) =>
    open.length === 0 ? [] : [unlessExempt(tellOpen(record.name, role, open), isUnnamed(record), config)],
  );
}

function decideRole(estate: Estate, principal: Principal, config: RuleConfig): readonly Finding[] {
  const { facts, name, holdings, unread } = principal;
  const names = [name, ...(facts === undefined ? [] : namesOf(facts.record))];
  const granted = holdings.map(({ grant }) => grant.document);
  const role = machineRole(facts?.trust, machineRoleUse(estate, principal), granted);
  if (role.kind === "no" || isExempt(names, config)) {
    return [];
  }
  const { documents, together } = askDoors(accessOf(estate, principal, config), doorsOf(config));
  const local = facts !== undefined && isLocal(facts, config);
  const isUnnamedRole = facts !== undefined && isUnnamed(facts.record);
  const urn = facts?.record.urn ?? holdings[0]?.urn ?? unread[0]?.urn ?? "";
  const findings = [...documents, { urn, ...together }].flatMap(({ urn: on, open, unsure }, index) => {
    // What stands in the role itself has been told before it was created.
    const isTold = local && holdings[index]?.grant.holder.kind === "this-role";
    return [
      ...(open.length === 0 || isTold
        ? []
        : [{ urn: on, verdict: unlessExempt(tellOpen(name, role, open), isUnnamedRole, config) }]),
      ...(unsure.length === 0 ? [] : [{ urn: on, verdict: tellUnsure(name, unsure) }]),
    ];
  });
  const isOpen = [...documents, together].some(({ open, unsure }) => open.length + unsure.length > 0);
  return isOpen ? findings : [{ urn, verdict: satisfied({ id: "machine-confined", role: name }) }];
}

function tellOpen(name: string, role: MachineRole, open: readonly OpenDoor[]): Verdict {
  const [first] = open;
  if (first === undefined || role.kind === "no") {
    throw new Error("nothing is open, or to no machine");
  }
  const about = { role: name, doors: open.map(({ door }) => door), witness: roleWitness(first.answer) };
  return role.kind === "yes"
    ? violation({ id: "machine-reaches-machines", why: role.why, ...about })
    : undecided({ id: "machine-may-reach-machines", reason: role.reason, ...about });
}

function tellUnsure(role: string, unsure: readonly UnsureDoor[]): Verdict {
  return undecided({
    id: "machine-access-undecided",
    role,
    doors: unsure.map(({ door }) => door),
    reasons: [...new Set(unsure.flatMap(({ reasons }) => reasons))],
  });
}

/** Documents of roles that are not known yet: they may be machines'. */
function decideUnplaced(estate: Estate, config: RuleConfig): readonly Finding[] {
  return unplacedInRoles(estate).flatMap(({ urn, path, access }) => {
    const asked = doorsOf(config).map(({ door, question }) => ({ door, answer: askRole(access, question) }));
    const open = asked.flatMap(({ door, answer }) => (answer.kind === "witness" ? [{ door, answer }] : []));
    const [first] = open;
    return first === undefined
      ? []
      : [
          {
            urn,
            verdict: undecided({
              id: "document-without-role",
              path,
              doors: open.map(({ door }) => door),
              witness: roleWitness(first.answer),
            }),
          },
        ];
  });
}
