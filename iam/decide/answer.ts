import type { CredentialKind } from "./question.ts";
import type { Evaluation, Mismatch, StatementRef } from "../evaluate/evaluation.ts";
import type { ResourceColons } from "../evaluate/policy-set.ts";
import type { Request } from "../evaluate/request.ts";

/** One allowed check of a witness, as the evaluator replayed it. */
export interface WitnessCheck {
  readonly name: string;
  readonly request: Request;
  readonly evaluation: Evaluation;
  /** The statements that allow it. */
  readonly allowedBy: readonly StatementRef[];
}

/** A request (or several, for what AWS checks more than once) that is allowed; replayed before it is returned. */
export interface Witness {
  readonly kind: "witness";
  readonly question: string;
  readonly scenario: string;
  /** A kind of credentials with which the request can be made. */
  readonly credentials: CredentialKind;
  readonly checks: readonly WitnessCheck[];
}

/** What keeps a statement from letting a request through. */
export interface Exclusion {
  readonly statement: StatementRef;
  /** For an Allow: the element that the question's requests never meet. Absent for a Deny that catches them. */
  readonly why: Mismatch | undefined;
}

/** No request within the constraints is allowed. */
export interface None {
  readonly kind: "none";
  readonly question: string;
  /** Empty where no document holds an Allow for the actions asked about. */
  readonly excludedBy: readonly Exclusion[];
}

export interface UndecidedReason {
  readonly code:
    | "unknown-document"
    | "unknown-value"
    | "unmodelled-operator"
    | "policy-variable"
    | "value-forms"
    | "invalid-question"
    | "budget";
  /** The document, value, operator or limit. */
  readonly subject: string;
  readonly message: string;
}

export interface Undecided {
  readonly kind: "undecided";
  readonly question: string;
  /** At least one. */
  readonly reasons: readonly UndecidedReason[];
}

export type Answer = Witness | None | Undecided;

export interface DecideOptions {
  /** Steps of search before the answer is `undecided` for want of budget. Default: 20,000,000. */
  readonly budget?: number;
  /** See {@link ResourceColons}. Default: `safe`. */
  readonly resourceColons?: ResourceColons;
}
