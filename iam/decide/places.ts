import { withinSegments } from "../match/arn.ts";
import { compileTemplate } from "../match/template.ts";
import { codePoints, matchesTokens, type Tokens } from "../match/tokens.ts";
import type { CompiledCondition, CompiledStatement } from "../evaluate/compile.ts";
import type { Place } from "./question.ts";

/** Where a request is made; an undefined account is any account at all. */
export interface RequestPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string | undefined;
}

/** Regions of all partitions, those that read best in a witness first. A policy may name others: they are added. */
const REGIONS: readonly string[] = [
  "us-east-1",
  "eu-central-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "cn-north-1",
  "cn-northwest-1",
  "us-gov-east-1",
  "us-gov-west-1",
];

export const SOME_ACCOUNT = "111122223333";
const ANOTHER_ACCOUNT = "444455556666";

/** Keys that tie a request to an account. */
const ACCOUNT_KEYS: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:resourceaccount",
  "aws:principalarn",
]);

const REGION_TEXT = /(?<![a-z0-9-])[a-z]{2}(?:-[a-z]{1,20}){1,3}-\d{1,2}(?![a-z0-9-])/g;
const ACCOUNT_TEXT = /(?<!\d)\d{12}(?!\d)/g;

export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) {
    return "aws-cn";
  }
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/**
 * One place for each set of places that statements and the question's own constraints cannot tell apart, within what
 * the question fixes.
 *
 * @param asked The question's constraints on keys: a Region that only they name must be tried, too.
 */
export function placesOf(
  given: Place | undefined,
  statements: readonly CompiledStatement[],
  asked: readonly CompiledCondition[],
  keys: ReadonlySet<string>,
): readonly RequestPlace[] {
  const heads = new Map<string, Tokens>();
  const regionNames = new Set(REGIONS);
  const accounts = new Set<string>();
  // AWS refuses a document that names a resource of another partition than its own.
  const partitions = new Set<string>();
  // Where statements name principals, the principal's account is that of the principal.
  const isNamed = statements.some(({ principal }) => principal !== undefined);
  const byAccount = isNamed
    ? keys.has("aws:resourceaccount")
    : [...keys].some((key) => ACCOUNT_KEYS.has(key));
  const learn = (text: string): void => {
    for (const [region] of text.matchAll(REGION_TEXT)) {
      regionNames.add(region);
      addPattern(heads, `*:${region}`);
    }
    if (byAccount) {
      for (const [account] of text.matchAll(ACCOUNT_TEXT)) {
        accounts.add(account);
      }
    }
  };
  for (const { resource, principal } of statements) {
    for (const { text } of resource?.templates ?? []) {
      const [arn, partition = "*", , region = "*"] = text.split(":", 4);
      if (arn === "arn" && /^[a-z-]+$/.test(partition)) {
        partitions.add(partition);
      }
      addPattern(heads, `${partition}:${region}`);
      learn(text);
    }
    for (const entry of principal?.entries ?? []) {
      if (typeof entry.value === "string") {
        learn(entry.value);
      }
    }
  }
  for (const { key, test, source } of [
    ...asked,
    ...statements.flatMap((statement) => statement.conditions),
  ]) {
    if (key === "aws:requestedregion" || ACCOUNT_KEYS.has(key)) {
      for (const value of source.values) {
        if (typeof value === "string") {
          learn(value);
        }
      }
    }
    if (key === "aws:requestedregion" && test.body.kind === "text") {
      for (const { text } of test.body.alternatives) {
        addPattern(heads, `*:${test.body.fold ? text.toLowerCase() : text}`);
      }
    }
  }
  const telling = [...heads].filter(([text]) => text !== "*:*").map(([, tokens]) => tokens);
  const possible = given?.partition === undefined ? partitions : new Set([given.partition]);
  const candidates = regionsOf(given, regionNames, possible);
  const distinct = new Map<string, RequestPlace>();
  const chosen = accountsOf(given, accounts, byAccount);
  for (const { region, partition } of telling.length === 0 ? candidates.slice(0, 1) : candidates) {
    const codes = codePoints(`${partition}:${region}`);
    const told = telling.map((tokens) => (matchesTokens(tokens, codes) ? "1" : "0")).join("");
    if (!distinct.has(told)) {
      distinct.set(told, { partition, region, account: undefined });
    }
  }
  return [...distinct.values()].flatMap(({ partition, region }) =>
    chosen.map((account) => ({ partition, region, account })),
  );
}

/** Regions of the partitions that are possible; a partition of which no region is known has one made up. */
function regionsOf(
  given: Place | undefined,
  names: ReadonlySet<string>,
  possible: ReadonlySet<string>,
): readonly { readonly region: string; readonly partition: string }[] {
  if (given?.region !== undefined) {
    return [{ region: given.region, partition: given.partition ?? partitionOf(given.region) }];
  }
  const known = [...names].map((region) => ({ region, partition: partitionOf(region) }));
  if (possible.size === 0) {
    return known;
  }
  const fitting = known.filter(({ partition }) => possible.has(partition));
  const rest = [...possible].filter((partition) => !fitting.some((each) => each.partition === partition));
  return [...fitting, ...rest.flatMap((partition) => [...names].map((region) => ({ region, partition })))];
}

function addPattern(heads: Map<string, Tokens>, text: string): void {
  if (!heads.has(text)) {
    const { pieces } = compileTemplate(text, { wildcards: true, variables: true, fold: false });
    const tokens = pieces.map((piece) =>
      piece.kind === "hole" ? ({ kind: "star", of: "any" } as const) : piece,
    );
    heads.set(text, withinSegments(tokens));
  }
}

function accountsOf(
  given: Place | undefined,
  named: ReadonlySet<string>,
  byAccount: boolean,
): readonly (string | undefined)[] {
  if (given?.account !== undefined) {
    return [given.account];
  }
  if (!byAccount) {
    return [undefined];
  }
  const other = named.has(SOME_ACCOUNT) ? ANOTHER_ACCOUNT : SOME_ACCOUNT;
  return [...named, other];
}
