import type { Exemption } from "./exemption.ts";

/** A problem of what is written, with its place. */
export interface ParsedExemptions {
  readonly exemptions: readonly Exemption[];
  /** Every problem at once, in the order of their places. */
  readonly problems: readonly string[];
}

const KEYS = ["rule", "urn", "reason", "expires"] as const;

/** Shorter is no reason that a reviewer could judge. */
const SHORTEST_REASON = 10;

/**
 * Reads a list of exemptions.
 *
 * @param place where each entry is written down, by its position in the list.
 */
export function parseExemptions(
  value: unknown,
  place: (index: number) => string,
  ruleIds: readonly string[],
): ParsedExemptions {
  if (!Array.isArray(value)) {
    return { exemptions: [], problems: [`${place(-1)}: \`${show(value)}\` is no list of exemptions`] };
  }
  const parsed = value.map((entry: unknown, index) => parseEntry(entry, place(index), ruleIds));
  return {
    exemptions: parsed.flatMap(({ exemption }) => exemption ?? []),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

interface ParsedEntry {
  readonly exemption: Exemption | undefined;
  readonly problems: readonly string[];
}

function parseEntry(entry: unknown, place: string, ruleIds: readonly string[]): ParsedEntry {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    return {
      exemption: undefined,
      problems: [`${place}: \`${show(entry)}\` is no exemption; expected ${KEYS.join(", ")}`],
    };
  }
  const fields = new Map<string, unknown>(Object.entries(entry));
  const problems = [...fields.keys()]
    .filter((key) => !KEYS.some((known) => known === key))
    .map((key) => `\`${key}\` is no property of an exemption; expected ${KEYS.join(", ")}`);
  const read = (key: (typeof KEYS)[number], check: (text: string) => string | undefined): string => {
    const value = fields.get(key);
    if (value === undefined || value === null || value === "") {
      problems.push(`\`${key}\` is missing; expected ${EXPECTED[key]}`);
      return "";
    }
    const problem = typeof value === "string" ? check(value) : `expected ${EXPECTED[key]}`;
    if (problem !== undefined) {
      problems.push(`\`${key}\` is \`${show(value)}\`: ${problem}`);
    }
    return typeof value === "string" ? value : "";
  };
  const exemption: Exemption = {
    rule: read("rule", (rule) => (ruleIds.includes(rule) ? undefined : unknownRule(rule, ruleIds))),
    urn: read("urn", checkPattern),
    reason: read("reason", checkReason).trim(),
    expires: read("expires", (date) => (isDate(date) ? undefined : `expected ${EXPECTED.expires}`)),
    place,
  };
  return {
    exemption: problems.length === 0 ? exemption : undefined,
    problems: problems.map((problem) => `${place}: ${problem}`),
  };
}

const EXPECTED = {
  rule: "the name of a policy of this pack",
  urn: "the URN of a resource, in which `*` stands for anything",
  reason: `why the finding is accepted, in at least ${SHORTEST_REASON} characters`,
  expires: "the last day on which it counts, such as 2026-12-31",
} as const;

function unknownRule(rule: string, ruleIds: readonly string[]): string {
  const near = ruleIds.filter((id) => id.includes(rule) || rule.includes(id));
  return `the pack has no such policy; expected one of ${(near.length > 0 ? near : ruleIds).join(", ")}`;
}

function checkPattern(urn: string): string | undefined {
  return urn.startsWith("urn:pulumi:") || urn.startsWith("*") ? undefined : `expected ${EXPECTED.urn}`;
}

function checkReason(reason: string): string | undefined {
  return reason.trim().length < SHORTEST_REASON ? `expected ${EXPECTED.reason}` : undefined;
}

/** A day that the calendar has, written `2026-12-31`. */
function isDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) {
    return false;
  }
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

const SHOWN = 80;

function show(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
