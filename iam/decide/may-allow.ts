import type { CompiledElement } from "../evaluate/compile.ts";
import { elementMatches } from "../evaluate/statement.ts";
import { compileTemplate } from "../match/template.ts";
import type { ParsedDocument, ParsedStatement, PolicyInput } from "../parse/parsed.ts";
import type { Question } from "./question.ts";

const NO_CONTEXT = new Map<string, readonly string[]>();
const ACTION = { wildcards: true, variables: false, fold: true } as const;

/** For each document, its Allows' actions; and what has been asked of them. */
const read = new WeakMap<
  ParsedDocument,
  { readonly elements: readonly CompiledElement[]; readonly asked: Map<string, boolean> }
>();

/**
 * Whether documents, as far as their actions tell, could allow what a question asks about: for each check of one of its
 * scenarios there is an Allow that may be about the check's action.
 *
 * Where this is false, {@link import("./decide.ts").decide} answers `none` for these documents as a principal's own, alone
 * or under any boundary: most documents say nothing of sessions, and are told apart here without a search.
 */
export function mayAllow(documents: readonly PolicyInput[], question: Question): boolean {
  return question.scenarios.some(({ checks }) =>
    checks.every(({ actions }) =>
      actions.some((action) => documents.some((document) => mayAllowAction(document, action))),
    ),
  );
}

function mayAllowAction(document: PolicyInput, action: string): boolean {
  if (document.kind === "unknown") {
    return document.mayAllow !== false;
  }
  if (/[*?]/.test(action)) {
    return true;
  }
  let known = read.get(document);
  if (known === undefined) {
    known = {
      elements: document.statements.filter(({ effect }) => effect === "Allow").map(readAction),
      asked: new Map(),
    };
    read.set(document, known);
  }
  const { elements, asked } = known;
  let answer = asked.get(action);
  if (answer === undefined) {
    answer = elements.some((element) => elementMatches(element, action, NO_CONTEXT) !== false);
    asked.set(action, answer);
  }
  return answer;
}

function readAction({ action: { negated, patterns, path } }: ParsedStatement): CompiledElement {
  return {
    negated,
    templates: patterns.flatMap((pattern) =>
      typeof pattern === "string" ? [compileTemplate(pattern, ACTION)] : [],
    ),
    unknown: patterns.flatMap((pattern) => (typeof pattern === "string" ? [] : [pattern.unknown])),
    path,
    narrow: false,
  };
}
