import type { Deployment } from "@bastionless/components";
import { ARGUMENT_SHAPES } from "../../../components/core/argument-shapes.ts";
import type { ObjectShape, Shape } from "../../../components/core/shapes.ts";

/**
 * What a component takes and refuses, as a table. Arguments are named by patterns: `flowLogs.retentionDays`, `subnetIds`
 * for a list as a whole and `subnetIds[]` for what is in it, `tags` for a map as a whole and `tags.*` for its values.
 */
export interface BadInput {
  readonly component: string;
  /** Where a component takes other arguments by one of them. */
  readonly profile?: string;
  /** Arguments that are right; each row changes one of them. */
  readonly right: object;
  readonly plan: (name: string, args: never, deployment: Deployment, now: Date) => unknown;
  /** What is planned of parts that plan themselves, from the plan: they decide about outputs. */
  readonly parts?: (name: string, plan: never, deployment: Deployment) => unknown;
  /** What has to stand beside arguments that have no row of their own, by the first part of their patterns. */
  readonly contexts?: Readonly<Record<string, object>>;
  readonly construct: new (name: string, args: never) => unknown;
  readonly rows: Readonly<Record<string, Row>>;
  /** Arguments that nothing but their type limits, each with the reason. */
  readonly unlimited: Readonly<Record<string, string>>;
  /** What must not stand together, or not without the other: the arguments, and where it is told. */
  readonly conflicts: readonly Conflict[];
  /** Names of the component: its resources carry them. */
  readonly names: { readonly takes: readonly string[]; readonly refuses: readonly string[] };
}

export interface Row {
  /** Values at, and just within, the limits. */
  readonly takes: readonly unknown[];
  /** Values just beyond the limits. */
  readonly refuses: readonly Refused[];
  /** What has to stand beside the argument, over what is right. */
  readonly beside?: object;
  /** Whether it decides what else is right, so that more may be told where it is wrong. */
  readonly decides?: boolean;
}

/** A value, or {@link told} of one. */
export type Refused = unknown;

export type Conflict = readonly [what: string, args: object, paths: readonly string[]];

class Told {
  readonly value: unknown;
  readonly paths: readonly string[];

  constructor(value: unknown, paths: readonly string[]) {
    this.value = value;
    this.paths = paths;
  }
}

/** A value that is told of elsewhere than at its own place. */
export function told(value: unknown, ...paths: readonly string[]): Refused {
  return new Told(value, paths);
}

/** The value itself. */
export function unwrapped(value: Refused): unknown {
  return value instanceof Told ? value.value : value;
}

export function row(takes: readonly unknown[], refuses: readonly Refused[], beside: object = {}): Row {
  return { takes, refuses, beside };
}

/** The same rows for arguments of an object within another. */
export function within(prefix: string, rows: Readonly<Record<string, Row>>): Record<string, Row> {
  return Object.fromEntries(
    Object.entries(rows).map(([pattern, { takes, refuses, beside }]) => [
      `${prefix}.${pattern}`,
      {
        takes,
        refuses: refuses.map((refused) =>
          refused instanceof Told
            ? new Told(
                refused.value,
                refused.paths.map((path) => `${prefix}.${path}`),
              )
            : refused,
        ),
        ...(beside !== undefined && { beside }),
      },
    ]),
  );
}

export interface Attempt {
  readonly args: object;
  readonly paths: readonly string[];
}

/** Where the pattern's argument stands: in the first of a list, under `x` in a map. */
export function placeOf(pattern: string, ofObjects = false): string {
  if (ofObjects) {
    return placeOf(`${pattern}.`).slice(0, -1);
  }
  return pattern
    .replaceAll("[]", "[0]")
    .replaceAll(/\.\*(?=$|\[)/g, '["x"]')
    .replaceAll(".*", ".x");
}

export function rightArgs({ right }: BadInput, { beside = {} }: Row): object {
  return compact({ ...right, ...beside });
}

export function taken(table: BadInput, pattern: string, one: Row): readonly object[] {
  return one.takes.map((value) => withValue(rightArgs(table, one), placeOf(pattern), value));
}

export function refusals(table: BadInput, pattern: string, one: Row): readonly Attempt[] {
  const place = placeOf(pattern);
  return one.refuses.map((each) => {
    const value: unknown = each instanceof Told ? each.value : each;
    return {
      args: withValue(rightArgs(table, one), place, value),
      paths: each instanceof Told ? each.paths : [place],
    };
  });
}

function compact(args: object): object {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

/** A copy of the arguments with a value at a place; what is on the way there is made where it is missing. */
export function withValue(args: object, place: string, value: unknown): object {
  const keys = [...place.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]): number | string =>
      index === undefined ? (quoted ?? name ?? "") : Number(index),
  );
  const copy: unknown = changed(args, keys, value);
  return Object(copy);
}

function changed(holder: unknown, [key, ...rest]: readonly (number | string)[], value: unknown): unknown {
  if (key === undefined) {
    return value;
  }
  if (typeof key === "number") {
    const list: readonly unknown[] = Array.isArray(holder) ? holder : [];
    return list.toSpliced(key, 1, changed(list[key], rest, value));
  }
  const object: Readonly<Record<string, unknown>> = Object(holder ?? {});
  return { ...object, [key]: changed(object[key], rest, value) };
}

/** What a program can write of an argument, and of what kind it is. */
export interface Argument {
  readonly pattern: string;
  readonly shape: Shape;
}

/** What SessionLogging hands on, and nobody writes. */
const HANDED_ON = new Set(["SessionPermissions"]);

/** Every argument that a type has, at every depth. */
export function argumentsOf(type: string, prefix = ""): readonly Argument[] {
  const properties = Object.entries<ObjectShape>(ARGUMENT_SHAPES).find(([name]) => name === type)?.[1];
  if (properties === undefined) {
    throw new Error(`no shape of \`${type}\``);
  }
  return argumentsIn(properties, prefix);
}

function argumentsIn(properties: ObjectShape, prefix: string): readonly Argument[] {
  return Object.entries(properties).flatMap(([key, shape]) =>
    expanded(`${prefix}${key.replace(/\?$/, "")}`, shape),
  );
}

function expanded(pattern: string, shape: Shape): readonly Argument[] {
  const own = { pattern, shape };
  const value = typeof shape !== "string" && "input" in shape ? shape.input : shape;
  if (typeof value === "string") {
    return [own];
  }
  if ("list" in value) {
    return [own, ...expanded(`${pattern}[]`, value.list)];
  }
  if ("map" in value) {
    return [own, ...expanded(`${pattern}.*`, value.map)];
  }
  if ("either" in value) {
    // The first stands for itself, and what is in the others is looked into.
    const [, ...others] = value.either.flatMap((each) => expanded(pattern, each));
    return [own, ...others.filter((each) => each.pattern !== pattern)];
  }
  if ("properties" in value) {
    return [own, ...argumentsIn(value.properties, `${pattern}.`)];
  }
  return "object" in value && !HANDED_ON.has(value.object)
    ? [own, ...argumentsOf(value.object, `${pattern}.`)]
    : [own];
}

/** Whether something beside its type limits an argument: text, a number, and how much is in a list or a map. */
export function isLimited({ shape }: Argument): boolean {
  const value = typeof shape !== "string" && "input" in shape ? shape.input : shape;
  return typeof value === "string"
    ? value === "string" || value === "number"
    : "list" in value || "map" in value || "either" in value;
}
