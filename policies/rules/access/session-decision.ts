import type { Answer, PolicyInput, PolicySet, Question } from "@bastionless/iam";
import type { GrantedDocument } from "../../estate/policy-grant.ts";
import { iam } from "../../iam.ts";
import { AnswerMemo, askedKey, type RememberedNone, renamed } from "./answer-memo.ts";

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
  if (!iam().mayAllow(documents, question)) {
    return { kind: "none", question: question.name, excludedBy: [] };
  }
  return decideOnce(question, { identity: documents, ...(boundary === undefined ? {} : { boundary }) });
}

const nones = new AnswerMemo<RememberedNone>();

/**
 * Asks, unless the same was asked of documents that say the same. Only what closes a question is remembered: witnesses
 * and reasons name documents and requests throughout, and there are few of them.
 */
export function decideOnce(question: Question, policies: PolicySet): Answer {
  const documents = [...(policies.identity ?? []), ...(policies.boundary ?? [])];
  const key = askedKey(question, policies);
  const remembered = nones.get(key);
  const known = remembered === undefined ? undefined : renamed(remembered, documents);
  if (known !== undefined) {
    return known;
  }
  const answer = iam().decide(question, policies);
  if (answer.kind === "none") {
    nones.set(key, { answer, names: documents.map(({ name }) => name) });
  }
  return answer;
}
