import type { CompiledStatement } from "../evaluate/compile.ts";
import type { Evaluation, StatementRef } from "../evaluate/evaluation.ts";
import type { Principal, Request } from "../evaluate/request.ts";
import type { Answer, DecideOptions, Exclusion, UndecidedReason, Witness } from "./answer.ts";
import type { Atom, Mode } from "./atom.ts";
import { Budget, BudgetExceeded } from "./budget.ts";
import { ALL_CREDENTIALS, CREDENTIALS, TIES } from "./credentials.ts";
import type { Goal, Layers } from "./goal.ts";
import { InvalidQuestion } from "./invalid-question.ts";
import { Model } from "./model.ts";
import { placesOf } from "./places.ts";
import { principalsOf } from "./principals.ts";
import type { Question, Scenario } from "./question.ts";
import {
  compileConstraint,
  compileScenario,
  concerns,
  distinctKinds,
  keysOf,
  product,
  restrict,
  type ScenarioConstraints,
} from "./scenario.ts";
import type { Commit, Forbidden, Option, Used } from "./problem.ts";
import { Search } from "./search.ts";
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

/** One search: a check's goal for each check, in one situation. */
interface Job {
  readonly scenario: Scenario;
  readonly legs: readonly Leg[];
  readonly situation: Situation;
  readonly goals: readonly Goal[];
  readonly setKeys: ReadonlySet<string>;
  readonly constraints: ScenarioConstraints;
}

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
    const legs = scenario.checks.map((check, index) =>
      legOf(scenario.checks, index, check, actions[index] ?? "*"),
    );
    const layersByLeg = legs.map((leg) => this.asker.layers((statement) => concerns(statement, leg)));
    const statements = layersByLeg.flatMap((layers) => layers.flatMap((each) => each.statements));
    const { mentioned, setKeys } = keysOf(statements, constraints, legs);
    const kinds = distinctKinds(scenario.credentials ?? ALL_CREDENTIALS, mentioned, statements);
    const ties = product(TIES.map((alternatives) => restrict(alternatives, mentioned)));
    const byName =
      mentioned.has("aws:principalarn") ||
      mentioned.has("aws:username") ||
      mentioned.has("aws:principalaccount");
    const asked = [...constraints.shared, ...constraints.byCheck.flat()];
    for (const place of placesOf(this.question.place, statements, asked, mentioned)) {
      for (const credentials of kinds) {
        for (const principal of this.principals(statements, credentials, place, byName)) {
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

  private principals(...told: Parameters<typeof principalsOf>): ReturnType<typeof principalsOf> {
    return this.question.principal === undefined ? principalsOf(...told) : [this.question.principal];
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

function reasonsOf(model: Model, used: Used, forbidden: readonly Forbidden[]): readonly UndecidedReason[] {
  const assumed = used.assumes.map((index) => model.reasons[index]).filter((reason) => reason !== undefined);
  const reasons = [
    ...assumed,
    ...used.atoms.flatMap(reasonsOfAtom),
    ...[...used.unsure].flatMap(variablesOf),
  ];
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

function reasonsOfAtom({ path, unknown, unmodelled }: Atom): readonly UndecidedReason[] {
  return unknown.map((subject) =>
    unmodelled.includes(subject)
      ? {
          code: "unmodelled-operator",
          subject,
          message: `\`${path}\` compares with \`${subject}\`, which has fewer than the six parts of an ARN: AWS does not say what it matches`,
        }
      : {
          code: "unknown-value",
          subject,
          message: `\`${path}\` depends on ${subject}, which is not known`,
        },
  );
}

function variablesOf({ path, holes }: Atom): readonly UndecidedReason[] {
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
