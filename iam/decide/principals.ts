import { accountOf, principalMatches } from "../evaluate/principal.ts";
import type { CompiledStatement } from "../evaluate/compile.ts";
import type { Principal } from "../evaluate/request.ts";
import { isUser } from "./credentials.ts";
import { type RequestPlace, SOME_ACCOUNT } from "./places.ts";
import type { CredentialKind } from "./question.ts";

const STRANGER_ACCOUNT = "999988887777";

/**
 * One principal of each kind that resource policies can tell apart: those they name, and for each account that they
 * name, and for one they do not, somebody else in it. Undefined where no statement names principals.
 */
export function principalsOf(
  statements: readonly CompiledStatement[],
  kind: CredentialKind,
  place: RequestPlace,
  byName: boolean,
): readonly (Principal | undefined)[] {
  const elements = statements
    .map(({ principal }) => principal)
    .filter((principal) => principal !== undefined);
  if (elements.length === 0) {
    return [undefined];
  }
  const { partition } = place;
  const accounts = new Set([place.account ?? SOME_ACCOUNT]);
  const named: Principal[] = [];
  for (const { value } of elements.flatMap(({ entries }) => entries)) {
    if (typeof value !== "string") {
      continue;
    }
    const account = /^\d{12}$/.test(value) ? value : accountOf(value);
    if (account !== undefined) {
      accounts.add(account);
    }
    const principal = namedBy(value, kind);
    if (principal !== undefined) {
      named.push(principal);
    }
  }
  // Whom only a condition tells apart, such as the one role that a Deny for everybody lets through.
  for (const arn of statements.flatMap(principalArnsOf)) {
    const principal = namedBy(exampleOf(arn, place), kind);
    if (principal !== undefined) {
      named.push(principal);
    }
  }
  accounts.add(STRANGER_ACCOUNT);
  const someone = [...accounts].map((account) => someoneIn(account, partition, kind));
  const distinct = new Map<string, Principal>();
  for (const principal of [...named, ...someone]) {
    const matches = elements.map((element) => principalMatches(element, principal));
    const told = matches.map(({ truth, naming }) => `${truth} ${naming}`).join(",");
    const key = byName ? principal.id : told;
    if (!distinct.has(key)) {
      distinct.set(key, principal);
    }
  }
  return [...distinct.values()];
}

function principalArnsOf({ conditions }: CompiledStatement): readonly string[] {
  return conditions
    .filter(({ key }) => key === "aws:principalarn")
    .flatMap(({ source }) => source.values.filter((value) => typeof value === "string"));
}

/** One ARN that a pattern matches. */
function exampleOf(pattern: string, { partition, account }: RequestPlace): string {
  const [arn = "", partitionPart = "", service = "", region = "", accountPart = "", ...rest] =
    pattern.split(":");
  const filled = [
    arn,
    /[*?]/.test(partitionPart) ? partition : partitionPart,
    service,
    region,
    /[*?]/.test(accountPart) ? (account ?? SOME_ACCOUNT) : accountPart,
    rest.join(":").replaceAll("*", "example").replaceAll("?", "x"),
  ];
  return filled.join(":");
}

function namedBy(value: string, kind: CredentialKind): Principal | undefined {
  if (isUser(kind)) {
    return /^arn:[a-z-]+:iam::\d{12}:user\//.test(value) ? { kind: "user", id: value } : undefined;
  }
  const role = /^arn:([a-z-]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(value);
  if (role !== null) {
    const [, partition, account, name] = role;
    return {
      kind: "role-session",
      id: `arn:${partition}:sts::${account}:assumed-role/${name}/someone`,
      roleArn: value,
    };
  }
  const session = /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/.exec(value);
  if (session === null) {
    return undefined;
  }
  const [, partition, account, name] = session;
  return { kind: "role-session", id: value, roleArn: `arn:${partition}:iam::${account}:role/${name}` };
}

function someoneIn(account: string, partition: string, kind: CredentialKind): Principal {
  return isUser(kind)
    ? { kind: "user", id: `arn:${partition}:iam::${account}:user/someone` }
    : {
        kind: "role-session",
        id: `arn:${partition}:sts::${account}:assumed-role/some-role/someone`,
        roleArn: `arn:${partition}:iam::${account}:role/some-role`,
      };
}
