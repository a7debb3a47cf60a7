import { withinSegments } from "../match/arn.ts";
import { compileTest, type ScalarTest } from "../match/scalar-test.ts";
import { compileTemplate, type Template } from "../match/template.ts";
import type { Tokens } from "../match/tokens.ts";
import type {
  Condition,
  ConditionOperand,
  ParsedDocument,
  ParsedPrincipal,
  ParsedStatement,
} from "../parse/parsed.ts";
import type { StatementRef } from "./evaluation.ts";
import type { Layer, ResourceColons } from "./policy-set.ts";

/** A condition with its operands read. */
export interface CompiledCondition {
  readonly source: Condition;
  /** Lower case. */
  readonly key: string;
  /** For `Null`: whether absent and present keys satisfy it. */
  readonly nullTest:
    | { readonly absent: boolean; readonly present: boolean; readonly unknown: readonly string[] }
    | undefined;
  readonly test: ScalarTest;
}

/** `Action` or `Resource` with its patterns read. */
export interface CompiledElement {
  readonly negated: boolean;
  readonly templates: readonly Template[];
  readonly unknown: readonly string[];
  readonly path: string;
  /** Whether wildcards of a resource stay within their segment. */
  readonly narrow: boolean;
}

export interface CompiledStatement {
  readonly ref: StatementRef;
  readonly principal: ParsedPrincipal | undefined;
  readonly action: CompiledElement;
  readonly resource: CompiledElement | undefined;
  readonly conditions: readonly CompiledCondition[];
}

const COLON = 58;

const compiledDocuments = new WeakMap<ParsedDocument, Map<string, readonly CompiledStatement[]>>();

/** Compiled once for each document, layer and reading: a pack asks many questions of the same document. */
export function compileDocument(
  document: ParsedDocument,
  layer: Layer,
  colons: ResourceColons,
): readonly CompiledStatement[] {
  let byLayer = compiledDocuments.get(document);
  if (byLayer === undefined) {
    byLayer = new Map();
    compiledDocuments.set(document, byLayer);
  }
  const key = `${layer} ${colons}`;
  let compiled = byLayer.get(key);
  if (compiled === undefined) {
    compiled = document.statements.map((statement) => compileStatement(statement, document, layer, colons));
    byLayer.set(key, compiled);
  }
  return compiled;
}

function compileStatement(
  statement: ParsedStatement,
  document: ParsedDocument,
  layer: Layer,
  colons: ResourceColons,
): CompiledStatement {
  const variables = document.version === "2012-10-17";
  const { index, sid, effect, path, principal, resource } = statement;
  const narrow = isNarrow(colons, effect, resource?.negated ?? false);
  return {
    ref: { document: document.name, layer, index, sid, effect, path },
    principal,
    action: {
      negated: statement.action.negated,
      ...compilePatterns(statement.action.patterns, { wildcards: true, variables: false, fold: true }),
      path: statement.action.path,
      narrow: false,
    },
    resource:
      resource === undefined
        ? undefined
        : {
            negated: resource.negated,
            ...compileResources(resource.patterns, variables, narrow),
            path: resource.path,
            narrow,
          },
    conditions: statement.conditions.map((condition) => compileCondition(condition, variables)),
  };
}

/** `safe`: the reading in which an Allow matches more, and a Deny less. */
function isNarrow(colons: ResourceColons, effect: "Allow" | "Deny", negated: boolean): boolean {
  return colons === "safe" ? (effect === "Deny") !== negated : colons === "segmented";
}

/**
 * AWS takes variables after the fifth colon of a resource's ARN; what one before it matches, no page says: in the narrow
 * reading, nothing.
 *
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
function compileResources(
  patterns: readonly ConditionOperand[],
  variables: boolean,
  narrow: boolean,
): ReturnType<typeof compilePatterns> {
  const { templates, unknown } = compilePatterns(patterns, { wildcards: true, variables, fold: false });
  return { templates: narrow ? templates.filter(hasVariablesLast) : templates, unknown };
}

function hasVariablesLast({ pieces }: Template): boolean {
  const first = pieces.findIndex(({ kind }) => kind === "hole");
  const colons = pieces
    .slice(0, Math.max(0, first))
    .filter((piece) => piece.kind === "char" && piece.code === COLON);
  return first < 0 || colons.length >= 5;
}

function compilePatterns(
  patterns: readonly ConditionOperand[],
  options: { readonly wildcards: boolean; readonly variables: boolean; readonly fold: boolean },
): { readonly templates: readonly Template[]; readonly unknown: readonly string[] } {
  const templates: Template[] = [];
  const unknown: string[] = [];
  for (const pattern of patterns) {
    if (typeof pattern === "string") {
      templates.push(compileTemplate(pattern, options));
    } else {
      unknown.push(pattern.unknown);
    }
  }
  return { templates, unknown };
}

export function compileCondition(condition: Condition, variables: boolean): CompiledCondition {
  const key = condition.key.toLowerCase();
  if (condition.operator.base === "Null") {
    const wanted = condition.values.map((value) => (typeof value === "string" ? value.toLowerCase() : value));
    return {
      source: condition,
      key,
      nullTest: {
        absent: wanted.includes("true"),
        present: wanted.includes("false"),
        unknown: wanted.flatMap((value) => (typeof value === "string" ? [] : [value.unknown])),
      },
      test: { body: { kind: "ip", ranges: [] }, unknown: [] },
    };
  }
  const test = compileTest(condition.operator, condition.values, {
    variables,
    epochKey: key === "aws:epochtime",
  });
  return { source: condition, key, nullTest: undefined, test };
}

/** Tokens of a resource pattern in the statement's reading. */
export function resourceTokens(tokens: Tokens, element: CompiledElement): Tokens {
  return element.narrow ? withinSegments(tokens) : tokens;
}
