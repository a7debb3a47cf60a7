import { segmented } from "../match/arn.ts";
import type { Token } from "../match/tokens.ts";
import type { CompiledCondition, CompiledElement, CompiledStatement } from "../evaluate/compile.ts";
import { elementMatches } from "../evaluate/statement.ts";
import { principalMatches } from "../evaluate/principal.ts";
import type { UndecidedReason } from "./answer.ts";
import type { Atom, Mode } from "./atom.ts";
import type { Domain } from "./domain.ts";
import type { Goal, Sources } from "./goal.ts";
import { canonicalKey } from "./key-name.ts";
import type { Commit, Forbidden, Option } from "./problem.ts";
import {
  actionDomain,
  keyDomain,
  type Leg,
  resourceDomain,
  type Situation,
  variableOf,
} from "./situation.ts";

const NO_CONTEXT = new Map<string, readonly string[]>();

const ANYTHING: Token = { kind: "star", of: "any" };

/** Under which name a variable stands in the requests of which check. */
export interface Spelling {
  readonly leg: number;
  readonly key: string;
}

/** Collects the variables, atoms and assumptions of one search. */
export class Model {
  readonly variables = new Map<string, Domain>();
  readonly spellings = new Map<string, Spelling[]>();
  readonly statements: CompiledStatement[] = [];
  readonly reasons: UndecidedReason[] = [];
  private readonly mode: Mode;
  private readonly situation: Situation;
  private readonly setKeys: ReadonlySet<string>;
  private atoms = 0;
  /** Whether a statement was passed over, or taken to forbid, because of what is not known of it. */
  hasUnknown = false;

  /** @param setKeys Keys that a set operator asks for, lower case. */
  constructor(mode: Mode, situation: Situation, setKeys: ReadonlySet<string>) {
    this.mode = mode;
    this.situation = situation;
    this.setKeys = setKeys;
  }

  /** Declares a check's action and resource; false where its templates cannot be read. */
  declareLeg(leg: Leg): boolean {
    const resource = resourceDomain(leg, this.situation);
    if (resource === undefined) {
      return false;
    }
    if (leg.resourceOf === leg.index) {
      this.variables.set(resourceVariable(leg), resource);
    }
    if (isOpen(leg)) {
      this.variables.set(actionVariable(leg), actionDomain(leg));
    }
    return true;
  }

  /** The groups and forbidden conjunctions of one check's goal; undefined where it is out of reach. */
  addGoal(
    leg: Leg,
    goal: Goal,
  ):
    | { readonly groups: readonly (readonly Option[])[]; readonly forbidden: readonly Forbidden[] }
    | undefined {
    const forbidden = this.forbid(leg, goal.forbidden);
    if (forbidden === undefined) {
      return undefined;
    }
    return { groups: goal.groups.map((sources) => this.options(leg, sources)), forbidden };
  }

  private options(leg: Leg, sources: Sources): readonly Option[] {
    const options: Option[] = [];
    for (const statement of sources.statements.flatMap(byPattern)) {
      const { named, atoms } = this.conjunction(leg, statement);
      this.hasUnknown ||= named === "unknown";
      if (named === false || (named === "unknown" && this.mode === "certain")) {
        continue;
      }
      const assumes = named === "unknown" ? [this.assume(statementReason(statement))] : [];
      options.push({ atoms, statement: this.index(statement), assumes });
    }
    if (this.mode === "possible") {
      for (const { name, reason } of sources.unknown) {
        options.push({
          atoms: [],
          statement: undefined,
          assumes: [this.assume(documentReason(name, reason))],
        });
      }
    }
    // Those with the fewest conditions first: a witness is found sooner, and reads better.
    return options.toSorted((a, b) => a.assumes.length - b.assumes.length || a.atoms.length - b.atoms.length);
  }

  private forbid(leg: Leg, sources: Sources): readonly Forbidden[] | undefined {
    if (sources.unknown.length > 0 && this.mode === "certain") {
      return undefined;
    }
    for (const { name, reason } of sources.unknown) {
      this.assume(documentReason(name, reason));
    }
    const forbidden: Forbidden[] = [];
    for (const statement of sources.statements) {
      const { named, atoms } = this.conjunction(leg, statement);
      this.hasUnknown ||= named === "unknown";
      if (named === false) {
        continue;
      }
      if (named === "unknown" && this.mode === "possible") {
        this.assume(statementReason(statement));
        continue;
      }
      forbidden.push({ atoms, statement: this.index(statement) });
    }
    return forbidden;
  }

  private conjunction(
    leg: Leg,
    statement: CompiledStatement,
  ): { readonly named: boolean | "unknown"; readonly atoms: readonly Atom[] } {
    const atoms: Atom[] = [];
    let named = principalMatches(statement.principal, this.situation.principal).truth;
    if (isOpen(leg)) {
      atoms.push(this.patternAtom(leg, statement.action, "Action", actionVariable(leg)));
    } else {
      const acts = elementMatches(statement.action, leg.action, NO_CONTEXT);
      named =
        named === false || acts === false
          ? false
          : named === "unknown" || acts === "unknown"
            ? "unknown"
            : true;
    }
    if (statement.resource !== undefined && !isEverything(statement.resource)) {
      atoms.push(this.patternAtom(leg, statement.resource, "Resource", resourceVariable(leg)));
    }
    for (const condition of statement.conditions) {
      atoms.push(this.conditionAtom(leg, condition));
    }
    return { named, atoms };
  }

