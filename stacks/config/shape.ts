/**
 * What a configuration value looks like, and the reading of one that says where it does not.
 *
 * Ranges, patterns and what excludes what are not decided here but by the components' own plans.
 */
export type Shape<T = unknown> = (value: unknown, path: string, problems: ConfigProblem[]) => T | undefined;

export type ShapeValue<S> = S extends Shape<infer T> ? T : never;

export interface ConfigProblem {
  /** The key, and the place in its value, as `bastionless:instances.app.zone`. */
  readonly path: string;
  /** What is wrong, what was expected and what to do. */
  readonly reason: string;
}

function wrong(value: unknown, expected: string, path: string, problems: ConfigProblem[]): undefined {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  problems.push({ path, reason: `\`${shown}\`, expected ${expected}` });
  return undefined;
}

export const string: Shape<string> = (value, path, problems) =>
  typeof value === "string" ? value : wrong(value, "a string; put it in quotes", path, problems);

export const boolean: Shape<boolean> = (value, path, problems) =>
  typeof value === "boolean" ? value : wrong(value, "`true` or `false`, without quotes", path, problems);

export const integer: Shape<number> = (value, path, problems) =>
  typeof value === "number" && Number.isSafeInteger(value)
    ? value
    : wrong(value, "a whole number, without quotes", path, problems);

/** One of a few strings. */
export function oneOf<T extends string>(...allowed: readonly T[]): Shape<T> {
  return (value, path, problems) =>
    allowed.find((candidate) => candidate === value) ??
    wrong(value, `one of ${allowed.map((one) => `\`${one}\``).join(", ")}`, path, problems);
}

export function list<T>(element: Shape<T>): Shape<readonly T[]> {
  return (value, path, problems) =>
    Array.isArray(value)
      ? value
          .map((one: unknown, index) => element(one, `${path}[${index}]`, problems))
          .filter((one) => one !== undefined)
      : wrong(value, "a list", path, problems);
}

/** Names of the reader's choice, each with a value of one shape. */
export function mapOf<T>(element: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, path, problems) => {
    if (!isObject(value)) {
      return wrong(value, "a mapping of names to values", path, problems);
    }
    const read: Record<string, T> = {};
    for (const [name, one] of Object.entries(value)) {
      const known = element(one, `${path}.${name}`, problems);
      if (known !== undefined) {
        read[name] = known;
      }
    }
    return read;
  };
}

type Fields = Readonly<Record<string, Shape>>;

type RecordValue<F extends Fields> = { readonly [K in keyof F]?: ShapeValue<F[K]> };

/** Fixed names, all optional; any other name is a mistake. */
export function record<F extends Fields>(fields: F): Shape<RecordValue<F>> {
  return (value, path, problems) => {
    if (!isObject(value)) {
      return wrong(value, `a mapping with some of ${nameList(Object.keys(fields))}`, path, problems);
    }
    const read: Record<string, unknown> = {};
    for (const [name, one] of Object.entries(value)) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) {
        problems.push({ path: `${path}.${name}`, reason: unknownName(name, Object.keys(fields)) });
      } else {
        const known = field(one, `${path}.${name}`, problems);
        if (known !== undefined) {
          read[name] = known;
        }
      }
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each field was read by the shape of the same name
    return read as RecordValue<F>;
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameList(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

/** Says that nothing has this name, and what was probably meant. */
export function unknownName(name: string, known: readonly string[]): string {
  const nearest = known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((left, right) => left.distance - right.distance)[0];
  return nearest !== undefined && nearest.distance <= Math.max(2, name.length / 4)
    ? `unknown; did you mean \`${nearest.candidate}\`?`
    : `unknown, expected one of ${nameList(known)}`;
}

/** Levenshtein's. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, character] of Array.from(left).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(right).entries()) {
      const replaced = (row[j] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
