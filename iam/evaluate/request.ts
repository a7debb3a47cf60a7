import type { ConditionValue } from "../document.ts";

/** Who makes a request. */
export interface Principal {
  readonly kind: "user" | "role-session" | "root" | "service" | "federated" | "anonymous";
  /**
   * A user's ARN, a session's `arn:aws:sts::…:assumed-role/ROLE/SESSION`, an account's `:root`, a service's name such
   * as `ec2.amazonaws.com`, or the ARN or name of an identity provider.
   */
  readonly id: string;
  /** The role behind a session: `arn:aws:iam::…:role/PATH/ROLE`. */
  readonly roleArn?: string;
}

/** Values of condition keys; a key that is not there is absent from the request. Key names ignore case. */
export interface RequestContext {
  readonly [key: string]: ConditionValue | readonly ConditionValue[];
}

/** One concrete authorisation check. */
export interface Request {
  /** `service:Name`. */
  readonly action: string;
  /** ARN, or `*` for an action that acts on no resource. */
  readonly resource: string;
  /** Needed only where a document names principals. */
  readonly principal?: Principal;
  readonly context: RequestContext;
}
