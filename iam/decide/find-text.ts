import type { Budget } from "./budget.ts";
import { Product, type States, type TextConstraint, textOf } from "./automaton.ts";

export type { TextConstraint } from "./automaton.ts";

/**
 * The shortest text that meets every constraint; undefined where there is none.
 *
 * @throws BudgetExceeded
 */
export function findText(constraints: readonly TextConstraint[], budget: Budget): string | undefined {
  const product = new Product(constraints, budget);
  const prefix = commonPrefix(constraints);
  let start: States | undefined = product.isDead(product.start) ? undefined : product.start;
  for (const code of prefix) {
    start = start === undefined ? undefined : product.advance(start, code);
  }
  if (start === undefined) {
    return undefined;
  }
  for (const walked of product.walk(start)) {
    if (product.isAccepted(walked.states)) {
      return prefix.map((code) => String.fromCodePoint(code)).join("") + textOf(walked);
    }
  }
  return undefined;
}

/** The text that every match of a positive constraint begins with: nothing else needs to be tried there. */
function commonPrefix(constraints: readonly TextConstraint[]): readonly number[] {
  let longest: readonly number[] = [];
  for (const { alternatives, sense } of constraints) {
    const first = alternatives[0];
    if (!sense || first === undefined) {
      continue;
    }
    const prefix: number[] = [];
    for (const [index, token] of first.entries()) {
      if (token.kind !== "char" || token.fold) {
        break;
      }
      const { code } = token;
      const isShared = alternatives.every((tokens) => {
        const other = tokens[index];
        return other?.kind === "char" && !other.fold && other.code === code;
      });
      if (!isShared) {
        break;
      }
      prefix.push(code);
    }
    longest = prefix.length > longest.length ? prefix : longest;
  }
  return longest;
}
