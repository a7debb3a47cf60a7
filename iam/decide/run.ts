import {
  compileCondition,
  type CompiledCondition,
  type CompiledElement,
  type CompiledStatement,
} from "../evaluate/compile.ts";
import type { Evaluation, StatementRef } from "../evaluate/evaluation.ts";
import type { Principal, Request } from "../evaluate/request.ts";
import { elementMatches } from "../evaluate/statement.ts";
import { compileTemplate } from "../match/template.ts";
import { parseConditionOperator } from "../parse/condition-operator.ts";
import type { Answer, DecideOptions, Exclusion, UndecidedReason, Witness } from "./answer.ts";
import type { Atom, Mode } from "./atom.ts";
import { Budget, BudgetExceeded } from "./budget.ts";
import { ALL_CREDENTIALS, CREDENTIALS, TIES } from "./credentials.ts";
import type { Goal, Layers } from "./goal.ts";
import { canonicalKey } from "./key-name.ts";
import { isOpen, Model } from "./model.ts";
import { placesOf } from "./places.ts";
import { principalsOf } from "./principals.ts";
import type { Check, CredentialKind, KeyConstraint, Question, Scenario } from "./question.ts";
import { type Commit, type Forbidden, type Option, Search } from "./search.ts";
import { type Leg, legOf, type Situation } from "./situation.ts";
import { requestsOf } from "./witness.ts";

/** What the machinery needs of whoever asks: `decide` and `compare` differ in nothing else. */
export interface Asker {
  /** The documents, with only the statements that can matter. */
  layers(relevant: (statement: CompiledStatement) => boolean): readonly Layers[];
  goals(layers: readonly Layers[], principal: Principal | undefined): readonly Goal[];
  /** Runs a found request through the evaluator. */
  replay(request: Request): { readonly evaluation: Evaluation; readonly holds: boolean };
}

const DEFAULT_BUDGET = 20_000_000;

const NO_CONTEXT = new Map<string, readonly string[]>();

/** One search: a check's goal for each check, in one situation. */
interface Job {
  readonly scenario: Scenario;
  readonly legs: readonly Leg[];
  readonly situation: Situation;
  readonly goals: readonly Goal[];
  readonly setKeys: ReadonlySet<string>;
  readonly constraints: ScenarioConstraints;
}

interface ScenarioConstraints {
  readonly shared: readonly CompiledCondition[];
  readonly byCheck: readonly (readonly CompiledCondition[])[];
  readonly notResources: readonly (CompiledElement | undefined)[];
}

class InvalidQuestion extends Error {}

/** Searches every scenario of a question, in every situation that the documents can tell apart. */
export function answerQuestion(question: Question, options: DecideOptions, asker: Asker): Answer {
  const run = new Run(question, asker, new Budget(options.budget ?? DEFAULT_BUDGET));
  try {
    return run.answer();
  } catch (error) {
    if (error instanceof BudgetExceeded) {
      const limit = String(run.budget.limit);
      const message = `the search was given up after ${limit} steps; raise \`budget\`, or split the documents`;
      return {
        kind: "undecided",
        question: question.name,
        reasons: [{ code: "budget", subject: limit, message }],
      };
    }
    if (error instanceof InvalidQuestion) {
      const reason: UndecidedReason = {
        code: "invalid-question",
        subject: question.name,
        message: error.message,
      };
      return { kind: "undecided", question: question.name, reasons: [reason] };
    }
    throw error;
  }
}

class Run {
  readonly budget: Budget;
  private readonly question: Question;
  private readonly asker: Asker;
  private readonly exclusions = new Map<string, Exclusion>();
  private readonly open: UndecidedReason[] = [];
  private isOpenEnded = false;

  constructor(question: Question, asker: Asker, budget: Budget) {
    this.question = question;
    this.asker = asker;
    this.budget = budget;
  }

  answer(): Answer {
    const { name } = this.question;
    const doubtful: Job[] = [];
    for (const job of this.jobs()) {
      this.isOpenEnded = false;
      const witness = this.search(job, "certain");
      if (witness !== undefined) {
        return witness;
      }
      if (this.isOpenEnded) {
        doubtful.push(job);
      }
    }
    for (const job of doubtful) {
      const witness = this.search(job, "possible");
      if (witness !== undefined) {
        return witness;
      }
      if (this.open.length > 0) {
        return { kind: "undecided", question: name, reasons: distinct(this.open) };
      }
    }
    return { kind: "none", question: name, excludedBy: [...this.exclusions.values()] };
  }

