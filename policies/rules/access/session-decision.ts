import type { Answer, PolicyInput, Question } from "@bastionless/iam";
import type { GrantedDocument } from "../../estate/policy-grant.ts";
import { iam } from "../../iam.ts";

/** What a document says to a question. */
export type DocumentAnswer =
  | Answer
  /** The document cannot be read; AWS would refuse it too, or read it in its own way. */
  | { readonly kind: "invalid"; readonly path: string; readonly problem: string };

/** Asks one document on its own. */
export function ask(document: GrantedDocument, question: Question): DocumentAnswer {
  if (document.kind === "invalid") {
    const problem = document.problems.find(({ severity }) => severity === "error");
    return {
      kind: "invalid",
      path: problem?.path ?? "$",
      problem: problem?.message ?? "it is not a policy document",
    };
  }
  if (document.kind === "unknown" && document.mayAllow !== false) {
    const { name, reason } = document;
    const message = `what \`${name}\` says is not known: ${reason}`;
    return {
      kind: "undecided",
      question: question.name,
      reasons: [{ code: "unknown-document", subject: name, message }],
    };
  }
  return askTogether([document], question);
}

/**
 * Asks all documents of one principal.
 *
 * Many rules ask every document of a stack, and most documents are about something else: these are told apart by their
 * actions, without a search.
 *
 * @param boundary what limits them; undefined: nothing does
 */
export function askTogether(
  documents: readonly PolicyInput[],
  question: Question,
  boundary?: readonly PolicyInput[],
): Answer {
  const { decide, mayAllow } = iam();
  if (!mayAllow(documents, question)) {
    return { kind: "none", question: question.name, excludedBy: [] };
  }
  return decide(question, { identity: documents, ...(boundary === undefined ? {} : { boundary }) });
}
