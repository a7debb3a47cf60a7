import type { Severity } from "@pulumi/policy";
import type { Message } from "../messages/message.ts";

/** A rule's undecided answer that a value of the resource stops, which it leaves to the summary to tell. */
export interface Waiting {
  readonly rule: { readonly id: string; readonly description: string; readonly severity: Severity };
  readonly urn: string;
  readonly message: Message;
  /** What stops it: `policy` is not known before the deployment. */
  readonly stop: string;
}

/** What one value stops. */
export interface Stopped {
  readonly urn: string;
  readonly stop: string;
  /** In the order in which they were handed over; never empty. */
  readonly answers: readonly Waiting[];
}

/**
 * What rules hand over, of one operation on one stack.
 *
 * There is one only where the policy `summary` has been called in this operation: whether it is disabled nobody tells a
 * pack, but it is called for the stack's own resource, which comes first, and levels are the same throughout an operation.
 * What is handed over for a resource is told in the same call, as that policy comes after the rules.
 */
export class Handover {
  #waiting: Waiting[] = [];

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  /** All that waits, by resource and what stops it; nothing waits after that. */
  take(): readonly Stopped[] {
    const stopped = new Map<string, { urn: string; stop: string; answers: Waiting[] }>();
    for (const waiting of this.#waiting) {
      const { urn, stop } = waiting;
      const key = `${urn} ${stop}`;
      const same = stopped.get(key);
      if (same === undefined) {
        stopped.set(key, { urn, stop, answers: [waiting] });
      } else {
        same.answers.push(waiting);
      }
    }
    this.#waiting = [];
    return [...stopped.values()];
  }
}
