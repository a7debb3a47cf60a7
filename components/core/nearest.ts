import type { Fault } from "./problems.ts";

/**
 * How many letters of one word have to be added, left out, changed or swapped with their neighbour to make the other of
 * it. Pure.
 */
export function distance(one: string, other: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const at = (line: readonly number[], index: number): number => line[index] ?? Number.POSITIVE_INFINITY;
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[other.length] ?? 0;
}

/** The name that a misspelt one was meant to be, if any is near: case, `_` and `-` do not count. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[_-]/g, "");
  const [best] = known
    .map((each) => ({ each, away: distance(plain(name), plain(each)) }))
    .toSorted((a, b) => a.away - b.away);
  return best !== undefined && best.away <= Math.max(1, Math.floor(best.each.length / 3))
    ? best.each
    : undefined;
}

/** What is wrong with an argument that there is not. */
export function unknownArgument(name: string, names: readonly string[]): Fault {
  const meant = nearest(name, names);
  return {
    expected: "no such argument",
    remedy:
      meant === undefined
        ? `leave it out, or take one of ${names.map((each) => `\`${each}\``).join(", ")}`
        : `write \`${meant}\` if that is meant, or leave it out`,
  };
}
