import { type Answer, decide, type PolicyInput, type Question } from "@bastionless/iam";
import type { GrantedDocument } from "../estate/policy-grant.ts";

/** What a document says to a question. */
export type DocumentAnswer =
  | Answer
  /** The document cannot be read; AWS would refuse it too, or read it in its own way. */
  | { readonly kind: "invalid"; readonly path: string; readonly problem: string };

/**
 * Asks one document several questions: the first that has a witness settles it; otherwise one that is undecided; and
 * only where all of them are answered by a proof, a proof.
 */
export function ask(document: GrantedDocument, questions: readonly Question[]): DocumentAnswer {
  if (document.kind === "invalid") {
    const problem = document.problems.find(({ severity }) => severity === "error");
    return {
      kind: "invalid",
      path: problem?.path ?? "$",
      problem: problem?.message ?? "it is not a policy document",
    };
  }
  return askPolicies([document], questions);
}

/** The same of several documents that one principal holds together. */
export function askPolicies(documents: readonly PolicyInput[], questions: readonly Question[]): Answer {
  const answers = questions.map((question) => decide(question, { identity: documents }));
  return (
    answers.find((answer) => answer.kind === "witness") ??
    answers.find((answer) => answer.kind === "undecided") ??
    answers[0] ?? { kind: "none", question: "", excludedBy: [] }
  );
}
