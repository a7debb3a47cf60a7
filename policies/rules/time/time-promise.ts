/** What a name says of time. */
export type TimePromise =
  /** Hours of the day: "business hours", "9 to 5", "nights". */
  | { readonly kind: "hours"; readonly words: string }
  /** Days of the week: "weekdays", "weekend". */
  | { readonly kind: "days"; readonly days: "weekdays" | "weekend"; readonly words: string }
  /** An end: "temporary", "until", "expires". */
  | { readonly kind: "end"; readonly words: string };

/** Words that stand for a promise besides those of English that are known. */
export interface MoreWords {
  readonly hours: readonly string[];
  readonly end: readonly string[];
}

const NO_WORDS: MoreWords = { hours: [], end: [] };

const HOURS: readonly RegExp[] = [
  /\b(?:after|banking|business|core|day|night|off|office|opening|out of|outside|service|shop|support|trading|work|working)(?: of)? hours?\b/,
  /\b(?:daytime|nights?|night ?shifts?|overnight)\b/,
  /(?<![\d-])\b(?:9|nine) ?(?:to|till|until|-) ?(?:5|five|17)\b(?!-)/,
  /\b\d{1,2} ?(?:am|pm) (?:to|till|until|and|-) ?\d{1,2} ?(?:am|pm)\b/,
];
const WEEKDAYS = /\b(?:week ?days?|work(?:ing)? ?days?|mon(?:day)? (?:to |- ?)?fri(?:day)?)\b/;
const WEEKEND = /\bweek ?ends?\b/;
const END: readonly RegExp[] = [
  // Temporary things that a policy may well be about for good are no promise.
  /\btemporar(?:y|ily)\b(?! (?:credentials?|director(?:y|ies)|files?|folders?|objects?|security|storage|tables?|tokens?|uploads?))/,
  /\btemp (?:access|grant|permission|permissions|session|sessions)\b/,
  /\b(?:expires?|expiring|time ?boxed|time ?limited|limited time)\b/,
];
/** In a name; in a sentence only before something like a date. */
const UNTIL = /\b(?:until|till)\b/;
const UNTIL_DATE =
  /\b(?:until|till) (?:the )?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]\b|end\b|next\b|to(?:day|morrow)\b)/;

/**
 * What a Sid, a name or a description promises of time. Pure; reads English words, however they are joined: camel case,
 * dashes, dots and spaces.
 *
 * @param kind a description is a sentence, in which single words mean less
 */
export function promisesOf(
  text: string,
  kind: "name" | "description",
  more: MoreWords = NO_WORDS,
): readonly TimePromise[] {
  const words = wordsOf(text);
  const promises: TimePromise[] = [];
  const hours = first(words, HOURS) ?? phrase(words, more.hours);
  if (hours !== undefined) {
    promises.push({ kind: "hours", words: hours });
  }
  const weekdays = first(words, [WEEKDAYS]);
  const weekend = first(words, [WEEKEND]);
  if (weekdays !== undefined) {
    promises.push({ kind: "days", days: "weekdays", words: weekdays });
  } else if (weekend !== undefined) {
    promises.push({ kind: "days", days: "weekend", words: weekend });
  }
  const until = kind === "name" ? UNTIL : UNTIL_DATE;
  // "9 until 5" is about hours.
  const end = first(words, END) ?? (hours === undefined ? first(words, [until]) : undefined);
  const ending = end ?? phrase(words, more.end);
  if (ending !== undefined) {
    promises.push({ kind: "end", words: ending });
  }
  return promises;
}

/** `BusinessHours9to5` as `business hours 9 to 5`; letters that only look different count as the same. */
function wordsOf(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .normalize("NFKC")
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replaceAll(/(\p{L})(\d)/gu, "$1 $2")
    .replaceAll(/(\d)(\p{L})/gu, "$1 $2")
    .toLowerCase()
    .replaceAll(/[^\p{L}\d-]+/gu, " ")
    .replaceAll(/(?<!\d) ?- ?|- ?(?!\d)/g, " ")
    .trim();
}

/** Longer than any Sid, name or description that AWS takes. */
const MAX_LENGTH = 2000;

function first(words: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(words);
    if (found !== null) {
      return found[0];
    }
  }
  return undefined;
}

function phrase(words: string, phrases: readonly string[]): string | undefined {
  const padded = ` ${words} `;
  return phrases.find((each) => padded.includes(` ${wordsOf(each)} `));
}
