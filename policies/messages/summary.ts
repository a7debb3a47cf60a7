import type { Exemption } from "../exemptions/exemption.ts";
import type { OpenQuestion, RuleTally } from "../summary/ledger.ts";

/**
 * What was decided of a stack, for people: how many questions, how each ended, and of those that were not proved, about
 * which resources. The refuted and undecided ones are findings of their own, with their reasons; the exempted ones are
 * only here.
 */
export function summaryText(tallies: readonly RuleTally[]): string {
  const open = tallies.flatMap((tally) => tally.open);
  const proved = tallies.reduce((sum, tally) => sum + tally.proved, 0);
  const counts = [
    `${proved} proved`,
    ...OUTCOMES.map(({ word, of }) => `${open.filter(of).length} ${word}`),
  ].join(", ");
  const total = proved + open.length;
  return [
    `${total} question${total === 1 ? "" : "s"}: ${counts}.`,
    ...OUTCOMES.flatMap(({ word, of, name }) => {
      const rules = tallies.flatMap((tally) => ofRule(tally, tally.open.filter(of), name));
      return rules.length === 0 ? [] : [`${word}: ${rules.join("; ")}`];
    }),
    ...(proved === 0
      ? []
      : [
          `proved: ${tallies.flatMap((tally) => (tally.proved === 0 ? [] : `${tally.rule} ${tally.proved}`)).join(", ")}`,
        ]),
  ].join("\n");
}

const OUTCOMES: readonly {
  readonly word: string;
  readonly of: (question: OpenQuestion) => boolean;
  readonly name: (question: OpenQuestion) => string;
}[] = [
  {
    word: "refuted",
    of: ({ kind, exemption }) => kind === "refuted" && exemption === undefined,
    name: ({ urn }) => resourceName(urn),
  },
  {
    word: "undecided",
    of: ({ kind, exemption }) => kind === "undecided" && exemption === undefined,
    name: ({ urn }) => resourceName(urn),
  },
  {
    word: "exempted",
    of: ({ exemption }) => exemption !== undefined,
    name: ({ urn, kind, exemption }) =>
      `${resourceName(urn)}${kind === "undecided" ? ", undecided" : ""}${exemption === undefined ? "" : `, until ${exemption.expires}: ${oneLine(exemption.reason)}`}`,
  },
];

const MOST_NAMES = 5;

function ofRule(
  tally: RuleTally,
  questions: readonly OpenQuestion[],
  name: (question: OpenQuestion) => string,
): readonly string[] {
  if (questions.length === 0) {
    return [];
  }
  // Sorted: resources are registered in an order that differs from run to run.
  const names = [...new Set(questions.map(name))].toSorted();
  const more = names.length - MOST_NAMES;
  const shown = [...names.slice(0, MOST_NAMES), ...(more > 0 ? [`${more} more`] : [])];
  return [`${tally.rule} ${questions.length} (${shown.join(", ")})`];
}

function resourceName(urn: string): string {
  return urn === "" ? "the stack" : `\`${urn.split("::").slice(3).join("::") || urn}\``;
}

/** What stops several rules, which would each say the same. */
export function stoppedText(stop: string, rules: readonly string[]): string {
  const names = [...new Set(rules)].toSorted();
  return `undecided: ${stop}, and until it is, none of these rules can decide what it is asked about it: ${names.join(", ")}.`;
}

/** An exemption that no finding needed. */
export function unusedExemption(exemption: Exemption): string {
  return `${exemption.place}: no finding of \`${exemption.rule}\` on \`${exemption.urn}\` needs this exemption. Delete it, or name the stack it is for in its URN.`;
}

export function expiredExemption(exemption: Exemption): string {
  return `${exemption.place}: the exemption of \`${exemption.rule}\` on \`${exemption.urn}\` ended on ${exemption.expires} and counts no more. Delete it, or give it a new date for a reason that still holds.`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
