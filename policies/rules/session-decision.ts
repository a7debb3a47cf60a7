import type { Answer, Question } from "@bastionless/iam";
import type { GrantedDocument } from "../estate/policy-grant.ts";
import { iam } from "../iam.ts";

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
  return iam().decide(question, { identity: [document] });
}
