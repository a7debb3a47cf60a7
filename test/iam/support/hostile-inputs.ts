import { managedPolicies } from "./managed-policies.ts";
import type { Random } from "./random-documents.ts";

/** Inputs that no policy should be, and policies that are nearly right: cheap to make, and the same for one seed. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const MANAGED: readonly string[] = managedPolicies()
  .map(([, { versions, latestVersionId }]) => JSON.stringify(versions[latestVersionId]?.document))
  .filter((text) => text.length < 1500);

/** What no parser may trip over: names of other meanings, half variables, look-alikes, controls, halves of pairs. */
const WORDS: readonly string[] = [
  "",
  "*",
  "**?*",
  "Allow",
  "Deny",
  "allow",
  "ssm:*",
  "ssm:StartSession",
  "ssm:\u0405tartSession",
  "ssm",
  ":",
  "a:b:c",
  "2012-10-17",
  "2008-10-17",
  "${aws:username}",
  "${",
  "${}",
  "${${aws:username}}",
  "${aws:username, 'x'}",
  "${aws:username, x}",
  "${*}${?}${$}",
  "arn:aws:s3:::x",
  "arn:aws:ec2:*:*:instance/*",
  "arn:*",
  "true",
  "TRUE",
  "tru\u0435",
  "10.0.0.0/8",
  "10.0.0.0/99",
  "::/0",
  "1e400",
  "-0",
  "NaN",
  "2030-02-30",
  "99999999999999999999",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "\u0000",
  "\u202e",
  "\ud800",
  "\u{1f600}",
  "\u212a",
];

const NAMES: readonly string[] = [
  "Version",
  "Id",
  "Statement",
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
  "AWS",
  "Service",
  "Bool",
  "BoolIfExists",
  "Null",
  "StringLike",
  "StringNotEqualsIgnoreCase",
  "ForAllValues:StringLike",
  "ForAnyValue:Null",
  "ArnLike",
  "NumericLessThan",
  "DateGreaterThan",
  "NotIpAddress",
  "BinaryEquals",
  "aws:username",
  "aws:MultiFactorAuthPresent",
  "aws:multifactorauthpresent",
  "aws:SourceIp",
  "aws:CurrentTime",
  "ssm:resourceTag/Environment",
  "__proto__",
  "constructor",
  "prototype",
  "toJSON",
  "",
];

function word(random: Random): string {
  return random.pick(random.chance(80) ? WORDS : NAMES);
}

