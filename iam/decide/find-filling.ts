import { foldCode, type Tokens } from "../match/tokens.ts";
import { alphabet, foldings, keyOf, Product, type States, type TextConstraint } from "./automaton.ts";
import type { Budget } from "./budget.ts";

/** What stands before and after an open place; with `fold`, the text in it may be in other letters there. */
export interface Gap {
  readonly before: Tokens;
  readonly after: Tokens;
  readonly fold: boolean;
}

/** A text that meets constraints, and fits one of the gaps with what is sought in the open place. */
export interface Surroundings {
  readonly constraints: readonly TextConstraint[];
  readonly gaps: readonly Gap[];
}

/** As many ways for the texts around to begin are followed at once. */
const MOST_BEGINNINGS = 400;

/** One text around, begun: the gap it fits, and where its constraints are. */
interface Begun {
  readonly around: Around;
  readonly gap: Gap;
  readonly states: States;
}

interface Node {
  readonly own: States;
  readonly begun: readonly Begun[];
  readonly text: string;
}

/** Thrown where there are more beginnings than are followed. */
export class TooManyBeginnings extends Error {}

/**
 * The shortest text that meets constraints of its own, and has a text around it for each of the surroundings; undefined
 * where there is none.
 *
 * What can stand in an open place of a pattern, given what the whole has to match, is a regular language itself: a text
 * leads from a place that the part before leads to, to a place from which the part after leads to the end. All such
 * languages, and the constraints of its own, are walked at once.
 *
 * @throws BudgetExceeded
 * @throws TooManyBeginnings
 */
export function findFilling(
  own: readonly TextConstraint[],
  surroundings: readonly Surroundings[],
  budget: Budget,
): string | undefined {
  const product = new Product(own, budget);
  const beginnings = surroundings.map((each) => new Around(each, budget).beginnings());
  if (beginnings.reduce((ways, each) => ways * each.length, 1) > MOST_BEGINNINGS) {
    throw new TooManyBeginnings();
  }
  const queue: Node[] = [];
  const seen = new Set<string>();
  const reach = (node: Node): void => {
    const key = [keyOf(node.own), ...node.begun.map((each) => each.around.keyOf(each))].join(" ");
    if (!seen.has(key)) {
      seen.add(key);
      queue.push(node);
    }
  };
  for (const begun of waysOf(beginnings)) {
    if (!product.isDead(product.start)) {
      reach({ own: product.start, begun, text: "" });
    }
  }
  for (let head = 0; head < queue.length; head += 1) {
    const node = queue[head];
    if (node === undefined) {
      break;
    }
    if (product.isAccepted(node.own) && node.begun.every((each) => each.around.canEnd(each))) {
      return node.text;
    }
    const named = new Set<number>();
    let wild = product.namedNext(node.own, named);
    for (const { around, states, gap } of node.begun) {
      const before = new Set<number>();
      wild = around.product.namedNext(states, before) || wild;
      before.forEach((code) => (gap.fold ? foldings(code) : [code]).forEach((each) => named.add(each)));
    }
    for (const code of alphabet(named, wild)) {
      const next = product.advance(node.own, code);
      if (next === undefined) {
        continue;
      }
      const steps = node.begun.map((each) => each.around.advance(each, code));
      for (const begun of waysOf(steps)) {
        reach({ own: next, begun, text: node.text + String.fromCodePoint(code) });
      }
    }
  }
  return undefined;
}

function waysOf<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (ways, list) => ways.flatMap((way) => list.map((item) => [...way, item])),
    [[]],
  );
}

/** The walk of one text around the open place. */
class Around {
  readonly product: Product;
  private readonly surroundings: Surroundings;
  private readonly budget: Budget;
  private readonly ends = new Map<string, boolean>();

  constructor(surroundings: Surroundings, budget: Budget) {
    this.surroundings = surroundings;
    this.product = new Product(surroundings.constraints, budget);
    this.budget = budget;
  }

  /** Every place that a text of the part before leads to. */
  beginnings(): readonly Begun[] {
    const { constraints, gaps } = this.surroundings;
    return gaps.flatMap((gap) => {
      const found: Begun[] = [];
      const seen = new Set<string>();
      const product = new Product([{ alternatives: [gap.before], sense: true }, ...constraints], this.budget);
      for (const { states } of product.walk(product.start)) {
        const rest = states.slice(1);
        if (product.isAcceptedBy(states, 0) && !seen.has(keyOf(rest))) {
          seen.add(keyOf(rest));
          found.push({ around: this, gap, states: rest });
        }
        if (found.length > MOST_BEGINNINGS) {
          throw new TooManyBeginnings();
        }
      }
      return found;
    });
  }

  advance({ gap, states }: Begun, code: number): readonly Begun[] {
    const codes = gap.fold ? foldings(foldCode(code)) : [code];
    return codes.flatMap((each) => {
      const next = this.product.advance(states, each);
      return next === undefined ? [] : [{ around: this, gap, states: next }];
    });
  }

  /** Whether a text of the part after leads to the end. */
  canEnd(begun: Begun): boolean {
    const key = this.keyOf(begun);
    let can = this.ends.get(key);
    if (can === undefined) {
      can = this.reachesEnd(begun);
      this.ends.set(key, can);
    }
    return can;
  }

  keyOf({ gap, states }: Begun): string {
    return `${this.surroundings.gaps.indexOf(gap)} ${keyOf(states)}`;
  }

  private reachesEnd({ gap, states }: Begun): boolean {
    const { constraints } = this.surroundings;
    const product = new Product([{ alternatives: [gap.after], sense: true }, ...constraints], this.budget);
    const [after = []] = product.start;
    for (const walked of product.walk([after, ...states])) {
      if (product.isAccepted(walked.states)) {
        return true;
      }
    }
    return false;
  }
}
