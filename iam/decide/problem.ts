import type { Atom, Mode } from "./atom.ts";
import type { Domain } from "./domain.ts";

/** Demands that an atom hold, or that it not hold. */
export interface Commit {
  readonly atom: Atom;
  readonly sense: boolean;
}

/** A way to satisfy a group: all of its atoms hold. */
export interface Option {
  readonly atoms: readonly Atom[];
  /** The statement, as an index into the caller's list; undefined for an unknown document. */
  readonly statement: number | undefined;
  /** What has to be assumed for it. */
  readonly assumes: readonly number[];
}

/** At least one of its atoms must not hold. */
export interface Forbidden {
  readonly atoms: readonly Atom[];
  readonly statement: number;
}

/** Atoms that hold, one option of each group, and no forbidden conjunction: is there a request like that? */
export interface Problem {
  readonly mode: Mode;
  readonly variables: ReadonlyMap<string, Domain>;
  readonly commits: readonly Commit[];
  readonly groups: readonly (readonly Option[])[];
  readonly forbidden: readonly Forbidden[];
}

/** The values of every variable; undefined: absent. */
export type Assignment = ReadonlyMap<string, readonly string[] | undefined>;

/** What a found request rests on. */
export interface Used {
  readonly assumes: readonly number[];
  /** The atoms in force. */
  readonly atoms: readonly Atom[];
  /** Those among them that nobody can be sure it meets, for the variables in their patterns. */
  readonly unsure: ReadonlySet<Atom>;
}

/** What a search tells while it runs. */
export interface Observer {
  /** A request that meets everything; true ends the search. */
  found(assignment: Assignment, used: Used): boolean;
  /** An option could not be taken because of this atom. */
  excluded(statement: number, atom: Atom): void;
  /** A forbidden conjunction stood in the way. */
  forbade(statement: number): void;
  /** Something was given up without proof. */
  gaveUp(atom: Atom, why: "policy-variable" | "value-forms" | "unknown-value"): void;
}
