import { accepts, closure, codePoints, foldCode, type Token, type Tokens } from "../match/tokens.ts";
import type { Budget } from "./budget.ts";

/** A text must match one of the alternatives, or with `sense` false none of them. */
export interface TextConstraint {
  readonly alternatives: readonly Tokens[];
  readonly sense: boolean;
}

/** All alternatives of one constraint in one list; an undefined token ends an alternative. */
type Automaton = readonly (Token | undefined)[];

/** Where each automaton of a product is: its active positions. */
export type States = readonly (readonly number[])[];

/** A text on its way through a product: the characters so far, and where they lead. */
export interface Walked {
  readonly states: States;
  readonly code: number;
  readonly previous: Walked | undefined;
}

/** One representative of each set of characters that classes can tell apart, first choice first. */
const CELLS: readonly string[] = [
  "xyzwvutsrqponmlkjihgXYZWVUTSRQPONMLKJIHGFEDCBA-._",
  "0123456789",
  "abcdef",
  "/+=,@~!#$%&'()[]{};<>^`|\\",
  ' "*?\u00e9\u4e00\u{1f600}',
];

/** Where characters begin that stand for every other one; none of them folds. */
const FIRST_OTHER = 0x4e00;

/** Characters that fold to an ASCII letter and are not its upper case. */
const ALSO_FOLDS: ReadonlyMap<number, number> = new Map([
  [107, 0x212a],
  [0xe5, 0x212b],
  [0x3c9, 0x2126],
]);

const COLON = 58;

/**
 * The product of several constraints' automata, each made deterministic as it is walked: exact for any mixture of
 * positive and negative wildcard patterns. A character that no pattern names next is represented by one of its kind.
 */
export class Product {
  readonly start: States;
  private readonly automata: readonly Automaton[];
  private readonly senses: readonly boolean[];
  private readonly budget: Budget;

  constructor(constraints: readonly TextConstraint[], budget: Budget) {
    this.automata = constraints.map(({ alternatives }) => flatten(alternatives));
    this.senses = constraints.map(({ sense }) => sense);
    this.start = this.automata.map((automaton) => closure(automaton, startsOf(automaton)));
    this.budget = budget;
  }

  /** Where one more character leads; undefined where no text that goes on from there meets every constraint. */
  advance(states: States, code: number): States | undefined {
    const next = states.map((active, index) => advance(this.automata[index] ?? [], active, code));
    this.budget.spend(next.reduce((size, active) => size + active.length, 1));
    return this.isDead(next) ? undefined : next;
  }

  isDead(states: States): boolean {
    return states.some((active, index) => active.length === 0 && this.senses[index] === true);
  }

  /** Whether a text that ends here meets every constraint. */
  isAccepted(states: States): boolean {
    return states.every((_, index) => this.isAcceptedBy(states, index));
  }

  /** Whether a text that ends here meets one of the constraints. */
  isAcceptedBy(states: States, index: number): boolean {
    const automaton = this.automata[index] ?? [];
    return (states[index] ?? []).some((position) => automaton[position] === undefined) === this.senses[index];
  }

  /** Adds the characters that patterns name next; true where a wildcard takes others, too. */
  namedNext(states: States, named: Set<number>): boolean {
    let wild = false;
    for (const [index, active] of states.entries()) {
      const automaton = this.automata[index] ?? [];
      for (const position of active) {
        const token = automaton[position];
        if (token?.kind === "char") {
          named.add(token.code);
          if (token.fold) {
            foldings(token.code).forEach((code) => named.add(code));
          }
        } else if (token !== undefined) {
          wild = true;
        }
      }
    }
    return wild;
  }

  /** Every place that some text leads to, the shortest texts first, each place once. */
  *walk(from: States): Generator<Walked> {
    const seen = new Set<string>([keyOf(from)]);
    const queue: Walked[] = this.isDead(from) ? [] : [{ states: from, code: -1, previous: undefined }];
    for (let head = 0; head < queue.length; head += 1) {
      const node = queue[head];
      if (node === undefined) {
        return;
      }
      yield node;
      const named = new Set<number>();
      const wild = this.namedNext(node.states, named);
      for (const code of alphabet(named, wild)) {
        const states = this.advance(node.states, code);
        const key = states === undefined ? "" : keyOf(states);
        if (states !== undefined && !seen.has(key)) {
          seen.add(key);
          queue.push({ states, code, previous: node });
        }
      }
    }
  }
}

export function textOf(end: Walked): string {
  const codes: string[] = [];
  for (let node: Walked | undefined = end; node !== undefined && node.code >= 0; node = node.previous) {
    codes.push(String.fromCodePoint(node.code));
  }
  return codes.toReversed().join("");
}

export function keyOf(states: States): string {
  return states.map((active) => active.join(",")).join(";");
}

/** Characters worth trying next: those that a pattern names, and with `wild` one of each other kind. */
export function alphabet(named: ReadonlySet<number>, wild: boolean): readonly number[] {
  const codes = [...named];
  if (!wild) {
    return codes;
  }
  for (const cell of CELLS) {
    for (const char of cell) {
      const code = char.codePointAt(0) ?? 0;
      if (!named.has(code)) {
        codes.push(code);
        break;
      }
    }
  }
  if (!named.has(COLON)) {
    codes.push(COLON);
  }
  if (codePoints(CELLS.at(-1) ?? "").every((code) => named.has(code))) {
    let other = FIRST_OTHER;
    while (named.has(other)) {
      other += 1;
    }
    codes.push(other);
  }
  return codes;
}

/** Every character that folds to the same one. */
export function foldings(code: number): readonly number[] {
  const lower = foldCode(code);
  const upper = String.fromCodePoint(lower).toUpperCase().codePointAt(0) ?? lower;
  const also = ALSO_FOLDS.get(lower);
  return [
    lower,
    ...(upper !== lower && foldCode(upper) === lower ? [upper] : []),
    ...(also === undefined ? [] : [also]),
  ];
}

function flatten(alternatives: readonly Tokens[]): Automaton {
  return alternatives.flatMap((tokens): Automaton => [...tokens, undefined]);
}

function startsOf(automaton: Automaton): number[] {
  const starts: number[] = [];
  let atStart = true;
  for (const [index, token] of automaton.entries()) {
    if (atStart) {
      starts.push(index);
    }
    atStart = token === undefined;
  }
  return starts;
}

function advance(automaton: Automaton, active: readonly number[], code: number): readonly number[] {
  const next: number[] = [];
  for (const position of active) {
    const token = automaton[position];
    if (token !== undefined && accepts(token, code)) {
      next.push(token.kind === "star" ? position : position + 1);
    }
  }
  return next.length === 0 ? next : closure(automaton, next);
}
