import type { CredentialKind, ParsedDocument, PolicyInput, Question, StatementRef } from "@bastionless/iam";
import type { GrantedDocument, PolicyGrant } from "../../estate/policy-grant.ts";
import type { AccessFix, AccessRequirement } from "../../messages/access-message.ts";
import { iam } from "../../iam.ts";
import { grantVerdict } from "./grant-verdict.ts";
import type { RuleConfig } from "../rule.ts";
import type { DocumentAnswer } from "./session-decision.ts";
import { satisfied, type Verdict } from "../verdict.ts";

/** Something that no document may allow. */
export interface AccessQuestion {
  readonly question: Question;
  /** The smallest change, given the statement that allows the witness, its document where that is known, and how. */
  readonly fix: (
    allowedBy: StatementRef,
    document: ParsedDocument | undefined,
    scenario: string,
  ) => AccessFix;
  /** The check of the witness that findings speak of. Default: the first. */
  readonly about?: string;
  /** What who is asked must perhaps be allowed besides: without it, a witness would lead nowhere. Default: nothing. */
  readonly onlyWith?: Question;
  /** How findings name the question beside others of the rule. */
  readonly label?: string;
}

/** What a rule asks by: its configuration, and of whom. */
export interface Asking {
  readonly config: RuleConfig;
  /** Kinds of credentials that the documents can meet; undefined: all that the question is about. */
  readonly credentials: readonly CredentialKind[] | undefined;
}

/** A rule that asks the same of every policy document in the stack. */
export interface AccessRule {
  readonly requirement: AccessRequirement;
  /** What none of the documents, taken together, may allow. */
  readonly questions: (documents: readonly GrantedDocument[], asking: Asking) => readonly AccessQuestion[];
  /** Whether the rule is about MFA, which a role's trust policy and an identity provider may see to instead. */
  readonly byTrust?: boolean;
}

/**
 * The verdict on all questions of a rule: one that has a witness refutes it, and all of them must be proved.
 *
 * @param grantOf the document that findings speak of, given its name where a witness tells it
 * @param documents those that are asked
 */
export function verdictOf(
  rule: AccessRule,
  grantOf: (name: string | undefined) => PolicyGrant,
  documents: readonly GrantedDocument[],
  asking: Asking,
  answer: (question: AccessQuestion) => DocumentAnswer,
): Verdict {
  const questions = rule.questions(documents, asking).filter((question) => isAsked(question, documents));
  const asked = questions.map((question) => ({ question, answer: answer(question) }));
  const refuted = asked.filter(({ answer: { kind } }) => kind === "witness");
  const worst =
    refuted[0] ??
    asked.find(({ answer: { kind } }) => kind === "invalid" || kind === "undecided") ??
    asked[0];
  const grant = grantOf(
    worst === undefined ? undefined : statementOf(worst.answer, worst.question.about)?.document,
  );
  if (worst === undefined) {
    return satisfied({
      id: "session-excluded",
      path: grant.path,
      requirement: rule.requirement,
      excludedBy: [],
    });
  }
  return grantVerdict(grant, worst.answer, {
    requirement: rule.requirement,
    about: worst.question.about,
    also: [...new Set(refuted.flatMap(({ question: { label } }) => label ?? []))].filter(
      (label) => label !== worst.question.label,
    ),
    fix: (allowedBy) =>
      isOfAws(grant) && grant.document.name === allowedBy.document
        ? { kind: "other-policy", policy: grant.document.name }
        : worst.question.fix(
            allowedBy,
            documentOf(allowedBy, documents),
            worst.answer.kind === "witness" ? worst.answer.scenario : "",
          ),
  });
}

/** The statement that allows a witness, in the check that findings speak of. */
export function statementOf(answer: DocumentAnswer, about: string | undefined): StatementRef | undefined {
  if (answer.kind !== "witness") {
    return undefined;
  }
  const check = answer.checks.find(({ name }) => name === about) ?? answer.checks[0];
  return check?.allowedBy[0];
}

/** A policy that AWS publishes stands where it is attached, by its ARN. */
function isOfAws({ path }: PolicyGrant): boolean {
  return /arn/i.test(path);
}

function documentOf(
  { document }: StatementRef,
  documents: readonly GrantedDocument[],
): ParsedDocument | undefined {
  const [first, ...others] = documents.filter(
    (each): each is ParsedDocument => each.kind === "document" && each.name === document,
  );
  return others.length === 0 ? first : undefined;
}

/** Whether a question is one for these documents: what it is only asked with, they may allow. */
export function isAsked({ onlyWith }: AccessQuestion, documents: readonly GrantedDocument[]): boolean {
  return (
    onlyWith === undefined ||
    documents.some(({ kind }) => kind === "invalid") ||
    iam().mayAllow(readable(documents), onlyWith)
  );
}

/** Documents that can be asked. */
export function readable(documents: readonly GrantedDocument[]): readonly PolicyInput[] {
  return documents.flatMap((document) => (document.kind === "invalid" ? [] : [document]));
}
