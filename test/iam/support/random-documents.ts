import type { ConditionBlock, Statement } from "@bastionless/iam";
import type { NaiveDocument, NaiveRequest } from "./naive.ts";

/** A small, fast, seeded source of numbers (mulberry32): the same seed gives the same documents. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to `below`, exclusive. */
  next(below: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.next(items.length)];
    if (item === undefined) {
      throw new Error("nothing to pick from");
    }
    return item;
  }

  some<T>(items: readonly T[], most: number): readonly T[] {
    return Array.from({ length: 1 + this.next(most) }, () => this.pick(items));
  }

  chance(percent: number): boolean {
    return this.next(100) < percent;
  }
}

/** What the questions of these tests are about. */
export const UNIVERSE = {
  action: "ssm:StartSession",
  prefix: "arn:aws:ec2:us-east-1:111122223333:instance/i-",
  template: "arn:aws:ec2:us-east-1:111122223333:instance/i-{id}",
} as const;

export const MFA = "aws:MultiFactorAuthPresent";
export const AGE = "aws:MultiFactorAuthAge";

const ACTIONS = [
  "ssm:StartSession",
  "ssm:startsession",
  "ssm:Start*",
  "s*:*",
  "*",
  "ssm:SendCommand",
  "ssm:?????Session",
];
const WORDS = ["a", "b", "ab", "ba", "aab", "A", ""];
const PATTERNS = ["*", "a*", "*b", "a*b", "?", "??", "a?", "*a*", "?*", "b*a", "ab", "a", "*aa*"];
const IPS = [
  "10.0.0.0/8",
  "0.0.0.0/1",
  "128.0.0.0/1",
  "10.1.0.0/16",
  "10.0.0.1",
  "0.0.0.0/0",
  "198.51.100.0/24",
];
const AGES = [0, 1, 300, 301, 3600];
const DATES = ["2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "2030-06-01T00:00:00Z"];

const TEXT_KEYS = [
  "aws:ResourceTag/Env",
  "ssm:resourceTag/env",
  "aws:PrincipalTag/Team",
  "ssm:AccessRequestId",
  "aws:TagKeys",
];

function operatorWith(random: Random, base: string, allowSets: boolean): string {
  const set = allowSets && random.chance(25) ? random.pick(["ForAllValues:", "ForAnyValue:"]) : "";
  return `${set}${base}${random.chance(25) ? "IfExists" : ""}`;
}

interface Kind {
  readonly base: readonly string[];
  readonly keys: readonly string[];
  readonly values: readonly (string | number | boolean)[];
  readonly sets: boolean;
}

const NUMERIC = [
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
];
const DATE = NUMERIC.map((name) => name.replace("Numeric", "Date"));

const KINDS: readonly Kind[] = [
  {
    base: ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
    keys: TEXT_KEYS,
    values: WORDS,
    sets: true,
  },
  { base: ["StringLike", "StringNotLike"], keys: TEXT_KEYS, values: PATTERNS, sets: true },
  { base: ["Bool"], keys: [MFA], values: ["true", "false", true, false], sets: true },
  { base: NUMERIC, keys: [AGE], values: AGES, sets: true },
  { base: ["IpAddress", "NotIpAddress"], keys: ["aws:SourceIp"], values: IPS, sets: false },
  { base: DATE, keys: ["aws:CurrentTime"], values: DATES, sets: false },
];

/** Values with policy variables, for a run of their own: there `undecided` is an answer. */
export const VARIABLE_VALUES = [
  "${aws:PrincipalTag/Team}",
  "${aws:PrincipalTag/Team}-*",
  "a${aws:PrincipalTag/Team}",
  "${aws:PrincipalTag/Other, 'b'}",
  "${*}a",
];

export interface Flavour {
  readonly variables: boolean;
}

function randomCondition(random: Random, flavour: Flavour): ConditionBlock {
  if (random.chance(12)) {
    const key = random.pick([...TEXT_KEYS, MFA, AGE, "aws:SourceIp"]);
    return { Null: { [key]: random.pick(["true", "false", true, false]) } };
  }
  const kind = random.pick(KINDS);
  const isText = kind.keys === TEXT_KEYS;
  const values =
    flavour.variables && isText && random.chance(60)
      ? random.some([...kind.values, ...VARIABLE_VALUES, ...VARIABLE_VALUES], 2)
      : random.some(kind.values, 3);
  const [only] = values;
  const operator = operatorWith(random, random.pick(kind.base), kind.sets);
  return {
    [operator]: { [random.pick(kind.keys)]: values.length === 1 && only !== undefined ? only : values },
  };
}

function randomStatement(random: Random, flavour: Flavour): Statement {
  const actions = random.chance(10)
    ? { NotAction: random.some(["ssm:SendCommand", "iam:*", "ssm:Start*"], 2) }
    : { Action: random.chance(60) ? UNIVERSE.action : random.some(ACTIONS, 2) };
  const resource = (): string =>
    random.chance(45)
      ? "*"
      : `${UNIVERSE.prefix}${random.pick(flavour.variables ? [...PATTERNS, ...VARIABLE_VALUES] : PATTERNS)}`;
  const resources = random.chance(12)
    ? { NotResource: [resource()] }
    : { Resource: random.chance(70) ? resource() : [resource(), resource()] };
  const blocks = random.chance(25)
    ? []
    : Array.from({ length: 1 + random.next(2) }, () => randomCondition(random, flavour));
  const Condition: { [operator: string]: ConditionBlock[string] } = {};
  for (const block of blocks) {
    for (const [operator, keys] of Object.entries(block)) {
      Condition[operator] = { ...Condition[operator], ...keys };
    }
  }
  const Effect = random.chance(60) ? "Allow" : "Deny";
  return {
    Effect,
    ...actions,
    ...resources,
    ...(blocks.length === 0 ? {} : { Condition: distinctKeys(Condition) }),
  };
}

/** AWS refuses two spellings of one key under one operator. */
function distinctKeys(condition: ConditionBlock): ConditionBlock {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        new Map(
          Object.entries(keys).map(([key, value]) => [key.toLowerCase(), [key, value] as const]),
        ).values(),
      ),
    ]),
  );
}

