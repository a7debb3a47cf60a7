import type { RuleConfig } from "./rule.ts";

/** A list of texts in a rule's configuration; empty where it is not set. */
export function textList(config: RuleConfig, property: string): readonly string[] {
  const value = config[property] ?? [];
  if (!Array.isArray(value) || !value.every((member) => typeof member === "string")) {
    throw new TypeError(`\`${property}\` is ${JSON.stringify(value)}, expected a list of texts`);
  }
  return value;
}

/** A text in a rule's configuration; undefined where it is not set, or empty. */
export function text(config: RuleConfig, property: string): string | undefined {
  const value = config[property] ?? "";
  if (typeof value !== "string") {
    throw new TypeError(`\`${property}\` is ${JSON.stringify(value)}, expected a text`);
  }
  return value === "" ? undefined : value;
}

/** A switch in a rule's configuration; off where it is not set. */
export function toggle(config: RuleConfig, property: string): boolean {
  const value = config[property] ?? false;
  if (typeof value !== "boolean") {
    throw new TypeError(`\`${property}\` is ${JSON.stringify(value)}, expected true or false`);
  }
  return value;
}

/** A number without fraction in a rule's configuration. */
export function wholeNumber(config: RuleConfig, property: string, whenAbsent: number): number {
  const value = config[property] ?? whenAbsent;
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw new TypeError(`\`${property}\` is ${JSON.stringify(value)}, expected a whole number`);
  }
  return value;
}

/** Lists of patterns by name in a rule's configuration; empty where it is not set. */
export function patternTable(
  config: RuleConfig,
  property: string,
): { readonly [name: string]: readonly string[] } {
  const value = config[property] ?? {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`\`${property}\` is ${JSON.stringify(value)}, expected lists of texts by name`);
  }
  const table: RuleConfig = Object.fromEntries(Object.entries(value));
  return Object.fromEntries(Object.keys(table).map((name) => [name, textList(table, name)]));
}

/** Whether a text matches one of the patterns, in which `*` stands for anything, the empty text included. */
export function matchesAny(value: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matches(value, pattern.split("*")));
}

function matches(value: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) {
    return value === first;
  }
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) {
    return false;
  }
  let position = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, position);
    if (found < 0 || found + part.length > value.length - last.length) {
      return false;
    }
    position = found + part.length;
  }
  return true;
}
