import { matchesAny } from "../rules/config.ts";

/** A finding that is known and accepted for a while. */
export interface Exemption {
  /** The rule's id. */
  readonly rule: string;
  /** The resource's URN, in which `*` stands for anything. */
  readonly urn: string;
  /** Why it is accepted: for whoever reviews it. */
  readonly reason: string;
  /** The last day on which it counts, `2026-12-31`, in UTC. */
  readonly expires: string;
  /** Where it is written down: `exemptions.yaml:3`, `entries[0]`. */
  readonly place: string;
}

export function isExpired(exemption: Exemption, today: string): boolean {
  // Dates in this form are in order as texts.
  return exemption.expires < today;
}

/** Whether it is about findings of that rule on that resource. */
export function covers(exemption: Exemption, rule: string, urn: string): boolean {
  return exemption.rule === rule && matchesAny(urn, [exemption.urn]);
}

/**
 * Whether a text that begins with the prefix can match the pattern: an exemption that names another stack is not unused
 * in this one.
 *
 * Law: if `matchesAny(prefix + rest, [pattern])` for any rest, then this holds; else it does not.
 */
export function canMatchWithin(pattern: string, prefix: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) {
    return first.startsWith(prefix);
  }
  // Behind the first `*` anything may stand, the rest of the pattern included.
  return first.startsWith(prefix) || prefix.startsWith(first);
}
