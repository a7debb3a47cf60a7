import { foldCode, type Token, type Tokens } from "../match/tokens.ts";
import type { Budget } from "./budget.ts";
import { findText } from "./find-text.ts";
import { narrowed, type OpenPattern, type OpenPlace, widened } from "./open-pattern.ts";

/**
 * What holds of patterns with open places whatever stands in them. Each law errs on one side: what it does not see it
 * does not claim.
 */

/** Private characters that stand for open places, beyond every character that texts have. */
const FIRST_SYMBOL = 0x10_f000;
/** The same, where upper and lower case are one. */
const FIRST_FOLDED = 0x10_f800;

/** Gives every variable a character of its own. */
export class Symbols {
  private readonly variables: string[] = [];

  of({ variable }: OpenPlace, folded: boolean): Token {
    let at = this.variables.indexOf(variable);
    if (at < 0) {
      at = this.variables.push(variable) - 1;
    }
    return { kind: "char", code: (folded ? FIRST_FOLDED : FIRST_SYMBOL) + at, fold: false };
  }
}

/**
 * Whether every text of one pattern is one of the others', for every value of the open places that are `settled` to
 * have one.
 */
export function isContained(
  pattern: OpenPattern,
  others: readonly OpenPattern[],
  settled: (place: OpenPlace) => boolean,
  budget: Budget,
): boolean {
  const symbols = new Symbols();
  const forbidden = others.flatMap((other): readonly Tokens[] => {
    const symbolOf =
      (folded: boolean) =>
      (place: OpenPlace): Token | undefined =>
        place.hasDefault && !settled(place) ? undefined : symbols.of(place, folded);
    // A pattern that ignores case takes the value itself, and all that differs from it in case alone.
    const readings = other.fold ? [symbolOf(false), symbolOf(true)] : [symbolOf(false)];
    return readings.map((reading) => narrowed(other, reading)).filter((tokens) => tokens !== undefined);
  });
  if (forbidden.length === 0) {
    return false;
  }
  const tokens = widened(pattern, (place) =>
    place.hasDefault && !settled(place) ? [{ kind: "star", of: "any" }] : [symbols.of(place, pattern.fold)],
  ).flatMap((piece) => (piece.kind === "open" ? [] : [piece]));
  const constraints = [
    { alternatives: [tokens], sense: true },
    { alternatives: forbidden, sense: false },
  ];
  return findText(constraints, budget) === undefined;
}

/** How often each character stands in every match, beside the open places; and what else there may be. */
interface Measure {
  readonly places: string;
  readonly chars: ReadonlyMap<number, number>;
  readonly length: number;
  /** Characters that may be any. */
  readonly free: number;
  readonly isExact: boolean;
}

function measure({ pieces }: OpenPattern, settled: (place: OpenPlace) => boolean): Measure | undefined {
  const places: string[] = [];
  const chars = new Map<number, number>();
  let length = 0;
  let free = 0;
  let isExact = true;
  for (const piece of pieces) {
    switch (piece.kind) {
      case "open":
        if (piece.hasDefault && !settled(piece)) {
          return undefined;
        }
        places.push(piece.variable);
        break;
      case "star":
        isExact = false;
        break;
      case "one":
        length += 1;
        free += 1;
        break;
      case "char": {
        const code = foldCode(piece.code);
        chars.set(code, (chars.get(code) ?? 0) + 1);
        length += 1;
      }
    }
  }
  return { places: places.toSorted().join("\n"), chars, length, free, isExact };
}

/**
 * Whether no text can match both patterns, by counting: with the same open places in both, one has to have more
 * characters than the other, or other ones.
 */
export function excludeEachOther(
  one: OpenPattern,
  other: OpenPattern,
  settled: (place: OpenPlace) => boolean,
): boolean {
  const [a, b] = [measure(one, settled), measure(other, settled)];
  return a !== undefined && b !== undefined && a.places === b.places && (isShort(a, b) || isShort(b, a));
}

/** Whether `exact` has no room for what the other needs. */
function isShort(exact: Measure, other: Measure): boolean {
  if (!exact.isExact) {
    return false;
  }
  if (other.length > exact.length) {
    return true;
  }
  let lacking = 0;
  for (const [code, count] of other.chars) {
    lacking += Math.max(0, count - (exact.chars.get(code) ?? 0));
  }
  return lacking > exact.free;
}

/**
 * A pattern for the very variable that is open in it: `true` where every value matches, `false` where none does, and
 * undefined where it depends on the value.
 */
export function selfMatch({ pieces, reading }: OpenPattern, variable: string): boolean | undefined {
  const own = pieces.filter((piece) => piece.kind === "open" && piece.variable === variable).length;
  const fixed = pieces.filter(({ kind }) => kind === "char" || kind === "one").length;
  if (own === 0) {
    return undefined;
  }
  if (fixed > 0) {
    // Longer than the value, whatever it is.
    return false;
  }
  // Stars alone around it can stand for nothing; half an ARN is for the evaluator.
  return own === 1 &&
    reading !== "arn" &&
    pieces.every((piece) => piece.kind !== "open" || piece.variable === variable)
    ? true
    : undefined;
}