  private *jobs(): Generator<Job> {
    for (const scenario of this.question.scenarios) {
      const constraints = compileScenario(scenario);
      for (const actions of product(scenario.checks.map((check) => check.actions))) {
        yield* this.jobsOf(scenario, actions, constraints);
      }
    }
  }

  private *jobsOf(
    scenario: Scenario,
    actions: readonly string[],
    constraints: ScenarioConstraints,
  ): Generator<Job> {
    const legs = scenario.checks.map((check, index) => legOf(check, index, actions[index] ?? "*"));
    const layersByLeg = legs.map((leg) => this.asker.layers((statement) => concerns(statement, leg)));
    const statements = layersByLeg.flatMap((layers) => layers.flatMap((each) => each.statements));
    const { mentioned, setKeys } = keysOf(statements, constraints, legs);
    const kinds = distinctKinds(scenario.credentials ?? ALL_CREDENTIALS, mentioned);
    const ties = product(TIES.map((alternatives) => restrict(alternatives, mentioned)));
    const byName =
      mentioned.has("aws:principalarn") ||
      mentioned.has("aws:username") ||
      mentioned.has("aws:principalaccount");
    for (const place of placesOf(this.question.place, statements, mentioned)) {
      for (const credentials of kinds) {
        for (const principal of principalsOf(statements, credentials, place, byName)) {
          const goals = layersByLeg.map((layers) => this.asker.goals(layers, principal));
          for (const chosen of product(goals)) {
            for (const tie of ties) {
              this.budget.spend();
              const keys = [
                ...CREDENTIALS[credentials].filter(({ key }) => mentioned.has(key.toLowerCase())),
                ...tie.flat(),
              ];
              const situation: Situation = {
                place,
                credentials,
                principal,
                constraints: keys.map(compileConstraint),
                actions,
              };
              yield { scenario, legs, situation, goals: chosen, setKeys, constraints };
            }
          }
        }
      }
    }
  }

  private search(job: Job, mode: Mode): Witness | undefined {
    const { legs, situation, constraints } = job;
    const model = new Model(mode, situation, job.setKeys);
    const commits: Commit[] = [];
    const groups: (readonly Option[])[] = [];
    const forbidden: Forbidden[] = [];
    for (const leg of legs) {
      if (!model.declareLeg(leg)) {
        throw new InvalidQuestion(
          `the resources \`${leg.check.resources.join("`, `")}\` of check \`${leg.check.name}\` cannot be read`,
        );
      }
      commits.push(...model.commitsOf(leg, constraints.byCheck[leg.index] ?? []));
      const excluded = constraints.notResources[leg.index];
      if (excluded !== undefined) {
        commits.push(model.notResource(leg, excluded));
      }
      if (leg.index === 0) {
        commits.push(...model.commitsOf(leg, [...constraints.shared, ...situation.constraints]));
      }
      const goal = job.goals[leg.index];
      const added = goal === undefined ? undefined : model.addGoal(leg, goal);
      if (added === undefined) {
        this.isOpenEnded = true;
        return undefined;
      }
      groups.push(...added.groups);
      forbidden.push(...added.forbidden);
      // An Allow that is passed over because of what is not known may still be one.
      this.isOpenEnded ||=
        mode === "certain" && (goal?.groups.some(({ unknown }) => unknown.length > 0) ?? false);
    }
    this.budget.spend(model.statements.length);
    let witness: Witness | undefined;
    const problem = { mode, variables: model.variables, commits, groups, forbidden };
    const search = new Search(problem, this.budget, {
      found: (assignment, used) => {
        witness = this.replay(job, requestsOf(assignment, model, job));
        if (witness !== undefined || mode === "certain") {
          // A found request that does not replay is no witness; the search goes on, and its end proves nothing.
          this.isOpenEnded ||= witness === undefined;
          return witness !== undefined;
        }
        this.open.push(...reasonsOf(model, used, forbidden));
        return true;
      },
      excluded: (statement, atom) => this.note(model, statement, atom),
      forbade: (statement) => this.note(model, statement, undefined),
      gaveUp: () => {
        this.isOpenEnded = true;
      },
    });
    this.isOpenEnded ||= mode === "certain" && model.hasUnknown;
    search.run();
    return witness;
  }

