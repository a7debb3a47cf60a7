import { type CharClass, literal, type Token, type Tokens } from "../match/tokens.ts";
import type { RequestPlace } from "./places.ts";
import { SOME_ACCOUNT } from "./places.ts";

interface Placeholder {
  readonly tokens: Tokens;
  readonly example: string;
}

const one = (of: CharClass): Token => ({ kind: "one", of });
const star = (of: CharClass): Token => ({ kind: "star", of });

const ANY_ACCOUNT: Tokens = Array.from({ length: 12 }, () => one("digit"));

/** Real ids are hexadecimal; those in examples often are not. */
const PLACEHOLDERS: ReadonlyMap<string, Placeholder> = new Map([
  ["id", { tokens: [one("id"), star("id")], example: "example" }],
  ["name", { tokens: [one("name"), star("name")], example: "example" }],
  [
    "any",
    { tokens: [star("any")], example: "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0" },
  ],
  ["session", { tokens: [one("name"), star("name")], example: "bob-0123456789abcdef0" }],
  ["userid", { tokens: [one("id"), star("id")], example: "AIDAEXAMPLEALICE" }],
  ["person", { tokens: [one("name"), star("name")], example: "alice" }],
  ["instance", { tokens: [...literal("i-"), one("id"), star("id")], example: "i-0123456789abcdef0" }],
  ["managed", { tokens: [...literal("mi-"), one("id"), star("id")], example: "mi-0123456789abcdef0" }],
]);

export interface Shape {
  readonly tokens: Tokens;
  readonly example: string;
}

/** What a template of a question stands for, in one place; undefined for a placeholder that there is not. */
export function shapeOf(template: string, place: RequestPlace): Shape | undefined {
  const tokens: Token[] = [];
  let example = "";
  for (const part of template.split(/(\{[a-z]+\})/)) {
    const filled = part.startsWith("{") && part.endsWith("}") ? fill(part.slice(1, -1), place) : plain(part);
    if (filled === undefined) {
      return undefined;
    }
    tokens.push(...filled.tokens);
    example += filled.example;
  }
  return { tokens, example };
}

function plain(text: string): Placeholder {
  return { tokens: literal(text), example: text };
}

function fill(name: string, { partition, region, account }: RequestPlace): Placeholder | undefined {
  switch (name) {
    case "partition":
      return plain(partition);
    case "region":
      return plain(region);
    case "account":
      return accountShape(account);
    default:
      return PLACEHOLDERS.get(name);
  }
}

export function accountShape(account: string | undefined): Shape {
  return account === undefined ? { tokens: ANY_ACCOUNT, example: SOME_ACCOUNT } : plain(account);
}
