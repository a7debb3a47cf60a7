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
  const asked = askedOf(estate, machinesRoles);
  const open = {
    kind: "open",
    reason: `nothing tells whether \`${document.name}\` is for its machines`,
  } as const;
  if (name === undefined || !asked.isForAnybody(name)) {
    return open;
  }
  const constraints = asked.machinesOf(role);
  if (constraints === undefined) {
    return open;
  }
  const answers = constraints.map((each) => asked.sessions(name, each));
  if (answers.every((answer) => answer === "none")) {
    return { kind: "excluded" };
  }
  return answers.find((answer) => typeof answer === "object") ?? open;
}

/** Stacks have many roles and documents, and few kinds of machines: each question is asked once. */
interface Asked {
  /** Whether anybody may use the document on any machine. */
  readonly isForAnybody: (document: string) => boolean;
  /** What tells the role's machines apart for the policies; undefined where it cannot be told, or it has none. */
  readonly machinesOf: (role: ResourceRecord) => readonly (readonly KeyConstraint[])[] | undefined;
  /** Who may use the document on such a machine. */
  readonly sessions: (
    document: string,
    machine: readonly KeyConstraint[],
  ) => "none" | "open" | Extract<SessionAccess, { kind: "allowed" }>;
}

const memos = new WeakMap<ReadonlySet<ResourceFacts>, Asked>();

function askedOf(estate: Estate, machinesRoles: ReadonlySet<ResourceFacts>): Asked {
  const before = memos.get(machinesRoles);
  if (before !== undefined) {
    return before;
  }
  const policies = peoplesPolicies(estate, machinesRoles);
  const allows = policies.map(onlyAllows);
  const keys = tagsAskedAbout(policies);
  const machines = machinesOfRoles(estate);
  const made: Asked = {
    isForAnybody: once(String, (name) => askTogether(allows, started(name, [])).kind !== "none"),
    machinesOf: once(
      ({ urn }: ResourceRecord) => urn,
      ({ urn }) => {
        const tags = (machines.get(urn) ?? []).map(tagsOf);
        const told = tags.filter((each) => each !== undefined);
        return told.length === 0 || told.length < tags.length
          ? undefined
          : [
              ...new Map(
                told.map((each) => tagConstraints(keys, each)).map((each) => [JSON.stringify(each), each]),
              ).values(),
            ];
      },
    ),
    sessions: (name, machine) => sessionsOf({ name, machine }),
  };
  const sessionsOf = once(
    ({ name, machine }: { readonly name: string; readonly machine: readonly KeyConstraint[] }) =>
      JSON.stringify([name, machine]),
    ({ name, machine }) => {
      const question = started(name, machine);
      if (askTogether(allows, question).kind === "none") {
        return "none";
      }
      for (const policy of policies) {
        const answer = askTogether([policy], question);
        const [statement] = answer.kind === "witness" ? (answer.checks[0]?.allowedBy ?? []) : [];
        if (statement !== undefined) {
          return { kind: "allowed", statement: statementName(statement), policy: policy.name } as const;
        }
      }
      return "open";
    },
  );
  memos.set(machinesRoles, made);
  return made;
}

function once<Input, Output>(
  keyOf: (input: Input) => string,
  make: (input: Input) => Output,
): (input: Input) => Output {
  const made = new Map<string, { readonly output: Output }>();
  return (input) => {
    const key = keyOf(input);
    const before = made.get(key);
    if (before !== undefined) {
      return before.output;
    }
    const output = make(input);
    made.set(key, { output });
    return output;
  };
}

/** What of people's policies may allow a session. */
function peoplesPolicies(estate: Estate, machinesRoles: ReadonlySet<ResourceFacts>): readonly PolicyInput[] {
  const { anySession, mayAllow } = iam();
  const question = anySession();
  return policiesOfPeople(estate, machinesRoles).filter((policy) => mayAllow([policy], question));
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

/** Tags of machines that policies ask about, in lower case. */
function tagsAskedAbout(policies: readonly PolicyInput[]): readonly string[] {
  const asked = policies.flatMap((policy) =>
    policy.kind === "document"
      ? policy.statements.flatMap(({ conditions }) =>
          conditions.flatMap(({ key }) => TAG_KEY.exec(key)?.[1] ?? []),
        )
      : [],
  );
  return [...new Set(asked.map((key) => key.toLowerCase()))];
}

/** Every tag that a policy asks about has the machine's value, or none. */
function tagConstraints(keys: readonly string[], tags: DataMap): readonly KeyConstraint[] {
  const { absent, equals } = iam();
  const values = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
  return keys.map((key) => {
    const value = values.get(key);
    return typeof value === "string"
      ? equals(`aws:ResourceTag/${key}`, value)
      : absent(`aws:ResourceTag/${key}`);
  });
}
