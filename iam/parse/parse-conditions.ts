import { parseCidr } from "../match/cidr.ts";
import { parseInstant, parseNumber } from "../match/instant.ts";
import { type ConditionOperator, parseConditionOperator } from "./condition-operator.ts";
import { child } from "./json.ts";
import { hasLookalike } from "./lookalike.ts";
import type { Condition, ConditionOperand } from "./parsed.ts";
import { shown } from "./report.ts";
import { isRecord, type ReadContext, readOperands, UnknownStructure } from "./values.ts";

/** Reads a `Condition` element. */
export function parseConditions(value: unknown, path: string, context: ReadContext): readonly Condition[] {
  const { options, report } = context;
  if (value === undefined) {
    return [];
  }
  throwUnknown(value, path, context);
  if (!isRecord(value)) {
    report.error(
      "wrong-type",
      path,
      `${shown(value)} is no condition; expected \`{ operator: { key: value } }\``,
    );
    return [];
  }
  const conditions: Condition[] = [];
  const operators = new Set<string>();
  for (const [name, keys] of Object.entries(value)) {
    const at = child(path, name);
    const operator = parseConditionOperator(name);
    if (operator === undefined) {
      report.error("unknown-operator", at, `\`${name.slice(0, 80)}\` is no condition operator`);
      continue;
    }
    if (operators.has(name.toLowerCase())) {
      report.error(
        "duplicate-key",
        at,
        "this operator is there twice, in other letters, and one may not count",
      );
    }
    operators.add(name.toLowerCase());
    throwUnknown(keys, at, context);
    if (!isRecord(keys)) {
      report.error("wrong-type", at, `${shown(keys)} where an object of keys is expected`);
      continue;
    }
    const seen = new Set<string>();
    for (const [key, operands] of Object.entries(keys)) {
      const keyPath = child(at, key);
      if (seen.has(key.toLowerCase())) {
        report.error("duplicate-key", keyPath, "this key is there twice, and key names ignore case");
      }
      seen.add(key.toLowerCase());
      if (key.trim() === "") {
        report.error("bad-value", keyPath, "an empty condition key");
      }
      // Behind the slash is a tag's key, which may be of any letters.
      const [named = ""] = key.split("/", 1);
      if (hasLookalike(named)) {
        report.error(
          "bad-value",
          keyPath,
          `${shown(key)} has a character that no condition key has, and may look like another; expected ASCII`,
        );
      }
      const values = readOperands(operands, keyPath, true, { options, report });
      for (const operand of values) {
        checkOperand(operator, operand, keyPath, context);
      }
      if (values.length === 0) {
        report.warning("impossible", keyPath, "an empty list of values, which no value can match");
      }
      conditions.push({ operator, key, values, path: keyPath });
    }
  }
  return conditions;
}

function throwUnknown(value: unknown, path: string, { options }: ReadContext): void {
  const subject = options.unknown?.(value);
  if (subject !== undefined) {
    throw new UnknownStructure(path, subject);
  }
}

function checkOperand(
  operator: ConditionOperator,
  operand: ConditionOperand,
  path: string,
  { report }: ReadContext,
): void {
  if (typeof operand !== "string") {
    return;
  }
  const expected = expectation(operator, operand);
  if (expected !== undefined) {
    report.error(
      "bad-value",
      path,
      `${shown(operand)} is no value of \`${operator.text}\`; expected ${expected}`,
    );
  }
}

/** What the operator expects of an operand, where this one is not that. */
function expectation(operator: ConditionOperator, operand: string): string | undefined {
  const { base } = operator;
  // No page says what IAM makes of another word under `Bool`: nothing, or whatever is not true.
  if (base === "Null" || base === "Bool") {
    return /^(?:true|false)$/i.test(operand) ? undefined : "`true` or `false`";
  }
  if (base === "IpAddress") {
    return parseCidr(operand) === undefined ? "an address or a range such as `203.0.113.0/24`" : undefined;
  }
  if (base === "BinaryEquals") {
    return isBase64(operand) ? undefined : "base64";
  }
  if (base.startsWith("Numeric")) {
    return isExact(operand) ? undefined : "a number of at most 15 digits";
  }
  if (base.startsWith("Date")) {
    return isExactInstant(operand) ? undefined : "an ISO 8601 date, to the millisecond, or epoch seconds";
  }
  return undefined;
}

/** The one way to write its bytes: compared as text, another one would be taken for another value. */
function isBase64(text: string): boolean {
  return (
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) && btoa(atob(text)) === text
  );
}

/** To the millisecond, and no more than 12 digits of seconds: with more, two instants would be taken for one. */
function isExactInstant(text: string): boolean {
  return parseInstant(text) !== undefined && !/^-?\d{13,}$/.test(text) && !/\.\d{3}\d*[1-9]/.test(text);
}

/** A number that is compared as it is written: with more digits, two numbers would be taken for one. */
function isExact(text: string): boolean {
  const digits = text
    .replace(/[eE].*$/, "")
    .replaceAll(/\D/g, "")
    .replace(/^0+/, "");
  return parseNumber(text) !== undefined && digits.length <= 15 && Number.isFinite(Number(text));
}
