import type { Layer } from "./policy-set.ts";

/** A statement, for whoever is told about it. */
export interface StatementRef {
  readonly document: string;
  readonly layer: Layer;
  /** Position in the document, from 0. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly path: string;
}

export type ElementName = "Principal" | "Action" | "Resource" | "Condition";

/** The first element that keeps a statement from matching, or leaves it open. */
export interface Mismatch {
  readonly element: ElementName;
  readonly path: string;
  /** In plain words. */
  readonly detail: string;
}

export interface StatementTrace {
  readonly statement: StatementRef;
  readonly matches: "yes" | "no" | "unknown";
  /** Absent where it matches. */
  readonly why: Mismatch | undefined;
}

/** The answer to one request. */
export interface Evaluation {
  readonly decision: "allowed" | "explicit-deny" | "implicit-deny" | "undecided";
  /** Statements (for an implicit deny: the layers that allow nothing) that made the decision. */
  readonly decidedBy: readonly StatementRef[];
  /** Layers that neither allow nor deny the request, where the decision is `implicit-deny`. */
  readonly silentLayers: readonly Layer[];
  /** What left it open, where the decision is `undecided`. */
  readonly unknown: readonly string[];
  readonly trace: readonly StatementTrace[];
}
