import type { PolicyInput, PolicySet, Principal as Caller, Question } from "@bastionless/iam";
import { identity, type ResourceRecord } from "../../estate/resource-record.ts";
import type { StackPlace } from "../../estate/stack-place.ts";
import { iam } from "../../iam.ts";
import { type Permission, permissionOf, type Way } from "../access/permission.ts";
import { defined } from "./log-service-key.ts";
import type { LoggingCall } from "./logging-calls.ts";

/** Where a machine calls from. */
export interface CallerPlace extends StackPlace {
  /** The organisation of its account, such as `o-a1b2c3d4e5`; undefined: not known. */
  readonly organization: string | undefined;
}

/** One call, to be asked of several sets of policies. */
export class Asking {
  readonly role: ResourceRecord;
  /** What the role holds. */
  readonly held: PolicySet;
  readonly #call: LoggingCall;
  readonly #place: CallerPlace;

  constructor(role: ResourceRecord, call: LoggingCall, held: PolicySet, place: CallerPlace) {
    this.role = role;
    this.held = held;
    this.#call = call;
    this.#place = place;
  }

  /** Of the role's own policies. */
  alone(): Permission {
    return this.ask([], (question) => [{ question, policies: this.held }]);
  }

  /**
   * Of policies that tell accounts apart. Where the role's account is not known, it may be one that they name, or
   * another: only what is so of each of them is so.
   */
  ask(guards: readonly PolicyInput[], waysOf: (question: Question) => readonly Way[]): Permission {
    const { account } = this.#place;
    const accounts = account === undefined ? [...accountsIn(guards), NOBODYS_ACCOUNT] : [account];
    const answers = accounts.map((each) => {
      const place = guards.length === 0 ? this.#place : { ...this.#place, account: each };
      const questions = this.#call.readings.map((reading) =>
        questionOf(this.role, this.#call, reading, place, each),
      );
      return permissionOf(questions.flatMap(waysOf));
    });
    return agreed(answers, `the account of the role \`${this.role.name}\` is not known`);
  }
}

/** What is so whichever of several things is; open where they differ. */
export function agreed(permissions: readonly Permission[], reason: string): Permission {
  const [first, ...others] = permissions;
  if (first === undefined) {
    throw new Error("nothing was asked");
  }
  if (others.length === 0) {
    return first;
  }
  const kinds = new Set(permissions.map(({ kind }) => kind));
  const reasons = permissions.flatMap((each) => (each.kind === "open" ? each.reasons : []));
  if (kinds.size > 1) {
    return { kind: "open", reasons: [...new Set([reason, ...reasons])] };
  }
  switch (first.kind) {
    case "allowed":
      return first;
    case "open":
      return { kind: "open", reasons: [...new Set(reasons)] };
    case "refused":
      return {
        kind: "refused",
        deniedBy: [...new Set(permissions.flatMap((each) => (each.kind === "refused" ? each.deniedBy : [])))],
      };
  }
}

function accountsIn(documents: readonly PolicyInput[]): readonly string[] {
  const texts = documents.flatMap((document) =>
    document.kind === "document" ? [JSON.stringify(document.statements)] : [],
  );
  return [...new Set(texts.flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []))];
}

function questionOf(
  role: ResourceRecord,
  call: LoggingCall,
  reading: string,
  place: CallerPlace,
  account: string,
): Question {
  const { equals } = iam();
  return {
    name: call.action,
    scenarios: [
      {
        name: call.action,
        checks: [{ name: "call", actions: [call.action], resources: [reading] }],
        keys: [
          ...call.keys,
          ...(call.action.startsWith("kms:") && place.account !== undefined
            ? [equals("kms:CallerAccount", place.account)]
            : []),
          ...(place.organization === undefined ? [] : [equals("aws:PrincipalOrgID", place.organization)]),
        ],
        credentials: ["role"],
      },
    ],
    place: defined(place),
    principal: callerOf(role, place.partition ?? "aws", account),
  };
}

/** The session that an instance's profile hands out. */
function callerOf(role: ResourceRecord, partition: string, account: string): Caller {
  const name = identity(role, "name") ?? role.name;
  const path = identity(role, "path") ?? "/";
  return {
    kind: "role-session",
    id: `arn:${partition}:sts::${account}:assumed-role/${name}/i-0123456789abcdef0`,
    roleArn: identity(role, "arn") ?? `arn:${partition}:iam::${account}:role${path}${name}`,
  };
}

/** Stands for an account that nothing in the stack names. */
const NOBODYS_ACCOUNT = "000000000000";