  private patternAtom(
    leg: Leg,
    element: CompiledElement,
    name: "Action" | "Resource",
    variable: string,
  ): Atom {
    this.atoms += 1;
    const keys = [...new Set(element.templates.flatMap(({ holes }) => holes))];
    return {
      id: this.atoms,
      variable,
      element: name,
      path: element.path,
      detail: `no ${name.toLowerCase()} that is asked about is ${element.negated ? "left" : "listed"}`,
      holes: keys.map((key) => ({ key, variable: this.declareKey(leg, key) })),
      unknown: element.unknown,
      unmodelled: [],
      body: { kind: "patterns", element, fold: false },
      made: new Map(),
    };
  }

  conditionAtom(leg: Leg, condition: CompiledCondition): Atom {
    this.atoms += 1;
    const { operator, key, path } = condition.source;
    const { body } = condition.test;
    const keys = body.kind === "text" ? [...new Set(body.alternatives.flatMap(({ holes }) => holes))] : [];
    const unmodelled = malformed(condition);
    return {
      id: this.atoms,
      variable: this.declareKey(leg, key),
      element: "Condition",
      path,
      detail: `\`${operator.text}\` on \`${key}\` does not hold`,
      holes: keys.map((hole) => ({ key: hole, variable: this.declareKey(leg, hole) })),
      unknown: [...condition.test.unknown, ...(condition.nullTest?.unknown ?? []), ...unmodelled],
      unmodelled,
      body: { kind: "condition", condition },
      made: new Map(),
    };
  }

  commitsOf(leg: Leg, constraints: readonly CompiledCondition[]): readonly Commit[] {
    return constraints.map((condition) => ({ atom: this.conditionAtom(leg, condition), sense: true }));
  }

  /** The resource is none of these. */
  notResource(leg: Leg, element: CompiledElement): Commit {
    return { atom: this.patternAtom(leg, element, "Resource", resourceVariable(leg)), sense: false };
  }

  private declareKey(leg: Leg, key: string): string {
    const lower = key.toLowerCase();
    const variable = variableOf(leg, lower);
    if (!this.variables.has(variable)) {
      const withSet = this.setKeys.has(canonicalKey(lower, leg.service));
      this.variables.set(variable, keyDomain(leg, lower, this.situation, withSet));
    }
    const spellings = this.spellings.get(variable) ?? [];
    if (!spellings.some((spelling) => spelling.leg === leg.index && spelling.key.toLowerCase() === lower)) {
      spellings.push({ leg: leg.index, key });
    }
    this.spellings.set(variable, spellings);
    return variable;
  }

  private index(statement: CompiledStatement): number {
    this.statements.push(statement);
    return this.statements.length - 1;
  }

  private assume(reason: UndecidedReason): number {
    this.reasons.push(reason);
    return this.reasons.length - 1;
  }
}

/** A statement over patterns with different variables, as one statement for each: only one of them has to match. */
function byPattern(statement: CompiledStatement): readonly CompiledStatement[] {
  const { resource } = statement;
  if (
    resource === undefined ||
    resource.negated ||
    resource.templates.every(({ holes }) => holes.length === 0)
  ) {
    return [statement];
  }
  const plain = resource.templates.filter(({ holes }) => holes.length === 0);
  const groups = [
    ...(plain.length === 0 ? [] : [plain]),
    ...resource.templates.filter(({ holes }) => holes.length > 0).map((template) => [template]),
  ];
  return groups.map((templates) => ({ ...statement, resource: { ...resource, templates } }));
}

function malformed({ test: { body } }: CompiledCondition): readonly string[] {
  if (body.kind !== "text" || !body.arn) {
    return [];
  }
  return body.alternatives
    .filter((template) => {
      // What a variable stands for may be all of the ARN: that is looked at once it is known.
      const tokens = template.pieces.map((piece) => (piece.kind === "hole" ? ANYTHING : piece));
      return segmented(tokens) === undefined;
    })
    .map(({ text }) => text);
}

function isEverything({ negated, templates }: CompiledElement): boolean {
  return !negated && templates.some(({ text }) => text === "*");
}

export function isOpen(leg: Leg): boolean {
  return /[*?]/.test(leg.action);
}

export function resourceVariable(leg: Leg): string {
  return `${leg.resourceOf} resource`;
}

export function actionVariable(leg: Leg): string {
  return `${leg.index} action`;
}

function documentReason(name: string, reason: string): UndecidedReason {
  return {
    code: "unknown-document",
    subject: name,
    message: `what \`${name}\` says is not known: ${reason}`,
  };
}

/** Why it is not known whether a statement is about the action and the principal. */
function statementReason({ ref, action, principal }: CompiledStatement): UndecidedReason {
  const [subject] = action.unknown;
  if (subject !== undefined) {
    return {
      code: "unknown-value",
      subject,
      message: `\`${action.path}\` depends on ${subject}, which is not known`,
    };
  }
  return {
    code: "unknown-value",
    subject: ref.document,
    message: `whom \`${ref.document}\` names at \`${principal?.path ?? ref.path}\` is not known`,
  };
}
