import type { HoleValue } from "../match/template.ts";
import { type Atom, constraintOf, type Demanded, demandedBy, type Mode } from "./atom.ts";
import type { Domain } from "./domain.ts";
import { type Known, mayBeHalfAnArn, type OpenPattern, partlyFilled } from "./open-pattern.ts";
import type { ValueConstraint } from "./value-constraint.ts";

/** A variable of the search: the values it can have, and what is asked of it so far. */
export interface Variable {
  readonly name: string;
  readonly domain: Domain;
  readonly held: readonly Held[];
}

/** A constraint in force. */
export type Held = Plain | Coupled;

/** One that depends on its own variable alone. */
interface Plain {
  readonly kind: "plain";
  readonly id: string;
  readonly constraint: ValueConstraint;
}

/** One whose patterns have variables in them: what it asks depends on what these stand for. */
export interface Coupled {
  readonly kind: "coupled";
  readonly id: string;
  readonly atom: Atom;
  readonly sense: boolean;
  readonly mode: Mode;
  readonly demanded: Demanded;
}

export function heldOf(atom: Atom, sense: boolean, mode: Mode): Held {
  if (atom.holes.length === 0) {
    const constraint = constraintOf(atom, sense, mode, () => undefined);
    return { kind: "plain", id: constraint.id, constraint };
  }
  const id = `${atom.id} ${sense} ${mode}`;
  return { kind: "coupled", id, atom, sense, mode, demanded: demandedBy(atom, sense, mode) };
}

/** The constraint with every variable filled. */
export function filled(held: Held, textOf: (variable: string) => HoleValue): ValueConstraint {
  if (held.kind === "plain") {
    return held.constraint;
  }
  const { atom, sense, mode } = held;
  return constraintOf(atom, sense, mode, (key) => {
    const hole = atom.holes.find((candidate) => candidate.key === key);
    return hole === undefined ? undefined : textOf(hole.variable);
  });
}

/** The variables in a constraint's patterns. */
export function holesOf(held: Held): readonly string[] {
  return held.kind === "plain" ? [] : held.atom.holes.map(({ variable }) => variable);
}

/** The patterns of a coupled constraint, with what is known filled in. */
export function patternsOf(
  { atom, demanded }: Coupled,
  knownOf: (variable: string) => Known,
): readonly OpenPattern[] {
  const { present } = demanded;
  if (typeof present === "boolean") {
    return [];
  }
  const variableOf = (key: string): string =>
    atom.holes.find((candidate) => candidate.key === key)?.variable ?? "";
  return present.templates.flatMap((template) => partlyFilled(template, present, variableOf, knownOf) ?? []);
}

/** Whether a value may make half an ARN of one of its patterns, of which nobody knows what it matches. */
export function mayBeMalformed(coupled: Coupled): boolean {
  return patternsOf(coupled, () => undefined).some(mayBeHalfAnArn);
}

/** Whether an absent value would break one of a variable's constraints. */
export function mustBePresent({ domain, held }: Variable): boolean {
  return domain.presence === "required" || held.some((each) => !allowsAbsence(each));
}

/** Whether a constraint holds where its variable is absent. */
export function allowsAbsence(held: Held): boolean {
  return held.kind === "plain" ? held.constraint.absent : held.demanded.absent;
}

/** Whether no present value meets a constraint. */
export function refusesPresence(held: Held): boolean {
  return (held.kind === "plain" ? held.constraint.present : held.demanded.present) === false;
}
