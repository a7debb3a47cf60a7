import type { Power } from "../estate/unmodelled.ts";
import type { Read, Unreadable } from "../reader/read.ts";

/** Who is let in, for a message. */
export interface SourceFact {
  readonly kind: "cidr" | "group" | "prefix-list" | "self";
  readonly value: Read<string>;
}

/** What a way to start a session lacks. */
export type SessionRequirement = "mfa" | "tags";

/** Keys of a request, as the evaluator replayed it. */
export interface WitnessContext {
  readonly [key: string]: string | number | boolean | readonly (string | number | boolean)[];
}

export interface GrantMessage {
  readonly id: "session-allowed";
  /** Where the document stands in its resource. */
  readonly path: string;
  readonly requirement: SessionRequirement;
  /** Which session: `no document is named`. */
  readonly scenario: string;
  readonly action: string;
  readonly resource: string;
  readonly context: WitnessContext;
  /** Whose document it is. */
  readonly holder: "anybody" | "group" | "permission-set" | "role" | "user";
  /** The statement that allows it: its Sid, or its path. */
  readonly statement: string;
  readonly fix: AccessFix;
}

/** The smallest change that closes a way to start sessions. */
export type AccessFix =
  /** The Allow has no condition on MFA. */
  | { readonly kind: "require-mfa"; readonly statement: string }
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
    };

export type LogKind = "bucket" | "log-group";

/** What a finding says, as data; {@link import("./render.ts").render} puts it into words. */
export type Message =
  | {
      readonly id: "inbound-port-open";
      /** `ingress[0]`; empty: the resource is the rule. */
      readonly path: string;
      /** The admin ports that are open. */
      readonly ports: readonly number[];
      readonly range: { readonly from: number; readonly to: number };
      readonly allProtocols: boolean;
      readonly sources: readonly SourceFact[];
      /** Whether the address ranges together hold every IPv4 or IPv6 address. */
      readonly everyone: readonly ("IPv4" | "IPv6")[];
    }
  | { readonly id: "no-inbound-admin-port"; readonly path: string }
  | {
      readonly id: "log-encryption-not-required";
      readonly kind: LogKind;
      readonly name: string;
      readonly path: string;
      /** What stands there; undefined: nothing, or `false`. */
      readonly found: string | undefined;
    }
  | { readonly id: "log-encryption-required"; readonly path: string }
  | { readonly id: "log-encrypted"; readonly kind: LogKind; readonly name: string; readonly key: string }
  | {
      readonly id: "log-not-encrypted";
      readonly kind: LogKind;
      readonly name: string;
      /** The session document that names it. */
      readonly document: string;
      readonly instead: "aes256" | "aws-managed" | "service-owned";
      readonly path: string;
    }
  | { readonly id: "log-destination-outside"; readonly kind: LogKind; readonly name: string }
  | {
      readonly id: "log-key-outside";
      readonly kind: LogKind;
      readonly name: string;
      readonly key: string;
      readonly path: string;
    }
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
      readonly requirement: SessionRequirement;
      readonly excludedBy: readonly string[];
    }
  | {
      readonly id: "session-undecided";
      readonly path: string;
      readonly requirement: SessionRequirement;
      readonly reasons: readonly string[];
    }
  | { readonly id: "document-invalid"; readonly path: string; readonly at: string; readonly problem: string }
  | { readonly id: "identity-center-mfa"; readonly path: string }
  | {
      readonly id: "policy-outside";
      readonly path: string;
      readonly requirement: SessionRequirement;
      /** ARN or name; empty: not known. */
      readonly policy: string;
    }
  | { readonly id: "principal-exempt"; readonly path: string }
  | { readonly id: "trust-requires-mfa"; readonly path: string; readonly role: string }
  | {
      readonly id: "trust-undecided";
      readonly path: string;
      readonly role: string;
      readonly reason: string;
    }
  | { readonly id: "unreadable-value"; readonly what: string; readonly cause: Unreadable }
  | { readonly id: "unmodelled-type"; readonly type: string; readonly power: Power }
  | { readonly id: "fault"; readonly rule: string; readonly error: string };

export type MessageId = Message["id"];
