import type { Answer, DecideOptions } from "../decide/answer.ts";
import { goalsToAllowMore, Layers } from "../decide/goal.ts";
import type { CredentialKind, Place, Question } from "../decide/question.ts";
import { inEveryReading } from "../decide/readings.ts";
import { answerQuestion } from "../decide/run.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { PolicySet } from "../evaluate/policy-set.ts";

export interface CompareOptions extends DecideOptions {
  /** Actions to compare, wildcards included. Default: all. */
  readonly actions?: readonly string[];
  /** Templates of the resources to compare, as in {@link Check}. Default: all. */
  readonly resources?: readonly string[];
  readonly place?: Place;
  readonly credentials?: readonly CredentialKind[];
}

/**
 * Does `candidate` allow anything that `reference` does not?
 *
 * `witness`: this request is allowed by the one and not by the other. `none`: the candidate allows nothing more. With
 * `resourceColons: "safe"` that holds in both readings of every pattern, and a witness in one of them.
 */
export function compare(candidate: PolicySet, reference: PolicySet, options: CompareOptions = {}): Answer {
  const question: Question = {
    name: "allow more than the reference",
    scenarios: [
      {
        name: "any request",
        checks: [
          {
            name: "request",
            actions: options.actions ?? ["*:*"],
            resources: options.resources ?? ["{any}"],
          },
        ],
        ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
      },
    ],
    ...(options.place === undefined ? {} : { place: options.place }),
  };
  return inEveryReading(options.resourceColons ?? "safe", [candidate, reference], (colons) =>
    answerQuestion(question, options, {
      layers: (relevant) => [
        new Layers(candidate, colons, relevant),
        new Layers(reference, colons, relevant),
      ],
      goals: ([first, second], principal) =>
        first === undefined || second === undefined ? [] : goalsToAllowMore(first, second, principal),
      replay: (request) => {
        const evaluation = evaluate(request, candidate, { resourceColons: colons });
        const other = evaluate(request, reference, { resourceColons: colons });
        const refused = other.decision === "explicit-deny" || other.decision === "implicit-deny";
        return { evaluation, holds: evaluation.decision === "allowed" && refused };
      },
    }),
  );
}
