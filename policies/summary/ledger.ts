import type { Exemption } from "../exemptions/exemption.ts";
import type { Message } from "../messages/message.ts";
import type { Verdict } from "../rules/verdict.ts";

/** A question that was not proved, for the summary. */
export interface OpenQuestion {
  readonly urn: string;
  readonly kind: "refuted" | "undecided";
  readonly message: Message;
  /** Set: the finding is not reported, but counted here. */
  readonly exemption: Exemption | undefined;
}

/** What one rule was asked, and answered. */
export interface RuleTally {
  readonly rule: string;
  readonly proved: number;
  readonly open: readonly OpenQuestion[];
}

/** An answer as it is noted. */
export interface NotedAnswer {
  readonly rule: string;
  /** What the rule was asked about: a resource's URN, or {@link STACK}. */
  readonly subject: string;
  /** The resource that the answer is about. */
  readonly urn: string;
  readonly verdict: Verdict;
  readonly exemption: Exemption | undefined;
}

interface Answers {
  proved: number;
  readonly open: OpenQuestion[];
}

/** What was decided in one operation on one stack. A resource that is visited again is counted once, as it is now. */
export class Ledger {
  readonly #rules = new Map<string, Map<string, Answers>>();

  /** Forgets what a rule said of a resource, or with {@link STACK} of the stack: it is about to be asked again. */
  begin(rule: string, subject: string): void {
    this.#rules.get(rule)?.delete(subject);
  }

  note({ rule, subject, urn, verdict, exemption }: NotedAnswer): void {
    const subjects = getOrMake(this.#rules, rule, () => new Map<string, Answers>());
    const answers = getOrMake(subjects, subject, (): Answers => ({ proved: 0, open: [] }));
    if (verdict.kind === "satisfied") {
      answers.proved += 1;
    } else {
      const kind = verdict.kind === "violation" ? "refuted" : "undecided";
      answers.open.push({ urn, kind, message: verdict.message, exemption });
    }
  }

  /** By rule, in the order of their ids; rules that had nothing to decide are left out. */
  tallies(): readonly RuleTally[] {
    return [...this.#rules]
      .map(([rule, subjects]): RuleTally => {
        const all = [...subjects.values()];
        return {
          rule,
          proved: all.reduce((sum, { proved }) => sum + proved, 0),
          open: all.flatMap(({ open }) => open),
        };
      })
      .filter(({ proved, open }) => proved + open.length > 0)
      .toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
  }
}

/** The subject of what a rule says of all resources together. */
export const STACK = "";

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
