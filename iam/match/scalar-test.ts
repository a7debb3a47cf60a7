import type { BaseOperator, ConditionOperator } from "../parse/condition-operator.ts";
import type { ConditionOperand } from "../parse/parsed.ts";
import { segmented } from "./arn.ts";
import { type AddressRange, inRange, parseAddress, parseCidr } from "./cidr.ts";
import { parseInstant, parseNumber } from "./instant.ts";
import { compileTemplate, fillTemplate, type HoleValue, type Template } from "./template.ts";
import { codePoints, matchesTokens, type Tokens } from "./tokens.ts";
import type { Truth } from "./truth.ts";

export type Comparison = "equal" | "less" | "less-equal" | "greater" | "greater-equal";

/** What a positive operator asks of one value of a request: that it match one of the operands. */
export interface ScalarTest {
  readonly body: TestBody;
  /** Operands that are not known yet. */
  readonly unknown: readonly string[];
}

export type TestBody =
  | {
      readonly kind: "text";
      readonly alternatives: readonly Template[];
      readonly fold: boolean;
      /** ARN patterns, whose wildcards stay within segments. */
      readonly arn: boolean;
    }
  | { readonly kind: "number" | "date"; readonly compare: Comparison; readonly operands: readonly number[] }
  | { readonly kind: "ip"; readonly ranges: readonly AddressRange[] };

const COMPARISONS: readonly (readonly [suffix: string, comparison: Comparison])[] = [
  ["LessThanEquals", "less-equal"],
  ["GreaterThanEquals", "greater-equal"],
  ["LessThan", "less"],
  ["GreaterThan", "greater"],
  ["Equals", "equal"],
];

/** The test behind an operator other than `Null`. */
export function compileTest(
  operator: ConditionOperator,
  values: readonly ConditionOperand[],
  options: { readonly variables: boolean; readonly epochKey: boolean },
): ScalarTest {
  const unknown: string[] = [];
  const texts: string[] = [];
  for (const value of values) {
    if (typeof value === "string") {
      texts.push(value);
    } else {
      unknown.push(value.unknown);
    }
  }
  return { body: compileBody(operator.base, texts, options), unknown };
}

function compileBody(
  base: BaseOperator,
  texts: readonly string[],
  { variables, epochKey }: { readonly variables: boolean; readonly epochKey: boolean },
): TestBody {
  if (base === "IpAddress") {
    return { kind: "ip", ranges: texts.map(parseCidr).filter((range) => range !== undefined) };
  }
  if (base.startsWith("Date") || (base.startsWith("Numeric") && epochKey)) {
    return { kind: "date", compare: comparisonOf(base), operands: parsed(texts, parseInstant) };
  }
  if (base.startsWith("Numeric")) {
    return { kind: "number", compare: comparisonOf(base), operands: parsed(texts, parseNumber) };
  }
  const fold = base === "StringEqualsIgnoreCase" || base === "Bool";
  const arn = base === "ArnLike";
  const withVariables = variables && base !== "Bool" && base !== "BinaryEquals";
  const wildcards = base === "StringLike" || arn;
  const alternatives = texts.map((text) =>
    compileTemplate(text, { wildcards, variables: withVariables, fold }),
  );
  return { kind: "text", alternatives, fold, arn };
}

function comparisonOf(base: BaseOperator): Comparison {
  return COMPARISONS.find(([suffix]) => base.endsWith(suffix))?.[1] ?? "equal";
}

function parsed(texts: readonly string[], parse: (text: string) => number | undefined): readonly number[] {
  return texts.map(parse).filter((value) => value !== undefined);
}

/** Tokens of one alternative; undefined where a variable has no value; `malformed` for half an ARN. */
export function alternativeTokens(
  template: Template,
  body: TestBody & { kind: "text" },
  valueOf: (key: string) => HoleValue,
): Tokens | undefined | "malformed" {
  const tokens = fillTemplate(template, body.fold, valueOf);
  return tokens === undefined || !body.arn ? tokens : (segmented(tokens) ?? "malformed");
}

/** Whether a value matches one of the operands. */
export function testScalar(test: ScalarTest, value: string, valueOf: (key: string) => HoleValue): Truth {
  const truth = testBody(test.body, value, valueOf);
  return truth === false && test.unknown.length > 0 ? "unknown" : truth;
}

export function testBody(body: TestBody, value: string, valueOf: (key: string) => HoleValue): Truth {
  switch (body.kind) {
    case "ip": {
      // A range as a request's value stands for its addresses; only the first can be compared.
      const address = parseAddress(value);
      return address !== undefined && body.ranges.some((range) => inRange(address, range));
    }
    case "number":
    case "date": {
      const number = body.kind === "number" ? parseNumber(value) : parseInstant(value);
      return number !== undefined && body.operands.some((operand) => compares(body.compare, number, operand));
    }
    case "text": {
      const codes = codePoints(value);
      let malformed = false;
      for (const template of body.alternatives) {
        const tokens = alternativeTokens(template, body, valueOf);
        if (tokens === "malformed") {
          malformed = true;
        } else if (tokens !== undefined && matchesTokens(tokens, codes)) {
          return true;
        }
      }
      return malformed ? "unknown" : false;
    }
  }
}

export function compares(comparison: Comparison, value: number, operand: number): boolean {
  switch (comparison) {
    case "equal":
      return value === operand;
    case "less":
      return value < operand;
    case "less-equal":
      return value <= operand;
    case "greater":
      return value > operand;
    case "greater-equal":
      return value >= operand;
  }
}