function scalar(random: Random): Json {
  switch (random.next(8)) {
    case 0:
      return null;
    case 1:
      return random.chance(50);
    case 2:
      return random.pick([0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER + 1, Number.MIN_VALUE, 300]);
    default:
      return word(random);
  }
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member by that very name, `__proto__` too. */
function put(target: { [key: string]: Json }, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

export function randomTree(random: Random, depth: number): Json {
  if (depth === 0 || random.chance(30)) {
    return scalar(random);
  }
  if (random.chance(35)) {
    return Array.from({ length: random.next(4) }, () => randomTree(random, depth - 1));
  }
  const made: { [key: string]: Json } = {};
  for (let count = random.next(5); count > 0; count -= 1) {
    put(made, random.chance(75) ? random.pick(NAMES) : word(random), randomTree(random, depth - 1));
  }
  return made;
}

/** A document whose outline is right, and whose parts are anything. */
export function nearlyDocument(random: Random): Json {
  const statement = (): Json => {
    const made: { [key: string]: Json } = {};
    put(made, "Effect", random.chance(85) ? random.pick(["Allow", "Deny"]) : scalar(random));
    const pattern = (name: string, words: readonly string[]): void => {
      const value: Json = random.chance(80) ? random.pick(words) : randomTree(random, 1);
      put(made, random.chance(12) ? `Not${name}` : name, random.chance(30) ? [value] : value);
    };
    pattern("Action", ["*", "ssm:*", "ssm:StartSession", "ssm:Start?ession", "s3:*"]);
    pattern("Resource", ["*", "arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/*", "${aws:username}"]);
    if (random.chance(60)) {
      const condition: { [key: string]: Json } = {};
      for (let count = 1 + random.next(2); count > 0; count -= 1) {
        const block: { [key: string]: Json } = {};
        put(
          block,
          random.chance(85) ? random.pick(NAMES.slice(26, 32)) : word(random),
          randomTree(random, 1),
        );
        put(condition, random.chance(90) ? random.pick(NAMES.slice(14, 26)) : word(random), block);
      }
      put(made, "Condition", condition);
    }
    if (random.chance(10)) {
      put(made, random.pick(NAMES), randomTree(random, 2));
    }
    return made;
  };
  const statements = Array.from({ length: 1 + random.next(3) }, statement);
  return { Version: random.chance(95) ? "2012-10-17" : scalar(random), Statement: statements };
}

/** Replaces, deletes, doubles, renames or moves parts of one of AWS's own policies. */
export function mutatedPolicy(random: Random): Json {
  const document: Json = JSON.parse(random.pick(MANAGED));
  for (let count = 1 + random.next(3); count > 0; count -= 1) {
    mutate(document, random);
  }
  return document;
}

function mutate(root: Json, random: Random): void {
  let at: Json = root;
  for (;;) {
    if (typeof at !== "object" || at === null) {
      return;
    }
    const keys: readonly string[] = Object.keys(at);
    if (keys.length === 0) {
      return;
    }
    const key = random.pick(keys);
    const inner: Json | undefined = Array.isArray(at) ? at[Number(key)] : at[key];
    if (typeof inner === "object" && inner !== null && random.chance(75)) {
      at = inner;
      continue;
    }
    if (Array.isArray(at)) {
      const index = Number(key);
      const changes: readonly (readonly Json[])[] = [
        [],
        [inner ?? null, inner ?? null],
        [scalar(random)],
        [[inner ?? null]],
      ];
      at.splice(index, 1, ...random.pick(changes));
    } else if (isObject(at)) {
      changeMember(at, key, random);
    }
    return;
  }
}

function changeMember(at: { [key: string]: Json }, key: string, random: Random): void {
  const value = at[key] ?? null;
  switch (random.next(5)) {
    case 0:
      delete at[key];
      return;
    case 1:
      delete at[key];
      put(at, mangled(key, random), value);
      return;
    case 2:
      put(at, random.pick(NAMES), value);
      return;
    case 3:
      put(at, key, random.chance(50) ? [value, scalar(random)] : randomTree(random, 2));
      return;
    default:
      put(at, key, typeof value === "string" ? mangled(value, random) : scalar(random));
  }
}

const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ["a", "\u0430"],
  ["c", "\u0441"],
  ["e", "\u0435"],
  ["i", "\u0456"],
  ["k", "\u212a"],
  ["o", "\u043e"],
  ["p", "\u0440"],
  ["s", "\u017f"],
  ["A", "\u0391"],
  ["M", "\u039c"],
  ["P", "\u03a1"],
  [":", "\uff1a"],
]);

const INVISIBLE = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u00a0", "\u202e", "\u0301"];

/** The same name to whoever looks at it, or nearly; never the same name in other letters of its case. */
export function mangled(text: string, random: Random): string {
  const at = random.next(text.length + 1);
  const char = text[at] ?? "";
  const replaced = (by: string): string => `${text.slice(0, at)}${by}${text.slice(at + 1)}`;
  switch (random.next(6)) {
    case 0:
      return LOOKALIKES.has(char) ? replaced(LOOKALIKES.get(char) ?? "") : `${text}\u200b`;
    case 1:
      return `${text.slice(0, at)}${random.pick(INVISIBLE)}${text.slice(at)}`;
    case 2:
      return /[!-~]/.test(char)
        ? replaced(String.fromCodePoint((char.codePointAt(0) ?? 33) + 0xfee0))
        : `${text} `;
    case 3:
      return `${text.slice(0, at)}${random.pick(["z", "q", "-", " ", "\t", "0"])}${text.slice(at)}`;
    case 4:
      return text.length > 1 && at < text.length ? replaced("") : `${text}x`;
    default:
      return `${random.pick([" ", "\u00a0", "\n", "\ufeff"])}${text}`;
  }
}

/** Cuts, doubles, swaps and overwrites parts of a text. */
export function garbled(random: Random): string {
  let text = random.pick(MANAGED);
  for (let count = 1 + random.next(3); count > 0; count -= 1) {
    const from = random.next(text.length + 1);
    const to = Math.min(text.length, from + random.next(20));
    const between = text.slice(from, to);
    const parts = [
      "",
      `${between}${between}`,
      random.pick([
        '"',
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\\u0000",
        "\\ud800",
        "\u0000",
        "\ufeff",
        "-",
        "1e999",
        "//",
      ]),
      between.toUpperCase(),
      JSON.stringify(word(random)),
      `,${JSON.stringify(random.pick(NAMES))}:${JSON.stringify(word(random))}`,
    ];
    text = random.chance(5)
      ? text.slice(0, from)
      : `${text.slice(0, from)}${random.pick(parts)}${text.slice(to)}`;
  }
  return text;
}

