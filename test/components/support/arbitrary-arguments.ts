import fc from "fast-check";

/** Values of each type that are right for hardly any argument. */
const DOUBTFUL: readonly unknown[] = [
  "",
  "no such thing",
  "toString",
  "10.0.0.0/33",
  -1,
  0,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  99,
  [],
  [""],
  ["x", "x"],
  ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"],
  {},
  { x: "" },
  { toString: "x" },
];

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

/** Arguments by name: now and then left out, mostly one of the values that are right, now and then a doubtful one. */
export function argumentsOf(right: Readonly<Record<string, readonly unknown[]>>): fc.Arbitrary<object> {
  const entries = Object.entries(right).map(([name, values]) => {
    const doubtful = DOUBTFUL.filter((value) => kindOf(value) === kindOf(values[0]));
    const value = fc.oneof(
      { weight: 15, arbitrary: fc.constantFrom(...values) },
      ...(doubtful.length === 0 ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...doubtful) }]),
    );
    return [name, fc.option(value, { freq: 2, nil: undefined })] as const;
  });
  return fc
    .record(Object.fromEntries(entries))
    .map((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
}
