import { compares, type TestBody } from "../match/scalar-test.ts";
import { inRange, parseAddress } from "../match/cidr.ts";
import { parseInstant, parseNumber } from "../match/instant.ts";
import { codePoints, literal, matchesTokens, type Tokens } from "../match/tokens.ts";

/** A test of one value with every variable filled. */
export type FilledTest =
  | { readonly kind: "text"; readonly alternatives: readonly Tokens[] }
  | Exclude<TestBody, { kind: "text" }>;

/** What one atom asks of the values of one key; the key is a resource or an action, too. */
export interface ValueConstraint {
  /** Identifies the constraint among those of its key. */
  readonly id: string;
  /** Whether an absent key meets it. */
  readonly absent: boolean;
  /** How a present key meets it: always, never, or by its values. */
  readonly present:
    | boolean
    | { readonly quantifier: "all" | "some"; readonly test: FilledTest; readonly sense: boolean };
}

export function filledTestHolds(test: FilledTest, value: string): boolean {
  switch (test.kind) {
    case "text": {
      const codes = codePoints(value);
      return test.alternatives.some((tokens) => matchesTokens(tokens, codes));
    }
    case "ip": {
      const address = parseAddress(value);
      return address !== undefined && test.ranges.some((range) => inRange(address, range));
    }
    case "number":
    case "date": {
      const number = test.kind === "number" ? parseNumber(value) : parseInstant(value);
      return number !== undefined && test.operands.some((operand) => compares(test.compare, number, operand));
    }
  }
}

/** Whether values (undefined: absent) meet a constraint. */
export function constraintHolds(constraint: ValueConstraint, values: readonly string[] | undefined): boolean {
  if (values === undefined) {
    return constraint.absent;
  }
  const { present } = constraint;
  if (typeof present === "boolean") {
    return present;
  }
  const meets = (value: string): boolean => filledTestHolds(present.test, value) === present.sense;
  return present.quantifier === "all" ? values.every(meets) : values.some(meets);
}

/** Exactly these values, or absent. */
export function exactly(values: readonly string[] | undefined): ValueConstraint {
  const id = `exactly ${JSON.stringify(values ?? null)}`;
  if (values === undefined) {
    return { id, absent: true, present: false };
  }
  const test = { kind: "text", alternatives: values.map((value) => literal(value)) } as const;
  return { id, absent: false, present: { quantifier: "all", test, sense: true } };
}

/** Present, whatever its values. */
export const PRESENT: ValueConstraint = { id: "present", absent: false, present: true };