/** Every member of an object twice, once: the text has a key that is there twice. */
export function doubledMember(random: Random): string {
  const text = random.pick(MANAGED);
  const starts = [...text.matchAll(/"(?:Effect|Action|Resource|Statement|Version|Condition)":/g)];
  const start = random.pick(starts);
  const other = random.pick(['"Allow"', '"Deny"', '"*"', "[]", "{}", "null", '"2012-10-17"']);
  const name = start[0].slice(0, -1);
  // The same key in other characters: JSON knows no difference.
  const written = random.chance(50) ? name : `"\\u00${name.charCodeAt(1).toString(16)}${name.slice(2)}`;
  return `${text.slice(0, start.index)}${written}:${other},${text.slice(start.index)}`;
}

/** Patterns whose matching or whose intersection can take long. */
export function explodingDocument(random: Random): Json {
  const letter = (): string => random.pick(["a", "b", "ab", "a?", "?", "*"]);
  const pattern = (): string =>
    `${Array.from({ length: 2 + random.next(30) }, () => `*${letter()}`).join("")}${random.pick(["", "*", "b", "?"])}`;
  const statement = (Effect: string): Json => ({
    Effect,
    Action: `ssm:${random.chance(50) ? "*" : pattern()}`,
    Resource: random.chance(50) ? "*" : `arn:aws:ec2:*:*:instance/${pattern()}`,
    Condition: {
      [random.pick([
        "StringLike",
        "StringNotLike",
        "ForAnyValue:StringLike",
        "ArnLike",
        "ArnNotLikeIfExists",
      ])]: {
        [random.pick(["aws:ResourceTag/k", "aws:PrincipalTag/k", "aws:PrincipalArn", "aws:TagKeys"])]:
          Array.from(
            { length: 1 + random.next(4) },
            () => `${pattern()}${random.chance(20) ? "${aws:username}" : ""}`,
          ),
      },
    },
  });
  return {
    Version: "2012-10-17",
    Statement: [
      statement("Allow"),
      statement("Allow"),
      ...Array.from({ length: random.next(6) }, () => statement("Deny")),
    ],
  };
}

/** A document of about 100 kB, of many statements, or nested without end. */
export function largeInput(random: Random): string {
  const filler = { Effect: random.pick(["Allow", "Deny"]), Action: `s3:${word(random)}x`, Resource: "*" };
  switch (random.next(8)) {
    case 0:
      return JSON.stringify({
        Version: "2012-10-17",
        Statement: Array.from({ length: 10_000 }, () => filler),
      });
    case 1:
      return `${'{"Statement":['.repeat(7000)}${"]}".repeat(7000)}`;
    case 2:
      return "[".repeat(100_000);
    case 3:
      return JSON.stringify({ Statement: { ...filler, Resource: `arn:aws:s3:::${"*a".repeat(50_000)}` } });
    case 4:
      return JSON.stringify({
        Statement: { ...filler, Action: Array.from({ length: 7000 }, () => "ssm:Start*") },
      });
    case 5: {
      const keys = Array.from({ length: 3000 }, (_, index) => [`aws:ResourceTag/k${index}`, word(random)]);
      const condition = { StringLike: Object.fromEntries(keys) };
      return JSON.stringify({
        Version: "2012-10-17",
        Statement: { ...filler, Action: "ssm:*", Condition: condition },
      });
    }
    default: {
      const statements = Array.from({ length: 600 }, (_, index) => ({
        Effect: index % 3 === 0 ? "Allow" : "Deny",
        Action: ["ssm:Start*", `ssm:${index}*`],
        Resource: `arn:aws:ec2:*:*:instance/i-${index % 3 === 0 ? "*" : `${index}*`}`,
        Condition: { StringLike: { "aws:ResourceTag/k": [`*${index}*`, word(random)] } },
      }));
      return JSON.stringify({ Version: "2012-10-17", Statement: statements });
    }
  }
}
