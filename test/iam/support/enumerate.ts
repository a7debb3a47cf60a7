import type { ConditionBlock, Statement } from "@bastionless/iam";
import { covers, type NaiveDocument, type NaiveRequest } from "./naive.ts";
import { AGE, MFA, type Random, UNIVERSE } from "./random-documents.ts";

/**
 * Every request of a small universe against a pair of documents, by brute force.
 *
 * What a statement asks of one dimension (the machine, the credentials, a tag, an address) does not depend on the
 * others, as long as no policy variable is in it. So each value of a dimension is evaluated once, by the naive
 * evaluator, to the set of statements that take it; a request is one value of each, and the statements that match it
 * are the intersection. Values that the same statements take are one class, and all combinations of classes are tried.
 */

type Context = NaiveRequest["context"];

interface Dimension {
  /** Lower case. Empty: the resource. */
  readonly keys: readonly string[];
  readonly values: readonly { readonly resource?: string; readonly context: Context }[];
}

/** Every text over the letters, from the empty one up to `longest`. */
function texts(letters: readonly string[], longest: number): readonly string[] {
  return longest === 0
    ? [""]
    : ["", ...texts(letters, longest - 1).flatMap((rest) => letters.map((letter) => letter + rest))];
}

const WORDS = texts(["a", "b", "A", "x"], 3);
/** For keys of several values, of which lists are made: every text that the documents name, and some that they do not. */
const SHORT = ["", "a", "b", "A", "ab", "ba", "aa", "aab", "x", "Ab", "bb"];

function keyed(names: readonly string[], values: readonly (string | readonly string[])[]): Dimension {
  const present = values.map((value) => ({
    context: Object.fromEntries(names.map((name) => [name, value])),
  }));
  return { keys: names.map((name) => name.toLowerCase()), values: [{ context: {} }, ...present] };
}

const ADDRESSES = [
  "0.0.0.0",
  "9.255.255.255",
  "10.0.0.0",
  "10.0.0.1",
  "10.0.0.2",
  "10.0.255.255",
  "10.1.0.0",
  "10.1.255.255",
  "10.2.0.0",
  "10.255.255.255",
  "11.0.0.0",
  "127.255.255.255",
  "128.0.0.0",
  "198.51.99.255",
  "198.51.100.0",
  "198.51.100.255",
  "198.51.101.0",
  "255.255.255.255",
  "2001:db8:0:0:0:0:0:7",
];

const MONTHS = ["2029-12", "2030-01", "2030-02", "2030-06", "2030-07", "2031-01", "2031-02"];
const INSTANTS = MONTHS.flatMap((month) => [`${month}-01T00:00:00Z`, `${month}-01T00:00:01Z`]);

const DIMENSIONS: readonly Dimension[] = [
  {
    keys: [],
    values: WORDS.filter((word) => word !== "").map((id) => ({
      resource: `${UNIVERSE.prefix}${id}`,
      context: {},
    })),
  },
  {
    keys: [MFA.toLowerCase(), AGE.toLowerCase()],
    values: [
      { context: {} },
      { context: { [MFA]: "false" } },
      ...[0, 1, 2, 299, 300, 301, 302, 3599, 3600, 3601].map((age) => ({
        context: { [MFA]: "true", [AGE]: String(age) },
      })),
    ],
  },
  keyed(["aws:ResourceTag/Env", "ssm:resourceTag/env"], WORDS),
  keyed(["aws:PrincipalTag/Team"], WORDS),
  keyed(["ssm:AccessRequestId"], WORDS),
  keyed(
    ["aws:TagKeys"],
    SHORT.flatMap((first, index) => [
      [first],
      ...SHORT.slice(index + 1).flatMap((second, next) => [
        [first, second],
        ...SHORT.slice(index + next + 2).map((third) => [first, second, third]),
      ]),
    ]),
  ),
  keyed(["aws:SourceIp"], ADDRESSES),
  {
    keys: ["aws:currenttime"],
    values: INSTANTS.map((time) => ({ context: { "aws:CurrentTime": time } })),
  },
];

/** One request of the universe. */
export function someRequest(random: Random): NaiveRequest {
  const picked = DIMENSIONS.map(({ values }) => random.pick(values));
  return {
    action: UNIVERSE.action,
    resource: picked.find(({ resource }) => resource !== undefined)?.resource ?? "*",
    context: Object.assign({}, ...picked.map(({ context }) => context)),
  };
}

