import type { Check, Problems } from "./problems.ts";

/** Refuses more than so many, and the same text twice. */
export function limit(problems: Problems, path: string, list: readonly unknown[], most: number): void {
  if (list.length > most) {
    problems.add(path, `${list.length} of them`, {
      expected: `at most ${most}`,
      remedy: "leave some out",
    });
  }
  const plain = list.filter((one) => typeof one === "string");
  const twice = plain.find((one, index) => plain.indexOf(one) !== index);
  if (twice !== undefined) {
    problems.add(path, twice, { expected: "everything once", remedy: "leave the second one out" });
  }
}

/** Refuses more than so many, the same twice, and what a check refuses of each. */
export function each<T>(
  problems: Problems,
  path: string,
  list: readonly T[],
  check: Check<T>,
  most: number,
): void {
  limit(problems, path, list, most);
  list.forEach((one, index) => {
    problems.check(`${path}[${index}]`, one, check);
  });
}
