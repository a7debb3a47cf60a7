import type {
  Answer,
  ParsedDocument,
  ParsedStatement,
  PolicyInput,
  PolicySet,
  Question,
} from "@bastionless/iam";
import { iam } from "../../iam.ts";
import { AnswerMemo, askedKey, deniesIn } from "./answer-memo.ts";

/** Whether a call that certainly comes is allowed. */
export type Permission =
  /** Whatever else the request carries. */
  | { readonly kind: "allowed" }
  /** Whatever else the request carries; by which Denies, if not for want of an Allow. */
  | { readonly kind: "refused"; readonly deniedBy: readonly string[] }
  /** It depends on something: what is not known, or what the request carries. */
  | { readonly kind: "open"; readonly reasons: readonly string[] };

/** One way in which a request may be allowed: a reading of what it is about, and policies that must allow it. */
export interface Way {
  readonly question: Question;
  readonly policies: PolicySet;
}

/** As AWS evaluates it: a wildcard within the last part of an ARN stands for colons too. */
const OPTIONS = { resourceColons: "crossing" } as const;

/**
 * Whether one of several ways always, never, or sometimes lets the request through.
 *
 * Law: a way more never turns `allowed` into anything else, and one less never turns `refused` into anything else.
 */
export function permissionOf(ways: readonly Way[]): Permission {
  const key = ways.map(({ question, policies }) => askedKey(question, policies)).join("\n");
  const known = certain.get(key);
  if (known !== undefined) {
    return known;
  }
  const permission = searchedPermission(ways);
  if (permission.kind === "allowed" || (permission.kind === "refused" && permission.deniedBy.length === 0)) {
    certain.set(key, permission);
  }
  return permission;
}

/** What is so of all documents that say the same, whatever they are called: these answers name none. */
const certain = new AnswerMemo<Permission>();

/** The same, by a search each time. */
export function searchedPermission(ways: readonly Way[]): Permission {
  const { decide, decideRefused } = iam();
  const reasons = new Set<string>();
  const denied = new Set<string>();
  let open = false;
  for (const { question, policies } of ways) {
    // That none is refused says nothing where there are none: first one that is allowed.
    const allowed = decide(question, policies, OPTIONS);
    if (allowed.kind === "none") {
      deniesOf(allowed).forEach((statement) => denied.add(statement));
      continue;
    }
    const refused = decideRefused(question, policies, OPTIONS);
    if (refused.kind === "none") {
      return { kind: "allowed" };
    }
    open = true;
    [...whyOpen(allowed), ...whyOpen(refused)].forEach((reason) => reasons.add(reason));
  }
  return open ? { kind: "open", reasons: [...reasons] } : { kind: "refused", deniedBy: [...denied] };
}

function deniesOf({ excludedBy }: Extract<Answer, { kind: "none" }>): readonly string[] {
  return excludedBy.flatMap(({ statement, why }) =>
    statement.effect === "Deny" && why === undefined
      ? [`\`${statement.sid ?? statement.path}\` of \`${statement.document}\``]
      : [],
  );
}

function whyOpen(answer: Answer): readonly string[] {
  switch (answer.kind) {
    case "none":
      return [];
    case "undecided":
      return answer.reasons.map(({ message }) => message);
    case "witness":
      // What keeps an Allow from the refused request, or a Deny on it: conditions on what the request carries.
      return answer.checks.flatMap(({ evaluation }) =>
        evaluation.trace.flatMap(({ statement, matches, why }) =>
          why?.element === "Condition" || (matches === "yes" && statement.effect === "Deny")
            ? [`it depends on \`${statement.sid ?? statement.path}\` of \`${statement.document}\``]
            : [],
        ),
      );
  }
}

/**
 * The ways into a KMS key: its policy must let the principal in by name, or leave it to the account's IAM policies, which
 * must then allow it too.
 *
 * Source: KMS Developer Guide, "Troubleshooting key access", "Key policies in AWS KMS".
 */
export function keyWays(
  question: Question,
  identity: PolicySet,
  key: readonly PolicyInput[],
): readonly Way[] {
  return [
    { question, policies: { ...identity, resource: key, combine: "both" } },
    {
      question,
      policies: {
        // Its Denies count in any way.
        ...onlyDenies(identity),
        resource: key.map(withoutDelegation),
        combine: "resource",
      },
    },
  ];
}

function onlyDenies({ identity = [] }: PolicySet): PolicySet {
  return {
    identity: identity.map((document) =>
      document.kind === "unknown"
        ? { ...document, mayAllow: false }
        : { ...document, statements: deniesIn(document) },
    ),
  };
}

/** The policy without what it gives to the account, which only lets IAM policies decide. */
function withoutDelegation(document: PolicyInput): PolicyInput {
  if (document.kind === "unknown") {
    return document;
  }
  let statements = undelegated.get(document.statements);
  if (statements === undefined) {
    statements = document.statements.flatMap((statement) => statementWithoutAccounts(statement));
    undelegated.set(document.statements, statements);
  }
  const made: ParsedDocument = { ...document, statements };
  return made;
}

const undelegated = new WeakMap<readonly ParsedStatement[], readonly ParsedStatement[]>();

const ACCOUNT = /^(\d{12}|arn:[a-z-]+:iam::\d{12}:root)$/;

function statementWithoutAccounts(statement: ParsedStatement): readonly ParsedStatement[] {
  const { principal, effect } = statement;
  if (effect === "Deny" || principal === undefined || principal.negated) {
    return [statement];
  }
  const entries = principal.entries.filter(({ value }) => typeof value !== "string" || !ACCOUNT.test(value));
  return entries.length === 0 ? [] : [{ ...statement, principal: { ...principal, entries } }];
}
