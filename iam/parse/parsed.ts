import type { ConditionOperator } from "./condition-operator.ts";
import type { Problem } from "./problem.ts";

/** One key of one operator of a `Condition`, its values as strings. */
export interface Condition {
  readonly operator: ConditionOperator;
  /** As written; key names ignore case. */
  readonly key: string;
  readonly values: readonly ConditionOperand[];
  readonly path: string;
}

/** A value in a document: its text, or that it is not known yet. */
export type ConditionOperand = string | UnknownValue;

/** A value that a program has not computed yet; `name` says which, for whoever reads the answer. */
export interface UnknownValue {
  readonly unknown: string;
}

/** `Action`, `Resource`, or with `negated` `NotAction`, `NotResource`. */
export interface PatternElement {
  readonly negated: boolean;
  readonly patterns: readonly ConditionOperand[];
  readonly path: string;
}

export type PrincipalKind = "AWS" | "Service" | "Federated" | "CanonicalUser";

export interface PrincipalEntry {
  /** `*` alone, in any form, is `{ kind: "AWS", value: "*" }`, with `everyone` true. */
  readonly kind: PrincipalKind;
  readonly value: ConditionOperand;
  /** Written as `"Principal": "*"`: services and federated people too. */
  readonly everyone: boolean;
}

export interface ParsedPrincipal {
  readonly negated: boolean;
  readonly entries: readonly PrincipalEntry[];
  readonly path: string;
}

/** A statement with every list a list, every value a string. */
export interface ParsedStatement {
  /** Position in the document, from 0. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly principal: ParsedPrincipal | undefined;
  readonly action: PatternElement;
  /** Absent in trust policies. */
  readonly resource: PatternElement | undefined;
  readonly conditions: readonly Condition[];
  readonly path: string;
}

/** A document that was read without error. */
export interface ParsedDocument {
  readonly kind: "document";
  /** What findings call it: a resource's name, a URN, an ARN. */
  readonly name: string;
  /** Policy variables are expanded in `2012-10-17` only. */
  readonly version: "2012-10-17" | "2008-10-17";
  readonly id: string | undefined;
  readonly statements: readonly ParsedStatement[];
}

/** A document that exists, but whose text is not known. */
export interface UnknownDocument {
  readonly kind: "unknown";
  readonly name: string;
  /** Why, as a phrase: ``its text depends on `aws:kms/key:Key::logs` ``. */
  readonly reason: string;
  /** Whether it may hold an Allow. Default: true. */
  readonly mayAllow?: boolean;
  /** Whether it may hold a Deny. Default: true. */
  readonly mayDeny?: boolean;
}

/** What a policy set is made of. */
export type PolicyInput = ParsedDocument | UnknownDocument;

export type ParseResult =
  | { readonly kind: "parsed"; readonly document: ParsedDocument; readonly problems: readonly Problem[] }
  /** Something that says what the document means is not known yet, such as an `Effect`, or all of it. */
  | { readonly kind: "unknown"; readonly document: UnknownDocument; readonly problems: readonly Problem[] }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };
