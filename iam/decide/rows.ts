import { literal, type Tokens } from "../match/tokens.ts";
import type { TextConstraint } from "./automaton.ts";
import type { Domain } from "./domain.ts";
import { type Held, patternsOf, type Variable } from "./held.ts";
import { type Known, mayBeHalfAnArn, type OpenPattern } from "./open-pattern.ts";
import { readAs } from "./atom.ts";

const TRUE = literal("true");
const FALSE = literal("false");
const DIGITS: Tokens = [
  { kind: "one", of: "digit" },
  { kind: "star", of: "digit" },
];
const ANYTHING: Tokens = [{ kind: "star", of: "any" }];

/** What is asked of one text at once: of the only value of a key, or of one of several. */
export interface Row {
  readonly plain: readonly TextConstraint[];
  readonly open: readonly OpenDemand[];
}

/** One of the patterns must match, or with `sense` false none; some have places whose value is not fixed yet. */
export interface OpenDemand {
  readonly sense: boolean;
  readonly filled: readonly Tokens[];
  readonly patterns: readonly OpenPattern[];
}

interface Demand {
  readonly quantifier: "all" | "some";
  readonly text: TextConstraint | OpenDemand;
}

/**
 * The texts that a present variable must have, with what is known of others filled in; what is asked of them otherwise
 * than as texts is left out.
 */
export function rowsOf({ domain, held }: Variable, knownOf: (variable: string) => Known): readonly Row[] {
  const demands = held.flatMap((each) => demandOf(each, knownOf));
  const isForAll = ({ quantifier }: Demand): boolean => quantifier === "all" || domain.values === "single";
  const shape = { alternatives: textShapes(domain), sense: true };
  const row = (asked: readonly Demand[]): Row => ({
    plain: [shape, ...asked.flatMap(({ text }) => ("patterns" in text ? [] : [text]))],
    open: asked.flatMap(({ text }) => ("patterns" in text ? [text] : [])),
  });
  const all = demands.filter(isForAll);
  const some = demands.filter((demand) => !isForAll(demand));
  return some.length === 0 ? [row(all)] : some.map((demand) => row([...all, demand]));
}

function demandOf(held: Held, knownOf: (variable: string) => Known): readonly Demand[] {
  if (held.kind === "plain") {
    const { present } = held.constraint;
    if (typeof present === "boolean" || present.test.kind !== "text") {
      return [];
    }
    const { quantifier, sense, test } = present;
    return [{ quantifier, text: { alternatives: test.alternatives, sense } }];
  }
  const { present } = held.demanded;
  if (typeof present === "boolean") {
    return [];
  }
  const { quantifier, sense } = present;
  const filled: Tokens[] = [];
  const patterns: OpenPattern[] = [];
  let isMalformed = false;
  for (const pattern of patternsOf(held, knownOf)) {
    const tokens = pattern.pieces.filter((piece) => piece.kind !== "open");
    if (tokens.length < pattern.pieces.length) {
      patterns.push(pattern);
    } else {
      const read = readAs(pattern.reading, tokens);
      isMalformed ||= read === undefined;
      filled.push(...(read === undefined ? [] : [read]));
    }
  }
  // What half an ARN matches is not known: here, anything.
  if (sense && (isMalformed || patterns.some(mayBeHalfAnArn))) {
    return [];
  }
  return [
    {
      quantifier,
      text: patterns.length === 0 ? { alternatives: filled, sense } : { sense, filled, patterns },
    },
  ];
}

/** Every text that a value of the domain can be, or more. */
export function textShapes({ type, shapes }: Domain): readonly Tokens[] {
  if (type === "boolean") {
    return [TRUE, FALSE];
  }
  if (type === "integer") {
    return [DIGITS];
  }
  return shapes ?? [ANYTHING];
}
