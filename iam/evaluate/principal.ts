import type { ParsedPrincipal, PrincipalEntry } from "../parse/parsed.ts";
import type { Truth } from "../match/truth.ts";
import type { Principal } from "./request.ts";

/**
 * How closely a resource policy names a principal; an account's grant is one to delegate, and needs the identity's own
 * documents too.
 */
export type Naming = "exact" | "role" | "account" | "everyone";

export interface PrincipalMatch {
  readonly truth: Truth;
  /** The closest naming among the entries that match. */
  readonly naming: Naming | undefined;
}

const CLOSEST: readonly Naming[] = ["exact", "role", "everyone", "account"];

/** Whether a statement is about a principal. Absent element: it is about whoever holds the document. */
export function principalMatches(
  element: ParsedPrincipal | undefined,
  principal: Principal | undefined,
): PrincipalMatch {
  if (element === undefined) {
    return { truth: true, naming: "exact" };
  }
  if (principal === undefined) {
    return { truth: "unknown", naming: undefined };
  }
  const namings = new Set<Naming>();
  let unknown = false;
  for (const entry of element.entries) {
    if (typeof entry.value !== "string") {
      unknown = true;
      continue;
    }
    const naming = namingBy(entry, entry.value, principal);
    if (naming !== undefined) {
      namings.add(naming);
    }
  }
  const naming = CLOSEST.find((candidate) => namings.has(candidate));
  const truth: Truth = naming === undefined && unknown ? "unknown" : naming !== undefined;
  if (!element.negated) {
    return { truth, naming };
  }
  return { truth: truth === "unknown" ? truth : !truth, naming: "everyone" };
}

function namingBy(entry: PrincipalEntry, value: string, principal: Principal): Naming | undefined {
  if (entry.everyone) {
    return "everyone";
  }
  switch (entry.kind) {
    case "Service":
      return principal.kind === "service" && principal.id === value ? "exact" : undefined;
    case "Federated":
      return principal.kind === "federated" && (value === "*" || principal.id === value)
        ? "exact"
        : undefined;
    case "CanonicalUser":
      return principal.id === value ? "exact" : undefined;
    case "AWS":
      return principal.kind === "service" ? undefined : namingByAws(value, principal);
  }
}

function namingByAws(value: string, principal: Principal): Naming | undefined {
  if (value === "*") {
    return "everyone";
  }
  if (value === principal.id) {
    return "exact";
  }
  if (principal.roleArn !== undefined && value === principal.roleArn) {
    return "role";
  }
  const account = /^\d{12}$/.test(value) ? value : /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(value)?.[1];
  return account !== undefined && accountOf(principal.id) === account ? "account" : undefined;
}

/** The account in an ARN; undefined where it has none. */
export function accountOf(arn: string): string | undefined {
  const account = arn.split(":", 6)[4];
  return account === undefined || account === "" ? undefined : account;
}
