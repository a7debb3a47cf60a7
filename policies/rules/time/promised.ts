import type { ParsedDocument, ParsedStatement } from "@bastionless/iam";
import type { ResourceFacts } from "../../estate/facts.ts";
import type { PolicyGrant } from "../../estate/policy-grant.ts";
import { properties } from "../../estate/resource-record.ts";
import type { PromisePlace } from "../../messages/windows.ts";
import { at, type Place } from "../../reader/place.ts";
import { isUnreadable, readText } from "../../reader/read.ts";
import { statementName } from "../access/access-fix.ts";
import { textList } from "../config.ts";
import type { RuleConfig } from "../rule.ts";
import { type MoreWords, promisesOf, type TimePromise } from "./time-promise.ts";
import { undecided, type Verdict } from "../verdict.ts";

/** A promise, and the statements that it is about. */
export interface Promised {
  readonly place: PromisePlace;
  readonly promise: TimePromise;
  readonly statements: readonly ParsedStatement[];
  /** Undefined: whatever the statements allow. */
  readonly within: ParsedStatement | undefined;
}

export interface NamedText {
  readonly place: PromisePlace;
  readonly text: string;
  /** Set where the text cannot be told. */
  readonly unknown?: Verdict;
}

/** What the resource says about its policy: its names, and its description. */
export function namesOfGrant({ record }: ResourceFacts, { path }: PolicyGrant): readonly NamedText[] {
  const props = properties(record);
  const inline = /^inlinePolicies\[(\d+)\]\.policy$/.exec(path)?.[1];
  const list = at(props, "inlinePolicies").data;
  const own: readonly Place[] =
    inline === undefined || !Array.isArray(list)
      ? []
      : [at({ data: list[Number(inline)], path: `inlinePolicies[${inline}]` }, "name")];
  const read = (place: Place, of: PromisePlace["of"]): readonly NamedText[] => {
    const text = readText(place);
    if (text.kind === "absent") {
      return [];
    }
    const where: PromisePlace = { of, name: place.path };
    return isUnreadable(text)
      ? [{ place: where, text: "", unknown: cannotTell(place.path, text.kind) }]
      : [{ place: where, text: text.value }];
  };
  return [
    { place: { of: "resource", name: record.name }, text: record.name },
    ...[...own, at(props, "name"), at(props, "namePrefix")].flatMap((place) => read(place, "name")),
    ...read(at(props, "description"), "description"),
  ];
}

function cannotTell(path: string, kind: "malformed" | "unknown"): Verdict {
  const why = kind === "unknown" ? "is not known before the deployment" : "is no text";
  return undecided({ id: "window-undecided", path, reasons: [`\`${path}\` ${why}`] });
}

function moreWords(config: RuleConfig): MoreWords {
  return { hours: textList(config, "hourWords"), end: textList(config, "endWords") };
}

export function promisedBy(
  document: ParsedDocument,
  place: PromisePlace,
  text: string,
  config: RuleConfig,
): readonly Promised[] {
  const kind = place.of === "description" ? "description" : "name";
  const statements = allows(document);
  return promisesOf(text, kind, moreWords(config)).map((promise) => ({
    place,
    promise,
    statements,
    within: undefined,
  }));
}

/** What a Deny is named after, it promises of what it denies: of every Allow, as far as the two are about the same. */
export function promisedBySid(
  document: ParsedDocument,
  statement: ParsedStatement,
  config: RuleConfig,
): readonly Promised[] {
  const isAllow = statement.effect === "Allow";
  return promisesOf(statement.sid ?? "", "name", moreWords(config)).map((promise) => ({
    place: { of: "sid", name: statementName(statement) },
    promise,
    statements: isAllow ? [statement] : allows(document),
    within: isAllow ? undefined : statement,
  }));
}

function allows(document: ParsedDocument): readonly ParsedStatement[] {
  return document.statements.filter(({ effect }) => effect === "Allow");
}
