import type { Answer, DecideOptions } from "../decide/answer.ts";
import type { CredentialKind, Place } from "../decide/question.ts";
import type { PolicySet } from "../evaluate/policy-set.ts";

export interface CompareOptions extends DecideOptions {
  /** Actions to compare, wildcards included. Default: all. */
  readonly actions?: readonly string[];
  readonly place?: Place;
  readonly credentials?: readonly CredentialKind[];
}

/** Does `candidate` allow anything that `reference` does not? `none`: it allows nothing more. */
export function compare(candidate: PolicySet, reference: PolicySet, options: CompareOptions = {}): Answer {
  void candidate;
  void reference;
  void options;
  return {
    kind: "undecided",
    question: "allow more",
    reasons: [{ code: "budget", subject: "0", message: "the search has not been run" }],
  };
}
