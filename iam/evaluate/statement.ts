import { fillTemplate } from "../match/template.ts";
import { codePoints, matchesTokens } from "../match/tokens.ts";
import { anyOf, not, type Truth } from "../match/truth.ts";
import { type CompiledElement, type CompiledStatement, resourceTokens } from "./compile.ts";
import { conditionHolds } from "./condition.ts";
import { type ContextValues, holeValue } from "./context.ts";
import type { Mismatch } from "./evaluation.ts";
import { type Naming, principalMatches } from "./principal.ts";
import type { Request } from "./request.ts";

export interface StatementMatch {
  readonly truth: Truth;
  readonly why: Mismatch | undefined;
  /** How the statement names the principal, where it matches. */
  readonly naming: Naming | undefined;
}

/** Whether a statement is about a request; where it is not, the first element that says so. */
export function matchStatement(
  statement: CompiledStatement,
  request: Request,
  context: ContextValues,
): StatementMatch {
  let open: Mismatch | undefined;
  const note = (
    truth: Truth,
    element: Mismatch["element"],
    path: string,
    detail: () => string,
  ): Mismatch | undefined => {
    if (truth === false) {
      return { element, path, detail: detail() };
    }
    if (truth === "unknown") {
      open ??= { element, path, detail: `${detail()}, as far as is known` };
    }
    return undefined;
  };
  const { truth: named, naming } = principalMatches(statement.principal, request.principal);
  const principalPath = statement.principal?.path ?? statement.ref.path;
  const why =
    note(named, "Principal", principalPath, () => `\`${request.principal?.id ?? "nobody"}\` is not named`) ??
    note(
      elementMatches(statement.action, request.action, context),
      "Action",
      statement.action.path,
      () => `\`${request.action}\` is ${statement.action.negated ? "excluded" : "not listed"}`,
    ) ??
    noteResource(statement, request, context, note) ??
    noteConditions(statement, context, note);
  if (why !== undefined) {
    return { truth: false, why, naming: undefined };
  }
  return open === undefined
    ? { truth: true, why: undefined, naming }
    : { truth: "unknown", why: open, naming };
}

type Note = (
  truth: Truth,
  element: Mismatch["element"],
  path: string,
  detail: () => string,
) => Mismatch | undefined;

function noteResource(
  { resource }: CompiledStatement,
  request: Request,
  context: ContextValues,
  note: Note,
): Mismatch | undefined {
  return resource === undefined
    ? undefined
    : note(
        elementMatches(resource, request.resource, context),
        "Resource",
        resource.path,
        () => `\`${request.resource}\` is ${resource.negated ? "excluded" : "not listed"}`,
      );
}

function noteConditions(
  { conditions }: CompiledStatement,
  context: ContextValues,
  note: Note,
): Mismatch | undefined {
  for (const condition of conditions) {
    const { operator, key, path } = condition.source;
    const why = note(conditionHolds(condition, context), "Condition", path, () => {
      const values = context.get(condition.key);
      const found = values === undefined ? "absent" : `\`${values.join("`, `")}\``;
      return `\`${operator.text}\` does not hold: \`${key}\` is ${found}`;
    });
    if (why !== undefined) {
      return why;
    }
  }
  return undefined;
}

/** Whether an `Action` or a `Resource` covers a value. */
export function elementMatches(element: CompiledElement, value: string, context: ContextValues): Truth {
  const codes = codePoints(value);
  const listed = anyOf(element.templates, (template) => {
    const tokens = fillTemplate(template, false, (key) => holeValue(context, key));
    return tokens !== undefined && matchesTokens(resourceTokens(tokens, element), codes);
  });
  const truth: Truth = listed === false && element.unknown.length > 0 ? "unknown" : listed;
  return element.negated ? not(truth) : truth;
}