export function randomDocument(random: Random, flavour: Flavour): NaiveDocument {
  return {
    Version: "2012-10-17",
    Statement: Array.from({ length: 1 + random.next(4) }, () => randomStatement(random, flavour)),
  };
}

const CREDENTIALS: readonly { readonly [key: string]: string }[] = [
  {},
  { [MFA]: "false" },
  { [MFA]: "true", [AGE]: "0" },
  { [MFA]: "true", [AGE]: "300" },
  { [MFA]: "true", [AGE]: "301" },
  { [MFA]: "true", [AGE]: "5000" },
];

const SAMPLE_WORDS = ["", "a", "b", "c", "ab", "ba", "aa", "aab", "abab", "A", "bca", "a-", "x-y"];
const SAMPLE_IPS = [
  "9.255.255.255",
  "10.0.0.0",
  "10.0.0.1",
  "10.1.2.3",
  "10.255.255.255",
  "11.0.0.0",
  "127.255.255.255",
  "128.0.0.0",
  "198.51.100.7",
  "255.255.255.255",
];
const SAMPLE_DATES = [
  "2029-01-01T00:00:00Z",
  ...DATES,
  "2030-03-01T00:00:00Z",
  "2030-09-01T00:00:00Z",
  "2032-01-01T00:00:00Z",
];

/** A request that a real caller could make: the two names of a tag agree, MFA comes with its age. */
export function randomRequest(random: Random): NaiveRequest {
  const context: { [key: string]: string | readonly string[] } = { ...random.pick(CREDENTIALS) };
  if (random.chance(70)) {
    const tag = random.pick(SAMPLE_WORDS);
    context["aws:ResourceTag/Env"] = tag;
    context["ssm:resourceTag/env"] = tag;
  }
  for (const key of ["aws:PrincipalTag/Team", "aws:PrincipalTag/Other"]) {
    if (random.chance(60)) {
      context[key] = random.pick(SAMPLE_WORDS);
    }
  }
  if (random.chance(60)) {
    context["ssm:AccessRequestId"] = random.pick(SAMPLE_WORDS);
  }
  if (random.chance(70)) {
    context["aws:TagKeys"] = random.some(SAMPLE_WORDS, 3);
  }
  if (random.chance(80)) {
    context["aws:SourceIp"] = random.pick(SAMPLE_IPS);
  }
  context["aws:CurrentTime"] = random.pick(SAMPLE_DATES);
  const id = random.pick(SAMPLE_WORDS.filter((word) => word !== ""));
  return { action: UNIVERSE.action, resource: `${UNIVERSE.prefix}${id}`, context };
}
