import type { EngineEvents } from "./events.ts";

/** What the pack's rules told of a stack, in a form that tests compare. Every finding is a line; all are sorted. */
export interface Findings {
  /** `rule type::name` of the resource that is to be changed. */
  readonly refuted: readonly string[];
  /** `rule type::name: reason`. */
  readonly undecided: readonly string[];
}

/** Policies of the pack that are no rules. */
const NO_RULES: ReadonlySet<string> = new Set(["exemptions", "summary", "unused-exemptions"]);

const UNDECIDED = "undecided: ";

/** Between the question of an undecided finding and what stops it. */
const REASON = "cannot be told: ";

/**
 * The findings of the pack's rules, by rule, resource and reason. The one place of these tests that knows how the pack
 * tells people of what it cannot decide.
 */
export function findingsOf({ violations }: EngineEvents): Findings {
  const refuted: string[] = [];
  const undecided: string[] = [];
  for (const { policy, urn, message } of violations.filter(({ policy: name }) => !NO_RULES.has(name))) {
    const at = message.indexOf(UNDECIDED);
    if (at < 0) {
      refuted.push(`${policy} ${shortUrn(urn)}`);
    } else {
      const text = message.slice(at + UNDECIDED.length);
      const reason = text.includes(REASON) ? text.slice(text.indexOf(REASON) + REASON.length) : text;
      undecided.push(`${policy} ${shortUrn(urn)}: ${reason}`);
    }
  }
  return { refuted: refuted.toSorted(), undecided: undecided.toSorted() };
}

/** The rules that the summary names as having proved something; empty where there is no summary. Sorted. */
export function provedRules({ violations }: EngineEvents): readonly string[] {
  const summary = violations.find(({ policy }) => policy === "summary")?.message ?? "";
  const [, listed = ""] = /^proved: (.*)$/m.exec(summary) ?? [];
  return listed === ""
    ? []
    : listed
        .split(", ")
        .map((entry) => entry.replace(/ \d+$/, ""))
        .toSorted();
}

/** `type::name`, without the stack, the project and the types of parents. */
export function shortUrn(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split("$").at(-1) ?? ""}::${name.join("::")}`;
}
