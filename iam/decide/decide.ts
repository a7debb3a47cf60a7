import type { PolicySet } from "../evaluate/policy-set.ts";
import type { Answer, DecideOptions } from "./answer.ts";
import type { Question } from "./question.ts";

/**
 * Is there a request, within the question's constraints, that the documents allow?
 *
 * `witness` has been replayed through {@link evaluate}; `none` holds for every request; everything else is `undecided`
 * with its reasons. Unknown documents make the answer undecided only where they could change it.
 */
export function decide(question: Question, policies: PolicySet, options: DecideOptions = {}): Answer {
  void policies;
  void options;
  return {
    kind: "undecided",
    question: question.name,
    reasons: [{ code: "budget", subject: "0", message: "the search has not been run" }],
  };
}