  private replay({ scenario, situation, legs }: Job, requests: readonly Request[]): Witness | undefined {
    const checks = legs.flatMap((leg, index) => {
      const request = requests[index];
      if (request === undefined) {
        return [];
      }
      const { evaluation, holds } = this.asker.replay(request);
      const allowedBy = evaluation.decidedBy.filter(({ effect }) => effect === "Allow");
      return holds ? [{ name: leg.check.name, request, evaluation, allowedBy }] : [];
    });
    return checks.length === legs.length
      ? {
          kind: "witness",
          question: this.question.name,
          scenario: scenario.name,
          credentials: situation.credentials,
          checks,
        }
      : undefined;
  }

  private note(model: Model, index: number, atom: Atom | undefined): void {
    const ref = model.statements[index]?.ref;
    if (ref === undefined) {
      return;
    }
    const key = keyOf(ref);
    if (!this.exclusions.has(key)) {
      const why =
        atom === undefined ? undefined : { element: atom.element, path: atom.path, detail: atom.detail };
      this.exclusions.set(key, { statement: ref, why });
    }
  }
}

function keyOf({ document, layer, path }: StatementRef): string {
  return `${layer} ${document} ${path}`;
}

function reasonsOf(
  model: Model,
  used: { readonly assumes: readonly number[]; readonly atoms: readonly Atom[] },
  forbidden: readonly Forbidden[],
): readonly UndecidedReason[] {
  const assumed = used.assumes.map((index) => model.reasons[index]).filter((reason) => reason !== undefined);
  const reasons = [...assumed, ...used.atoms.flatMap(reasonsOfAtom)];
  if (reasons.length > 0) {
    return reasons;
  }
  // Nothing had to be assumed to find the request: what stands against it is what may deny, and was passed over.
  const passedOver = forbidden.flatMap(({ atoms }) => atoms.filter(({ unknown }) => unknown.length > 0));
  const against = [...model.reasons, ...passedOver.flatMap(reasonsOfAtom)];
  return against.length > 0 ? against : [VALUE_FORMS];
}

const VALUE_FORMS: UndecidedReason = {
  code: "value-forms",
  subject: "values",
  message:
    "a key is compared both as text and as another kind of value, and no value was found that meets both",
};

function reasonsOfAtom({ path, unknown, holes }: Atom): readonly UndecidedReason[] {
  if (unknown.length > 0) {
    return unknown.map((subject) => ({
      code: "unknown-value",
      subject,
      message: `\`${path}\` depends on ${subject}, which is not known`,
    }));
  }
  return holes.map(({ key }) => ({
    code: "policy-variable",
    subject: key,
    message: `\`${path}\` depends on the policy variable \`${key}\` in a way that was not decided`,
  }));
}

function distinct(reasons: readonly UndecidedReason[]): readonly UndecidedReason[] {
  const byKey = new Map(reasons.map((reason) => [`${reason.code} ${reason.message}`, reason]));
  return [...byKey.values()];
}

/** Whether a statement can be about a check's action at all. */
function concerns(statement: CompiledStatement, leg: Leg): boolean {
  return isOpen(leg) || elementMatches(statement.action, leg.action, NO_CONTEXT) !== false;
}

function compileConstraint({ operator: text, key, values }: KeyConstraint): CompiledCondition {
  const operator = parseConditionOperator(text);
  if (operator === undefined) {
    throw new InvalidQuestion(`\`${text}\` on \`${key}\` is no condition operator`);
  }
  return compileCondition({ operator, key, values: values.map(String), path: "(question)" }, true);
}

function compileScenario(scenario: Scenario): ScenarioConstraints {
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
function keysOf(
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

/** Kinds of credentials that the keys in play can tell apart. */
function distinctKinds(
  kinds: readonly CredentialKind[],
  mentioned: ReadonlySet<string>,
): readonly CredentialKind[] {
  const byKeys = new Map<string, CredentialKind>();
  const byPrincipal = mentioned.has("aws:principalarn") || mentioned.has("aws:userid");
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
function restrict(
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
function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (ways, list) => ways.flatMap((way) => list.map((item) => [...way, item])),
    [[]],
  );
}
