import {
  compileCondition,
  type CompiledCondition,
  type CompiledElement,
  type CompiledStatement,
} from "../evaluate/compile.ts";
import { elementMatches } from "../evaluate/statement.ts";
import { compileTemplate } from "../match/template.ts";
import { parseConditionOperator } from "../parse/condition-operator.ts";
import { CREDENTIALS } from "./credentials.ts";
import { InvalidQuestion } from "./invalid-question.ts";
import { canonicalKey } from "./key-name.ts";
import { isOpen } from "./model.ts";
import type { Check, CredentialKind, KeyConstraint, Scenario } from "./question.ts";
import type { Leg } from "./situation.ts";

const NO_CONTEXT = new Map<string, readonly string[]>();

/** A scenario's constraints, read. */
export interface ScenarioConstraints {
  readonly shared: readonly CompiledCondition[];
  readonly byCheck: readonly (readonly CompiledCondition[])[];
  readonly notResources: readonly (CompiledElement | undefined)[];
}

/** Whether a statement can be about a check's action at all. */
export function concerns(statement: CompiledStatement, leg: Leg): boolean {
  return isOpen(leg) || elementMatches(statement.action, leg.action, NO_CONTEXT) !== false;
}

export function compileConstraint({ operator: text, key, values }: KeyConstraint): CompiledCondition {
  const operator = parseConditionOperator(text);
  if (operator === undefined) {
    throw new InvalidQuestion(`\`${text}\` on \`${key}\` is no condition operator`);
  }
  return compileCondition({ operator, key, values: values.map(String), path: "(question)" }, true);
}

export function compileScenario(scenario: Scenario): ScenarioConstraints {
  return {
    shared: (scenario.keys ?? []).map(compileConstraint),
    byCheck: scenario.checks.map((check) => (check.keys ?? []).map(compileConstraint)),
    notResources: scenario.checks.map(excludedResources),
  };
}

function excludedResources({ notResources }: Check): CompiledElement | undefined {
  if (notResources === undefined || notResources.length === 0) {
    return undefined;
  }
  const options = { wildcards: true, variables: true, fold: false } as const;
  const templates = notResources.map((pattern) => compileTemplate(pattern, options));
  return { negated: false, templates, unknown: [], path: "(question)", narrow: false };
}

/** The keys that documents and question speak of, in their one name, and those that a set operator asks for. */
export function keysOf(
  statements: readonly CompiledStatement[],
  constraints: ScenarioConstraints,
  legs: readonly Leg[],
): { readonly mentioned: ReadonlySet<string>; readonly setKeys: ReadonlySet<string> } {
  const mentioned = new Set<string>();
  const setKeys = new Set<string>();
  const add = (key: string, withSet: boolean): void => {
    for (const { service } of legs) {
      const canonical = canonicalKey(key.toLowerCase(), service);
      mentioned.add(canonical);
      if (withSet) {
        setKeys.add(canonical);
      }
    }
  };
  const addCondition = ({ key, source, test }: CompiledCondition): void => {
    add(key, source.operator.set !== undefined);
    if (test.body.kind === "text") {
      for (const hole of test.body.alternatives.flatMap(({ holes }) => holes)) {
        add(hole, false);
      }
    }
  };
  for (const { conditions, resource } of statements) {
    conditions.forEach(addCondition);
    for (const hole of resource?.templates.flatMap(({ holes }) => holes) ?? []) {
      add(hole, false);
    }
  }
  [...constraints.shared, ...constraints.byCheck.flat()].forEach(addCondition);
  for (const element of constraints.notResources) {
    for (const hole of element?.templates.flatMap(({ holes }) => holes) ?? []) {
      add(hole, false);
    }
  }
  return { mentioned, setKeys };
}

/**
 * Kinds of credentials that the documents can tell apart: by the keys in play, or by the principals they name, which
 * are users or roles.
 */
export function distinctKinds(
  kinds: readonly CredentialKind[],
  mentioned: ReadonlySet<string>,
  statements: readonly CompiledStatement[],
): readonly CredentialKind[] {
  const byKeys = new Map<string, CredentialKind>();
  const byPrincipal =
    mentioned.has("aws:principalarn") ||
    mentioned.has("aws:userid") ||
    statements.some(({ principal }) => principal !== undefined);
  for (const kind of kinds) {
    const constraints = CREDENTIALS[kind].filter(({ key }) => mentioned.has(key.toLowerCase()));
    const isOfUser = kind === "long-term" || kind.startsWith("temporary");
    const told = JSON.stringify([constraints, byPrincipal && isOfUser]);
    if (!byKeys.has(told)) {
      byKeys.set(told, kind);
    }
  }
  return [...byKeys.values()];
}

/** The alternatives of a tie, with only the keys in play; one that asks nothing makes the others needless. */
export function restrict(
  alternatives: readonly (readonly KeyConstraint[])[],
  mentioned: ReadonlySet<string>,
): readonly (readonly KeyConstraint[])[] {
  const restricted = alternatives.map((keys) => keys.filter(({ key }) => mentioned.has(key.toLowerCase())));
  if (restricted.some((keys) => keys.length === 0)) {
    return [[]];
  }
  return [...new Map(restricted.map((keys) => [JSON.stringify(keys), keys])).values()];
}

/** Every way to take one of each list; one empty way of no lists. */
export function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (ways, list) => ways.flatMap((way) => list.map((item) => [...way, item])),
    [[]],
  );
}
