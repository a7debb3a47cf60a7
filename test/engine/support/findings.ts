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

/** An undecided finding of one rule: its question, and what stops it. */
const OF_RULE = /^undecided: .*? cannot be told: (?:what `[^`]*` says is not known: )?(?<reason>.*?)\.?$/s;

/** What `summary` tells once, of a value that stops several rules. */
const OF_SEVERAL =
  /^undecided: (?<reason>.*?), and until it is, none of these rules can decide .*: (?<rules>[^:]*)\.$/s;

/**
 * The findings of the pack's rules, by rule, resource and reason. The one place of these tests that knows how the pack
 * tells people of what it cannot decide. Throws where it is told otherwise: what is not understood is not nothing.
 */
export function findingsOf({ violations }: EngineEvents): Findings {
  const refuted: string[] = [];
  const undecided: string[] = [];
  for (const { policy, urn, message } of violations) {
    const at = message.indexOf(UNDECIDED);
    const told = at < 0 ? undefined : message.slice(at);
    const name = shortUrn(urn);
    if (NO_RULES.has(policy)) {
      undecided.push(...(told === undefined || !message.startsWith(UNDECIDED) ? [] : ofSeveral(name, told)));
    } else if (told === undefined) {
      refuted.push(`${policy} ${name}`);
    } else {
      const { reason } = OF_RULE.exec(told)?.groups ?? {};
      undecided.push(`${policy} ${name}: ${reason ?? told.slice(UNDECIDED.length)}`);
    }
  }
  return { refuted: refuted.toSorted(), undecided: undecided.toSorted() };
}

function ofSeveral(name: string, told: string): readonly string[] {
  const { reason, rules } = OF_SEVERAL.exec(told)?.groups ?? {};
  if (reason === undefined || rules === undefined) {
    throw new Error(`the summary tells of something undecided in a way that is not known here: ${told}`);
  }
  return [...new Set(rules.split(", "))].map((rule) => `${rule} ${name}: ${reason}`);
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
