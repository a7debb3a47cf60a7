import type {
  Answer,
  ParsedDocument,
  ParsedStatement,
  PolicyInput,
  PolicySet,
  Principal as Caller,
  Question,
} from "@bastionless/iam";

/** Answers that are remembered by what was asked; beyond that, all are forgotten. */
const MOST_ANSWERS = 4000;

/** What was answered, by what was asked. Bounded. */
export class AnswerMemo<T> {
  readonly #answers = new Map<string, T>();

  get(key: string): T | undefined {
    return this.#answers.get(key);
  }

  set(key: string, answer: T): void {
    if (this.#answers.size >= MOST_ANSWERS) {
      this.#answers.clear();
    }
    this.#answers.set(key, answer);
  }
}

const contents = new WeakMap<readonly ParsedStatement[], number>();
const counter = { last: 0 };

/**
 * What documents say, without what they are called: equal only where they say the same.
 *
 * Documents that were read from one text share their statements; others never do, and are equal to themselves only.
 * Of a document whose text is not known, it counts what it may hold.
 */
export function contentOf(documents: readonly PolicyInput[]): string {
  return documents.map(contentOfOne).join(" ");
}

function contentOfOne(document: PolicyInput): string {
  if (document.kind === "unknown") {
    return `?${document.mayAllow === false ? "" : "a"}${document.mayDeny === false ? "" : "d"}`;
  }
  const { statements } = document;
  let content = contents.get(statements);
  if (content === undefined) {
    counter.last += 1;
    content = counter.last;
    contents.set(statements, content);
  }
  return `${content}${document.version === "2012-10-17" ? "" : "o"}`;
}

/** What the answer to a question about these documents depends on, but for what the documents are called. */
export function askedKey(question: Question, policies: PolicySet): string {
  const { identity, boundary, scps = [], session, resource, combine } = policies;
  const layers = [identity, boundary, session, resource, ...scps];
  const { principal, ...others } = question;
  const asked = JSON.stringify(others);
  const tellsCallersApart =
    SAYS_WHO.test(asked) || !layers.every((layer) => layer?.every(isImpersonal) ?? true);
  return [
    combine ?? "",
    ...layers.map((layer) => (layer === undefined ? "-" : contentOf(layer))),
    principal === undefined ? "" : tellsCallersApart ? JSON.stringify(principal) : anybodyLike(principal),
    asked,
  ].join("|");
}

/** Keys that are filled in by who asks, and not by what kind of caller that is. */
const SAYS_WHO = /aws:(principal(?!isawsservice)|user)/i;

function anybodyLike({ kind, id }: Caller): string {
  return `${kind} ${kind === "service" ? id : id.split(":", 6)[4]}`;
}

const impersonal = new WeakMap<readonly ParsedStatement[], boolean>();

/** Whether a document says the same to every caller of a kind: no condition, variable or principal tells them apart. */
function isImpersonal(document: PolicyInput): boolean {
  if (document.kind === "unknown") {
    return true;
  }
  const { statements } = document;
  let known = impersonal.get(statements);
  if (known === undefined) {
    known = statements.every(
      ({ principal, conditions, action, resource }) =>
        principal === undefined &&
        conditions.length === 0 &&
        [...action.patterns, ...(resource?.patterns ?? [])].every(
          (pattern) => typeof pattern !== "string" || !pattern.includes("${"),
        ),
    );
    impersonal.set(statements, known);
  }
  return known;
}

/** An answer that a search has given, and what the documents that were asked are called. */
export interface RememberedNone {
  readonly answer: Extract<Answer, { kind: "none" }>;
  readonly names: readonly string[];
}

/**
 * The same answer about documents of other names, in the same order; undefined where names were not distinct, and do not
 * tell which document is meant.
 */
export function renamed(
  { answer, names }: RememberedNone,
  documents: readonly PolicyInput[],
): RememberedNone["answer"] | undefined {
  if (names.every((name, index) => name === documents[index]?.name)) {
    return answer;
  }
  if (new Set(names).size < names.length) {
    return undefined;
  }
  const now = new Map(names.map((name, index) => [name, documents[index]?.name ?? name]));
  return {
    ...answer,
    excludedBy: answer.excludedBy.map(({ statement, why }) => ({
      statement: { ...statement, document: now.get(statement.document) ?? statement.document },
      why,
    })),
  };
}

const denies = new WeakMap<readonly ParsedStatement[], readonly ParsedStatement[]>();

/** The Denies of a document; of the same statements always the same list. */
export function deniesIn(document: ParsedDocument): readonly ParsedStatement[] {
  let known = denies.get(document.statements);
  if (known === undefined) {
    known = document.statements.filter(({ effect }) => effect === "Deny");
    denies.set(document.statements, known);
  }
  return known;
}
