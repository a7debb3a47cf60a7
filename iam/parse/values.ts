import { child } from "./json.ts";
import type { ParseOptions } from "./parse-document.ts";
import type { ConditionOperand } from "./parsed.ts";
import { type Report, shown } from "./report.ts";

/** Thrown within the parser where a value that decides what a document means is not known yet. */
export class UnknownStructure extends Error {
  readonly path: string;
  readonly subject: string;

  constructor(path: string, subject: string) {
    super(`${path} is unknown`);
    this.path = path;
    this.subject = subject;
  }
}

/** Characters of one value: far more than any ARN, name or tag has. */
const LONGEST = 8192;

export interface ReadContext {
  readonly options: ParseOptions;
  readonly report: Report;
}

type Members = { readonly [key: string]: unknown };

/** An object that becomes JSON member by member: one with a `toJSON` of its own (a date) becomes something else. */
export function isRecord(value: unknown): value is Members {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !("toJSON" in value && typeof value.toJSON === "function")
  );
}

/** The members that `JSON.stringify` writes, and no others: what is inherited never reaches AWS. */
export function membersOf(value: Members): Members {
  return { __proto__: null, ...value };
}

/**
 * One value or a list of them, as text. What is not known yet stays as such.
 *
 * @param scalars Whether unquoted booleans and numbers are values too, as in a condition.
 */
export function readOperands(
  value: unknown,
  path: string,
  scalars: boolean,
  { options, report }: ReadContext,
): readonly ConditionOperand[] {
  const whole = options.unknown?.(value);
  if (whole !== undefined) {
    return [{ unknown: whole }];
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const operands: ConditionOperand[] = [];
  for (const [index, item] of list.entries()) {
    const subject = options.unknown?.(item);
    if (subject !== undefined) {
      operands.push({ unknown: subject });
    } else if (typeof item === "string" && item.length > LONGEST) {
      const itemPath = Array.isArray(value) ? child(path, index) : path;
      report.error("bad-value", itemPath, `${item.length} characters; expected at most ${LONGEST}`);
    } else if (typeof item === "string") {
      operands.push(item);
    } else if (
      scalars &&
      (typeof item === "boolean" || (typeof item === "number" && Number.isFinite(item)))
    ) {
      operands.push(String(item));
    } else {
      const itemPath = Array.isArray(value) ? child(path, index) : path;
      const expected = scalars ? "text, a number or a boolean" : "text";
      report.error("wrong-type", itemPath, `${shown(item)} where ${expected} is expected`);
    }
  }
  return operands;
}
