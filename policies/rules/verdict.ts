import type { Message } from "../messages/message.ts";

/** The answer to one question about one resource. */
export type Verdict =
  /** Refuted: the message holds a witness. */
  | { readonly kind: "violation"; readonly message: Message }
  /** Proved: the message says what shows it. */
  | { readonly kind: "satisfied"; readonly message: Message }
  /** The message names what stops it. */
  | { readonly kind: "undecided"; readonly message: Message };

export interface Finding {
  /** The resource to change. */
  readonly urn: string;
  readonly verdict: Verdict;
}

export function violation(message: Message): Verdict {
  return { kind: "violation", message };
}

export function satisfied(message: Message): Verdict {
  return { kind: "satisfied", message };
}

export function undecided(message: Message): Verdict {
  return { kind: "undecided", message };
}
