import { isDeepStrictEqual } from "node:util";
import type { Wire, WireMap } from "@bastionless/offline/protocol/wire.ts";

/** One resource as an engine recorded it, in a form that both engines' records can be brought into. */
export interface Node {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly external: boolean;
  /** Empty where there is none. */
  readonly parent: string;
  /** The URN of the provider, without its id, which the real engine draws at random; empty where there is none. */
  readonly provider: string;
  /** Absent for components; for providers, too, whose ids are random. */
  readonly id: string | undefined;
  readonly inputs: WireMap;
  readonly outputs: WireMap;
  /** Sorted. */
  readonly dependencies: readonly string[];
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  readonly options: Options;
}

/** The options that an engine's record of a resource carries; what was not said stands at its default. */
export interface Options {
  readonly protect: boolean;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly customTimeouts: { readonly create: number; readonly update: number; readonly delete: number };
  /** In a state only: a plan does not carry these. */
  readonly retainOnDelete: boolean | undefined;
  readonly replaceOnChanges: readonly string[] | undefined;
  readonly hideDiffs: readonly string[] | undefined;
  readonly deletedWith: string | undefined;
  readonly importId: string | undefined;
  /** In a plan only, as URNs: a state carries none that were not used. */
  readonly aliases: readonly string[] | undefined;
}

/** By URN. */
export type Graph = ReadonlyMap<string, Node>;

/** What a record may leave out. */
export type Aspect = "id" | "outputs" | keyof Options;

/** Characters of a value that a difference shows. */
const SHOWN = 300;

export function graphOf(nodes: readonly Node[]): Graph {
  return new Map(nodes.map((node) => [node.urn, node]));
}

/**
 * Every difference between two graphs, one line each, with the resource, the place and both values; empty where they
 * are equal. An option that one of the two cannot know (`undefined` in each of its nodes) has to be named in `except`.
 */
export function differences(
  expected: Graph,
  actual: Graph,
  except: readonly Aspect[] = [],
): readonly string[] {
  const missing = [...expected.keys()].filter((urn) => !actual.has(urn)).map((urn) => `missing: ${urn}`);
  const extra = [...actual.keys()].filter((urn) => !expected.has(urn)).map((urn) => `unexpected: ${urn}`);
  const different = [...expected].flatMap(([urn, node]) => {
    const other = actual.get(urn);
    return other === undefined
      ? []
      : valueDifferences(comparable(node, except), comparable(other, except), "").map(
          (line) => `${urn}\n    ${line}`,
        );
  });
  return [...missing, ...extra, ...different];
}

function comparable(node: Node, except: readonly Aspect[]): Wire {
  const { options, ...rest } = node;
  const keep = ([name]: [string, unknown]): boolean => !except.some((aspect) => aspect === name);
  const entries = Object.fromEntries(Object.entries(rest).filter(keep));
  const flat = { ...entries, options: Object.fromEntries(Object.entries(options).filter(keep)) };
  // Through JSON: an absent value and an undefined one are the same.
  const plain: Wire = JSON.parse(JSON.stringify(flat));
  return plain;
}

function valueDifferences(
  expected: Wire | undefined,
  actual: Wire | undefined,
  path: string,
): readonly string[] {
  if (isDeepStrictEqual(expected, actual)) {
    return [];
  }
  if (isRecord(expected) && isRecord(actual)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
      .toSorted()
      .flatMap((key) => valueDifferences(expected[key], actual[key], path === "" ? key : `${path}.${key}`));
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((value, at) => valueDifferences(value, actual[at], `${path}[${at}]`));
  }
  return [`${path}: expected ${show(expected)}, is ${show(actual)}`];
}

function isRecord(value: Wire | undefined): value is WireMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: Wire | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
}