/** How many requests the universe has. */
export const REQUESTS = DIMENSIONS.reduce((count, { values }) => count * values.length, 1);

/** What a statement asks of one dimension, alone. */
function part(statement: Statement, keys: readonly string[]): Statement {
  const { Condition = {}, Effect, Resource, NotResource } = statement;
  if (keys.length === 0) {
    const on = Resource === undefined ? (NotResource === undefined ? {} : { NotResource }) : { Resource };
    const acts =
      statement.Action === undefined
        ? { NotAction: statement.NotAction ?? [] }
        : { Action: statement.Action };
    return { Effect, ...acts, ...on };
  }
  const own: ConditionBlock = Object.fromEntries(
    Object.entries(Condition).map(([operator, block]) => [
      operator,
      Object.fromEntries(Object.entries(block).filter(([key]) => keys.includes(key.toLowerCase()))),
    ]),
  );
  return { Effect, Action: "*", Resource: "*", Condition: own };
}

interface Class {
  readonly statements: number;
  readonly resource: string | undefined;
  readonly context: Context;
}

function classesOf({ keys, values }: Dimension, statements: readonly Statement[]): readonly Class[] {
  const parts = statements.map((statement) => part(statement, keys));
  const classes = new Map<number, Class>();
  for (const { resource, context } of values) {
    const request = { action: UNIVERSE.action, resource: resource ?? "*", context };
    let taken = 0;
    for (const [index, each] of parts.entries()) {
      taken |= covers(each, request) ? 1 << index : 0;
    }
    if (!classes.has(taken)) {
      classes.set(taken, { statements: taken, resource, context });
    }
  }
  return [...classes.values()];
}

/**
 * A request of the universe of which `wanted` is true, given the bits of the statements that match it, in the order of
 * the documents; undefined where the universe has none.
 *
 * @param documents Without policy variables, and with at most 30 statements together.
 * @param credentials A role's sessions never lack the key of MFA.
 * @param fixed Keys with one value, or with `undefined` none at all, instead of every one.
 */
export function enumerated(
  documents: readonly NaiveDocument[],
  wanted: (matching: number) => boolean,
  credentials: "user" | "role" = "user",
  fixed: { readonly [key: string]: string | undefined } = {},
): NaiveRequest | undefined {
  const statements = documents.flatMap(({ Statement }) => Statement);
  const asked = new Set(
    statements.flatMap(({ Condition = {} }) =>
      Object.values(Condition).flatMap((block) => Object.keys(block).map((key) => key.toLowerCase())),
    ),
  );
  const foreign = [...asked].filter((key) => !DIMENSIONS.some(({ keys }) => keys.includes(key)));
  if (foreign.length > 0 || statements.length > 30) {
    throw new Error(
      `not a document of this universe: ${foreign.join(", ")} in ${statements.length} statements`,
    );
  }
  const dimensions = DIMENSIONS.filter(({ keys }) => keys.length === 0 || keys.some((key) => asked.has(key)));
  let reached: readonly Class[] = [{ statements: -1, resource: undefined, context: {} }];
  for (const dimension of dimensions) {
    const isMfa = dimension.keys.includes(MFA.toLowerCase());
    const values = dimension.values.filter(
      ({ context }) =>
        (!isMfa || credentials === "user" || MFA in context) &&
        Object.entries(fixed).every(
          ([key, value]) => !dimension.keys.includes(key.toLowerCase()) || context[key] === value,
        ),
    );
    const classes = classesOf({ ...dimension, values }, statements);
    const next = new Map<number, Class>();
    for (const before of reached) {
      for (const { statements: taken, resource, context } of classes) {
        const both = before.statements & taken;
        if (!next.has(both)) {
          next.set(both, {
            statements: both,
            resource: before.resource ?? resource,
            context: { ...before.context, ...context },
          });
        }
      }
    }
    reached = [...next.values()];
  }
  const found = reached.find(({ statements: matching }) => wanted(matching));
  return found === undefined
    ? undefined
    : { action: UNIVERSE.action, resource: found.resource ?? "*", context: found.context };
}

/** The bits of a document's Allows and Denies, beginning with its first statement's. */
export function bitsOf(
  { Statement }: NaiveDocument,
  first = 0,
): { readonly allow: number; readonly deny: number } {
  let allow = 0;
  let deny = 0;
  for (const [index, { Effect }] of Statement.entries()) {
    if (Effect === "Allow") {
      allow |= 1 << (first + index);
    } else {
      deny |= 1 << (first + index);
    }
  }
  return { allow, deny };
}
