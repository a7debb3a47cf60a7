import type { Answer, ParsedDocument, ParsedStatement, PolicyInput, StatementRef } from "@bastionless/iam";
import type { Estate } from "../estate/estate.ts";
import { type Holding, type Principal, principalsOf } from "../estate/principal.ts";
import type { AccessFix, SessionRequirement } from "../messages/access-message.ts";
import { grantVerdict } from "./grant-verdict.ts";
import type { DocumentAnswer } from "./session-decision.ts";
import { type Finding, undecided, violation } from "./verdict.ts";

/** What a rule asks of the documents that one principal holds. */
export interface TogetherQuestion {
  readonly requirement: SessionRequirement;
  /** Principals that the rule does not hold to it, or that keep it in another way. */
  readonly isExempt: (principal: Principal) => boolean;
  readonly ask: (principal: Principal, documents: readonly PolicyInput[]) => Answer;
  readonly fix: (allowedBy: StatementRef) => AccessFix;
}

/**
 * Documents that are safe one by one and not together: AWS checks a session on the machine and on the session document,
 * which may be allowed by one policy each.
 *
 * A document that is not safe by itself has been told already, and so has one that is not known.
 */
export function decideTogether(estate: Estate, question: TogetherQuestion): readonly Finding[] {
  return principalsOf(estate).flatMap((principal) => {
    const holdings = principal.holdings.filter(({ grant }) => grant.document.kind !== "invalid");
    if (holdings.filter(mayAllowSessions).length < 2 || question.isExempt(principal)) {
      return [];
    }
    const documents = inputs(holdings);
    const answer = question.ask(principal, documents);
    if (answer.kind === "none" || isToldAlready(principal, answer, documents, question)) {
      return [];
    }
    return [
      {
        urn: principal.facts?.record.urn ?? holdings[0]?.urn ?? "",
        verdict: tell(principal, answer, question),
      },
    ];
  });
}

function tell(
  principal: Principal,
  answer: Answer,
  { requirement, fix }: TogetherQuestion,
): Finding["verdict"] {
  const { kind, name, holdings } = principal;
  const [statement] = answer.kind === "witness" ? (answer.checks[0]?.allowedBy ?? []) : [];
  const holding = holdings.find(({ grant }) => grant.document.name === statement?.document) ?? holdings[0];
  if (holding === undefined) {
    throw new Error("a principal without documents was asked about");
  }
  const session = grantVerdict(holding.grant, answer, requirement, fix).message;
  const documents = [...new Set(holdings.map(({ grant }) => grant.document.name))];
  const message = { id: "session-together", kind, name, documents, session } as const;
  return answer.kind === "witness" ? violation(message) : undecided(message);
}

/** A witness that one of the documents gives by itself, or a reason that each of them has by itself. */
function isToldAlready(
  principal: Principal,
  answer: DocumentAnswer,
  documents: readonly PolicyInput[],
  question: TogetherQuestion,
): boolean {
  if (answer.kind === "undecided") {
    return answer.reasons.every(({ code }) => code === "unknown-document" || code === "unknown-value");
  }
  return documents.some((document) => question.ask(principal, [document]).kind === "witness");
}

function inputs(holdings: readonly Holding[]): readonly PolicyInput[] {
  return holdings.flatMap(({ grant: { document } }) => (document.kind === "invalid" ? [] : [document]));
}

function mayAllowSessions({ grant: { document } }: Holding): boolean {
  return document.kind === "document" && mentionsSessions(document);
}

function mentionsSessions(document: ParsedDocument): boolean {
  return document.statements.some((statement) => statement.effect === "Allow" && mayBeSession(statement));
}

/** Whether the pattern may stand for `ssm:StartSession`: too often rather than too rarely. */
function mayBeSession({ action }: ParsedStatement): boolean {
  return (
    action.negated ||
    action.patterns.some(
      (pattern) =>
        typeof pattern !== "string" || /[*?]/.test(pattern) || pattern.toLowerCase() === "ssm:startsession",
    )
  );
}
