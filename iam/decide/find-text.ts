import { accepts, closure, foldCode, type Token, type Tokens } from "../match/tokens.ts";
import type { Budget } from "./budget.ts";

/** A text must match one of the alternatives, or with `sense` false none of them. */
export interface TextConstraint {
  readonly alternatives: readonly Tokens[];
  readonly sense: boolean;
}

/** All alternatives of one constraint in one list; an undefined token ends an alternative. */
type Automaton = readonly (Token | undefined)[];

/** One representative of each set of characters that classes can tell apart, first choice first. */
const CELLS: readonly string[] = [
  "xyzwvutsrqponmlkjihgXYZWVUTSRQPONMLKJIHGFEDCBA-._",
  "0123456789",
  "abcdef",
  "/+=,@~!#$%&'()[]{};<>^`|\\",
  ' "*?\u00e9\u4e00\u{1f600}',
];

/** Characters that fold to an ASCII letter and are not its upper case. */
const ALSO_FOLDS: ReadonlyMap<number, number> = new Map([
  [107, 0x212a],
  [0xe5, 0x212b],
  [0x3c9, 0x2126],
]);

const COLON = 58;

/**
 * The shortest text that meets every constraint; undefined where there is none.
 *
 * Walks the product of the patterns' automata, made deterministic as it goes: exact for any mixture of positive and
 * negative wildcard patterns. A character that no pattern names next is represented by one of its kind.
 *
 * @throws BudgetExceeded
 */
export function findText(constraints: readonly TextConstraint[], budget: Budget): string | undefined {
  const automata = constraints.map(({ alternatives }) => flatten(alternatives));
  const senses = constraints.map(({ sense }) => sense);
  const prefix = commonPrefix(constraints);
  const start = automata.map((automaton) => {
    let active: readonly number[] = closure(automaton, startsOf(automaton));
    for (const code of prefix) {
      budget.spend(1 + active.length);
      active = advance(automaton, active, code);
    }
    return active;
  });
  interface Node {
    readonly states: readonly (readonly number[])[];
    readonly code: number;
    readonly previous: Node | undefined;
  }
  const first: Node = { states: start, code: -1, previous: undefined };
  if (isDead(start, senses)) {
    return undefined;
  }
  const seen = new Set<string>([keyOf(start)]);
  const queue: Node[] = [first];
  for (let head = 0; head < queue.length; head += 1) {
    const node = queue[head];
    if (node === undefined) {
      break;
    }
    if (isAccepted(automata, node.states, senses)) {
      return textOf(node);
    }
    for (const code of alphabet(automata, node.states)) {
      const states = node.states.map((active, index) => advance(automata[index] ?? [], active, code));
      budget.spend(sizeOf(states));
      if (isDead(states, senses)) {
        continue;
      }
      const key = keyOf(states);
      if (!seen.has(key)) {
        seen.add(key);
        queue.push({ states, code, previous: node });
      }
    }
  }
  return undefined;

  function textOf(end: Node): string {
    const codes: number[] = [];
    for (let node: Node | undefined = end; node !== undefined && node.code >= 0; node = node.previous) {
      codes.push(node.code);
    }
    return [...prefix, ...codes.toReversed()].map((code) => String.fromCodePoint(code)).join("");
  }
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

/** What a state costs, in time and in memory. */
function sizeOf(states: readonly (readonly number[])[]): number {
  return states.reduce((size, active) => size + active.length, 1);
}

function keyOf(states: readonly (readonly number[])[]): string {
  return states.map((active) => active.join(",")).join(";");
}

function isDead(states: readonly (readonly number[])[], senses: readonly boolean[]): boolean {
  return states.some((active, index) => active.length === 0 && senses[index] === true);
}

function isAccepted(
  automata: readonly Automaton[],
  states: readonly (readonly number[])[],
  senses: readonly boolean[],
): boolean {
  return states.every((active, index) => {
    const automaton = automata[index] ?? [];
    return active.some((position) => automaton[position] === undefined) === senses[index];
  });
}

/** Characters worth trying next: those that a pattern names here, and one of each other kind. */
function alphabet(automata: readonly Automaton[], states: readonly (readonly number[])[]): readonly number[] {
  const named = new Set<number>();
  let wild = false;
  for (const [index, active] of states.entries()) {
    const automaton = automata[index] ?? [];
    for (const position of active) {
      const token = automaton[position];
      if (token?.kind === "char") {
        named.add(token.code);
        if (token.fold) {
          addFoldings(token.code, named);
        }
      } else if (token !== undefined) {
        wild = true;
      }
    }
  }
  if (!wild) {
    return [...named];
  }
  const codes = [...named];
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
  return codes;
}

function addFoldings(code: number, codes: Set<number>): void {
  const upper = String.fromCodePoint(code).toUpperCase().codePointAt(0) ?? code;
  if (foldCode(upper) === code) {
    codes.add(upper);
  }
  const also = ALSO_FOLDS.get(code);
  if (also !== undefined) {
    codes.add(also);
  }
}
