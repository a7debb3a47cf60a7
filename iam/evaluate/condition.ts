import { testScalar } from "../match/scalar-test.ts";
import { allOf, anyOf, not, type Truth } from "../match/truth.ts";
import type { CompiledCondition } from "./compile.ts";
import { type ContextValues, holeValue } from "./context.ts";

/**
 * Whether a request meets one condition.
 *
 * A key without values is absent. Without a set operator, a key with several values matches where one of them does, and
 * a negated operator where none does; AWS asks for a set operator there.
 *
 * Source: IAM User Guide, "Condition operators", "Set operators for multivalued context keys".
 */
export function conditionHolds(condition: CompiledCondition, context: ContextValues): Truth {
  const values = context.get(condition.key);
  const { operator } = condition.source;
  if (condition.nullTest !== undefined) {
    const holds = values === undefined ? condition.nullTest.absent : condition.nullTest.present;
    return !holds && condition.nullTest.unknown.length > 0 ? "unknown" : holds;
  }
  if (values === undefined) {
    return holdsWhenAbsent(condition);
  }
  const matches = (value: string): Truth =>
    testScalar(condition.test, value, (key) => holeValue(context, key));
  const meets = operator.negated ? (value: string): Truth => not(matches(value)) : matches;
  if (operator.set === "ForAnyValue") {
    return anyOf(values, meets);
  }
  return operator.set === "ForAllValues" || operator.negated ? allOf(values, meets) : anyOf(values, meets);
}

/** What a condition says of a request without its key. */
export function holdsWhenAbsent({ source: { operator } }: CompiledCondition): boolean {
  if (operator.ifExists || operator.set === "ForAllValues") {
    return true;
  }
  return operator.set === undefined && operator.negated;
}
