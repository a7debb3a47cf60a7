import type { Answer, PolicyInput, Question } from "@bastionless/iam";
import type { Estate } from "../../estate/estate.ts";
import type { PolicyGrant } from "../../estate/policy-grant.ts";
import { type Holding, type Principal, principalsOf } from "../../estate/principal.ts";
import { iam } from "../../iam.ts";
import {
  type AccessQuestion,
  type AccessRule,
  type Asking,
  isAsked,
  readable,
  verdictOf,
} from "./access-question.ts";
import { ROLE_CREDENTIALS } from "../roles/role-mfa.ts";
import type { RuleConfig } from "../rule.ts";
import { askTogether } from "./session-decision.ts";
import { type Finding, undecided, type Verdict, violation } from "../verdict.ts";

/**
 * Documents that are safe one by one and not together: AWS checks a session on the machine and on the session document,
 * which may be allowed by one policy each.
 *
 * A document that is not safe by itself has been told already, and so has one that is not known.
 */
export function decideTogether(
  rule: AccessRule,
  estate: Estate,
  config: RuleConfig,
  isExempt: (principal: Principal) => boolean,
): readonly Finding[] {
  const kinds = new Set<Principal["kind"]>();
  return principalsOf(estate).flatMap((principal) => {
    const isFirst = !kinds.has(principal.kind);
    kinds.add(principal.kind);
    const documents = readable(principal.holdings.map(({ grant }) => grant.document));
    const more = readable(principal.maybe.map(({ grant }) => grant.document));
    if (documents.length + more.length < 2 || isExempt(principal)) {
      return [];
    }
    const isRole = rule.byTrust === true && principal.kind === "role";
    const asking: Asking = { config, credentials: isRole ? ROLE_CREDENTIALS : undefined };
    const finding = decidePrincipal(rule, principal, documents, asking);
    if (finding !== undefined || more.length === 0) {
      return finding === undefined ? [] : [finding];
    }
    const questions = rule.questions([...documents, ...more], asking);
    if (!isFirst && !questions.some((asked) => taking(documents, asked).length > 0)) {
      return []; // What others may hold together has been asked of the first of them.
    }
    const holdings = [...principal.holdings, ...principal.maybe];
    const possible = decidePrincipal(rule, { ...principal, holdings }, [...documents, ...more], asking);
    // What somebody may hold is no violation of theirs.
    return possible === undefined
      ? []
      : [{ urn: possible.urn, verdict: undecided(possible.verdict.message) }];
  });
}

function decidePrincipal(
  rule: AccessRule,
  principal: Principal,
  documents: readonly PolicyInput[],
  asking: Asking,
): Finding | undefined {
  const [holding] = principal.holdings;
  if (holding === undefined) {
    return undefined;
  }
  const isNew = (asked: AccessQuestion): Answer => {
    const nothing: Answer = { kind: "none", question: asked.question.name, excludedBy: [] };
    if (!takesSeveral(documents, asked)) {
      return nothing;
    }
    const answer = askTogether(documents, asked.question);
    return isToldAlready(answer, documents, asked) ? nothing : answer;
  };
  let allowing = holding;
  const grantOf = (name: string | undefined): PolicyGrant => {
    allowing = holdingOf(principal, name) ?? holding;
    return heldBy(principal, allowing.grant);
  };
  const verdict = verdictOf(rule, grantOf, documents, asking, isNew);
  return verdict.kind === "satisfied"
    ? undefined
    : {
        urn: principal.facts?.record.urn ?? allowing.urn,
        verdict: inPrincipal(
          principal,
          documents.map(({ name }) => name),
          verdict,
        ),
      };
}

/** The holding whose document has the name. */
export function holdingOf({ holdings }: Principal, name: string | undefined): Holding | undefined {
  return holdings.find(({ grant }) => grant.document.name === name);
}

/** A document as one that the principal holds, wherever it is attached. */
export function heldBy({ kind }: Principal, grant: PolicyGrant): PolicyGrant {
  return { ...grant, holder: { kind, reference: { data: undefined, path: "" } } };
}

/** Whether two documents or more have an Allow that may have a part in it: one alone has been told. */
function takesSeveral(documents: readonly PolicyInput[], asked: AccessQuestion): boolean {
  return taking(documents, asked).length >= 2;
}

function taking(
  documents: readonly PolicyInput[],
  { question, onlyWith }: AccessQuestion,
): readonly PolicyInput[] {
  const anyCheck: Question = {
    ...question,
    scenarios: [...question.scenarios, ...(onlyWith?.scenarios ?? [])].flatMap((scenario) =>
      scenario.checks.map((check) => ({ ...scenario, checks: [check] })),
    ),
  };
  const { mayAllow } = iam();
  return documents.filter((document) => document.kind === "document" && mayAllow([document], anyCheck));
}

/** A witness that one of the documents gives by itself, or a reason that each of them has by itself. */
function isToldAlready(answer: Answer, documents: readonly PolicyInput[], asked: AccessQuestion): boolean {
  switch (answer.kind) {
    case "none":
      return true;
    case "undecided":
      return answer.reasons.every(({ code }) => code === "unknown-document" || code === "unknown-value");
    case "witness":
      return documents.some(
        (document) =>
          isAsked(asked, [document]) && askTogether([document], asked.question).kind === "witness",
      );
  }
}

/** A verdict on what one principal's documents say, with whose they are. */
export function inPrincipal(
  { kind, name }: Principal,
  documents: readonly string[],
  verdict: Verdict,
): Verdict {
  const message = {
    id: "session-together",
    kind,
    name,
    documents: [...new Set(documents)],
    session: verdict.message,
  } as const;
  switch (verdict.kind) {
    case "satisfied":
      return verdict;
    case "violation":
      return violation(message);
    case "undecided":
      return undecided(message);
  }
}
