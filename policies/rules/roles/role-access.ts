import type { Answer, PolicyInput, Question } from "@bastionless/iam";
import type { Estate } from "../../estate/estate.ts";
import { boundaryOf, known } from "../../estate/permissions-boundary.ts";
import type { Holding, Principal } from "../../estate/principal.ts";
import { iam } from "../../iam.ts";
import { deniesIn } from "../access/answer-memo.ts";
import { decideOnce } from "../access/session-decision.ts";
import { matchesAny, textList } from "../config.ts";
import type { RuleConfig } from "../rule.ts";

/** Everything that says what a role may do. */
export interface RoleAccess {
  readonly holdings: readonly Holding[];
  /** The holdings' documents, in their order, and after them those that cannot be read here. */
  readonly documents: readonly PolicyInput[];
  /** For each of the documents, the resource that it stands in or is attached by. */
  readonly urns: readonly string[];
  readonly boundary: readonly PolicyInput[] | undefined;
}

/**
 * What a role may do, by all that the stack gives it: a Deny in one document counts for the others, and so does its
 * permissions boundary. A policy of another stack may allow and may deny; one that configuration vouches for allows
 * nothing that the rule is about.
 */
export function accessOf(estate: Estate, principal: Principal, config: RuleConfig): RoleAccess {
  const trusted = textList(config, "trustedPolicies");
  return {
    holdings: principal.holdings,
    documents: [
      ...principal.holdings.map(({ grant }) => known(grant.document)),
      ...principal.unread.map(({ path, policy }): PolicyInput => {
        const name = policy === "" ? path : policy;
        const reason = policy === "" ? `\`${path}\` is not known yet` : `\`${policy}\` is not in this stack`;
        const isTrusted = policy !== "" && matchesAny(policy, trusted);
        return { kind: "unknown", name, reason, ...(isTrusted ? { mayAllow: false } : {}) };
      }),
    ],
    urns: [...principal.holdings, ...principal.unread].map(({ urn }) => urn),
    boundary: boundaryOf(estate, principal),
  };
}

/** Asks all documents together. */
export function askRole({ documents, boundary }: RoleAccess, question: Question): Answer {
  return decideWith(documents, boundary, question);
}

/**
 * Asks what one of the documents allows, where everything else the role holds may only deny. What is not known yet is
 * not counted on to deny: a document that is open but for it is open.
 */
export function askDocument(
  { documents, boundary }: RoleAccess,
  position: number,
  question: Question,
): Answer {
  return decideWith(
    documents.map((document, index) => (index === position ? document : onlyDenies(document))),
    boundary,
    question,
  );
}

/** Asks all documents together, and where that is undecided each by itself: one that is open settles it. */
export function askRoleOrDocument(access: RoleAccess, question: Question): Answer {
  const whole = askRole(access, question);
  if (whole.kind !== "undecided") {
    return whole;
  }
  for (const position of access.documents.keys()) {
    const alone = askDocument(access, position, question);
    if (alone.kind === "witness") {
      return alone;
    }
  }
  return whole;
}

function decideWith(
  documents: readonly PolicyInput[],
  boundary: readonly PolicyInput[] | undefined,
  question: Question,
): Answer {
  // Most documents are about something else, and are told apart without a search.
  return iam().mayAllow(documents, question)
    ? decideOnce(question, { identity: documents, ...(boundary === undefined ? {} : { boundary }) })
    : { kind: "none", question: question.name, excludedBy: [] };
}

function onlyDenies(document: PolicyInput): PolicyInput {
  return document.kind === "unknown"
    ? { ...document, mayAllow: false, mayDeny: false }
    : { ...document, statements: deniesIn(document) };
}
