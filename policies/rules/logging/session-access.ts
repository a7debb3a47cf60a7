import type { KeyConstraint, ParsedDocument, PolicyInput, Question } from "@bastionless/iam";
import type { Estate } from "../../estate/estate.ts";
import { machinesOfRoles } from "../../estate/machine-places.ts";
import type { ResourceFacts } from "../../estate/facts.ts";
import { known } from "../../estate/permissions-boundary.ts";
import { type Principal, principalsOf } from "../../estate/principal.ts";
import { identity, properties, type ResourceRecord } from "../../estate/resource-record.ts";
import { iam } from "../../iam.ts";
import { type DataMap, isDataMap, UNKNOWN } from "../../reader/data.ts";
import { at } from "../../reader/place.ts";
import { statementName } from "../access/access-fix.ts";
import { askTogether } from "../access/session-decision.ts";

/** Whether the stack lets anybody hold sessions of a document on machines of a role. */
export type SessionAccess =
  /** By a statement of a policy, whoever holds that. */
  | { readonly kind: "allowed"; readonly statement: string; readonly policy: string }
  /** The stack lets people use the document, and on none of these machines. */
  | { readonly kind: "excluded" }
  | { readonly kind: "open"; readonly reason: string };

/**
 * Asks the permissions of the stack, but for those of machines, whether a session of the document can be started on a
 * machine of the role that the stack makes, with the tags it has.
 *
 * Source: Service Authorization Reference, Systems Manager: StartSession is checked on the machine and on the document.
 */
export function sessionAccessOf(
  estate: Estate,
  role: ResourceRecord,
  document: ResourceRecord,
  machinesRoles: ReadonlySet<ResourceFacts>,
): SessionAccess {
  const name = identity(document, "name");
  const policies = peoplesPolicies(estate, machinesRoles);
  const open = {
    kind: "open",
    reason: `nothing tells whether \`${document.name}\` is for its machines`,
  } as const;
  if (name === undefined || askTogether(policies.map(onlyAllows), started(name, [])).kind === "none") {
    return open;
  }
  const machines = machinesOfRoles(estate).get(role.urn) ?? [];
  const tags = machines.map(tagsOf);
  const told = tags.filter((each) => each !== undefined);
  if (told.length === 0 || told.length < tags.length) {
    return open;
  }
  const alike = new Map(
    told.map((each) => {
      const constraints = tagConstraints(policies, each);
      return [JSON.stringify(constraints), constraints];
    }),
  );
  const asked = [...alike.values()].map((constraints) => started(name, constraints));
  if (asked.every((question) => askTogether(policies.map(onlyAllows), question).kind === "none")) {
    return { kind: "excluded" };
  }
  for (const policy of policies) {
    for (const question of asked) {
      const answer = askTogether([policy], question);
      const [statement] = answer.kind === "witness" ? (answer.checks[0]?.allowedBy ?? []) : [];
      if (statement !== undefined) {
        return { kind: "allowed", statement: statementName(statement), policy: policy.name };
      }
    }
  }
  return open;
}

const read = new WeakMap<ReadonlySet<ResourceFacts>, readonly PolicyInput[]>();

/** What of people's policies may allow a session. */
function peoplesPolicies(estate: Estate, machinesRoles: ReadonlySet<ResourceFacts>): readonly PolicyInput[] {
  let policies = read.get(machinesRoles);
  if (policies === undefined) {
    const { anySession, mayAllow } = iam();
    const question = anySession();
    policies = policiesOfPeople(estate, machinesRoles).filter((policy) => mayAllow([policy], question));
    read.set(machinesRoles, policies);
  }
  return policies;
}

/** What people hold in the stack, or may be given: all but what machines' roles alone hold. */
function policiesOfPeople(estate: Estate, machinesRoles: ReadonlySet<ResourceFacts>): readonly PolicyInput[] {
  const principals = principalsOf(estate);
  const isMachines = ({ facts }: Principal): boolean => facts !== undefined && machinesRoles.has(facts);
  const machines = new Set(
    principals.filter(isMachines).flatMap(({ holdings }) => holdings.map(({ grant }) => grant)),
  );
  const people = principals.filter((principal) => !isMachines(principal));
  const held = people.flatMap(({ holdings, maybe }) => [...holdings, ...maybe].map(({ grant }) => grant));
  const free = [...estate.facts.values()]
    .flatMap(({ grants }) => grants)
    .filter((grant) => !machines.has(grant));
  return [...new Set([...held, ...free].map((grant) => known(grant.document)))];
}

/** A session with this document, on a machine of which something is known. */
function started(name: string, machineKeys: readonly KeyConstraint[]): Question {
  const question = iam().sessionWithDocument({ own: [name] }, { targets: ["instance"] });
  return {
    ...question,
    scenarios: question.scenarios.map((scenario) => ({
      ...scenario,
      checks: scenario.checks.map((check) =>
        check.name === "machine" ? { ...check, keys: [...(check.keys ?? []), ...machineKeys] } : check,
      ),
    })),
  };
}

/** What Allows there are at most: a Deny that somebody does not have takes nothing away. */
function onlyAllows(policy: PolicyInput): PolicyInput {
  if (policy.kind === "unknown") {
    return { ...policy, mayDeny: false };
  }
  const made: ParsedDocument = {
    ...policy,
    statements: policy.statements.filter(({ effect }) => effect === "Allow"),
  };
  return made;
}

const INSTANCE = "aws:ec2/instance:Instance";

/** The tags of an instance, its provider's included; undefined where they cannot be told, or another resource tags it. */
function tagsOf(machine: ResourceRecord): DataMap | undefined {
  if (machine.type !== INSTANCE) {
    return undefined;
  }
  const own = at(properties(machine), "tags").data ?? {};
  const all = at({ data: machine.outputs ?? {}, path: "" }, "tagsAll").data ?? {};
  const byTemplate = at(properties(machine), "launchTemplate").data;
  if (!isDataMap(own) || !isDataMap(all) || (byTemplate !== undefined && byTemplate !== null)) {
    return undefined;
  }
  const tags = { ...all, ...own };
  return Object.values(tags).includes(UNKNOWN) ? undefined : tags;
}

const TAG_KEY = /^(?:aws|ssm):resourceTag\/(.+)$/i;

/** Every tag that a policy asks about has the machine's value, or none. */
function tagConstraints(policies: readonly PolicyInput[], tags: DataMap): readonly KeyConstraint[] {
  const { absent, equals } = iam();
  const asked = policies.flatMap((policy) =>
    policy.kind === "document"
      ? policy.statements.flatMap(({ conditions }) =>
          conditions.flatMap(({ key }) => TAG_KEY.exec(key)?.[1] ?? []),
        )
      : [],
  );
  const values = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
  return [...new Set(asked.map((key) => key.toLowerCase()))].map((key) => {
    const value = values.get(key);
    return typeof value === "string"
      ? equals(`aws:ResourceTag/${key}`, value)
      : absent(`aws:ResourceTag/${key}`);
  });
}
