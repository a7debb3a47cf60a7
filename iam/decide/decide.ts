import type { PolicySet } from "../evaluate/policy-set.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { Answer, DecideOptions } from "./answer.ts";
import { goalsToAllow, Layers } from "./goal.ts";
import type { Question } from "./question.ts";
import { answerQuestion } from "./run.ts";

/**
 * Is there a request, within the question's constraints, that the documents allow?
 *
 * `witness` has been replayed through {@link evaluate}; `none` holds for every request; everything else is `undecided`
 * with its reasons. Unknown documents make the answer undecided only where they could change it.
 */
export function decide(question: Question, policies: PolicySet, options: DecideOptions = {}): Answer {
  const colons = options.resourceColons ?? "safe";
  return answerQuestion(question, options, {
    layers: (relevant) => [new Layers(policies, colons, relevant)],
    goals: ([layers], principal) => (layers === undefined ? [] : goalsToAllow(layers, principal)),
    replay: (request) => {
      const evaluation = evaluate(request, policies, { resourceColons: colons });
      return { evaluation, holds: evaluation.decision === "allowed" };
    },
  });
}
