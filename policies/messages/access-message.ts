import type { Message } from "./message.ts";

/** What rules ask of access: MFA and tags of sessions and of other doors, documents, one's own sessions, logged ones. */
export type AccessRequirement =
  | "door-mfa"
  | "door-tags"
  | "logged-session"
  | "mfa"
  | "own-session"
  | "pinned-document"
  | "tags";

/** Whose sessions carry no `aws:MultiFactorAuthPresent`, whatever stands behind them. */
export type WithoutMfa = "identity-provider" | "service";

/** Keys of a request, as the evaluator replayed it. */
export interface WitnessContext {
  readonly [key: string]: string | number | boolean | readonly (string | number | boolean)[];
}

export interface GrantMessage {
  readonly id: "session-allowed";
  /** Where the document stands in its resource. */
  readonly path: string;
  readonly requirement: AccessRequirement;
  /** Which session: `no document is named`. */
  readonly scenario: string;
  readonly action: string;
  readonly resource: string;
  readonly context: WitnessContext;
  /** Whose document it is. */
  readonly holder: "anybody" | "group" | "permission-set" | "role" | "user";
  /** The statement that allows it: its Sid, or its path. */
  readonly statement: string;
  /** What else is open in the same way. */
  readonly also: readonly string[];
  readonly fix: AccessFix;
}

/** The smallest change that closes a way to start sessions. */
export type AccessFix =
  /** The Allow has no condition on MFA. */
  | { readonly kind: "require-mfa"; readonly statement: string }
  /** No condition on MFA helps: only they get into the role, or they do too. */
  | { readonly kind: "without-mfa"; readonly statement: string; readonly of: WithoutMfa }
  /** The Allow's condition holds without the key: `BoolIfExists`. */
  | { readonly kind: "strict-allow"; readonly statement: string; readonly operator: string }
  /** A Deny's condition does not hold without the key: `Bool`. */
  | { readonly kind: "wider-deny"; readonly statement: string; readonly operator: string }
  /** The Allow has no condition on a tag, or one that holds without it. */
  | {
      readonly kind: "require-tag";
      readonly statement: string;
      /** Undefined: any tag. */
      readonly tag: { readonly key: string; readonly values: readonly string[] } | undefined;
    }
  /** No document is named, and none is checked. */
  | { readonly kind: "check-document"; readonly statement: string }
  /** The document that is named is not one of those that may be. */
  | { readonly kind: "name-documents"; readonly statement: string; readonly option: string }
  /** Any session can be ended, or resumed. */
  | { readonly kind: "own-sessions"; readonly statement: string }
  /** A door that knows no tags of machines. */
  | { readonly kind: "close-door"; readonly statement: string; readonly door: string }
  /** A policy that AWS publishes, which nobody can change. */
  | { readonly kind: "other-policy"; readonly policy: string };

/** Findings about who may start sessions. */
export type AccessMessage =
  | GrantMessage
  | {
      readonly id: "session-through-role";
      readonly role: string;
      /** Who gets into the role without MFA. */
      readonly who: string;
      readonly trustStatement: string;
      /** What the role's document allows. */
      readonly session: Message;
    }
  | {
      readonly id: "session-together";
      readonly kind: "group" | "permission-set" | "role" | "user";
      /** Who holds the documents. */
      readonly name: string;
      readonly documents: readonly string[];
      /** What they allow. */
      readonly session: Message;
    }
  | {
      readonly id: "session-excluded";
      readonly path: string;
      readonly requirement: AccessRequirement;
      readonly excludedBy: readonly string[];
    }
  | {
      readonly id: "session-undecided";
      readonly path: string;
      readonly requirement: AccessRequirement;
      readonly reasons: readonly string[];
    }
  | { readonly id: "document-invalid"; readonly path: string; readonly at: string; readonly problem: string }
  | { readonly id: "identity-center-mfa"; readonly path: string }
  | {
      readonly id: "policy-outside";
      readonly path: string;
      readonly requirement: AccessRequirement;
      /** ARN or name; empty: not known. */
      readonly policy: string;
    }
  | { readonly id: "principal-exempt"; readonly path: string }
  | {
      readonly id: "session-document-outside";
      readonly path: string;
      readonly statement: string;
      /** ARN of a document that the statement admits. */
      readonly document: string;
    }
  | { readonly id: "trust-requires-mfa"; readonly path: string; readonly role: string }
  | {
      readonly id: "trust-undecided";
      readonly path: string;
      readonly requirement: AccessRequirement;
      readonly role: string;
      readonly reason: string;
    };
