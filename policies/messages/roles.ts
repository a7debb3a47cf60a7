import type { WithoutMfa } from "./access-message.ts";
import type { WitnessContext } from "./access-message.ts";
import type { Message, Renderers } from "./message.ts";
import { list } from "./words.ts";

/** A request that a role's documents allow, as the evaluator replayed it. */
export interface RoleWitness {
  readonly action: string;
  readonly resource: string;
  readonly context: WitnessContext;
  /** The statement that allows it: its Sid, or its path. */
  readonly statement: string;
  /** The document it stands in. */
  readonly document: string;
}

/** Who holds a machine's policy. */
export interface InstancePolicyHolder {
  readonly kind: "group" | "permission-set" | "role" | "user";
  /** Undefined: not known yet. */
  readonly name: string | undefined;
  /** For a role, who can assume it. */
  readonly who: string | undefined;
}

/** Findings about roles: what machines' roles reach, and who may take the roles of people. */
export type RoleMessage =
  | {
      readonly id: "machine-reaches-machines";
      readonly role: string;
      readonly why:
        | { readonly by: "resource"; readonly name: string }
        | { readonly by: "trust"; readonly service: string };
      /** Every way that is open, in AWS's words: `ssm:SendCommand`. */
      readonly doors: readonly string[];
      readonly witness: RoleWitness;
    }
  | {
      readonly id: "machine-may-reach-machines";
      readonly role: string;
      /** Why it cannot be told whether machines have the role. */
      readonly reason: string;
      readonly doors: readonly string[];
      readonly witness: RoleWitness;
    }
  | {
      readonly id: "machine-access-undecided";
      readonly role: string;
      readonly doors: readonly string[];
      readonly reasons: readonly string[];
    }
  | { readonly id: "machine-confined"; readonly role: string }
  | {
      readonly id: "document-without-role";
      readonly path: string;
      readonly doors: readonly string[];
      readonly witness: RoleWitness;
    }
  | {
      readonly id: "instance-policy-on-people";
      readonly path: string;
      readonly holder: InstancePolicyHolder;
      /** Whether the document also allows sessions. */
      readonly sessions: boolean;
      readonly witness: RoleWitness;
    }
  | { readonly id: "no-instance-policy"; readonly path: string }
  | {
      readonly id: "instance-policy-undecided";
      readonly path: string;
      readonly reasons: readonly string[];
    }
  | {
      readonly id: "people-policy-outside";
      readonly path: string;
      /** ARN or name; empty: not known. */
      readonly policy: string;
    }
  | {
      readonly id: "role-trusted-without-mfa";
      readonly role: string;
      /** Who gets in. */
      readonly who: string;
      readonly trustStatement: string;
      /** Whether anybody's account gets in, with MFA or without. */
      readonly strangers: boolean;
      /** Whose sessions never tell of MFA; undefined: a condition on it helps. */
      readonly without: WithoutMfa | undefined;
      /** The session that the role may start. */
      readonly witness: RoleWitness;
    }
  | { readonly id: "role-trusted-with-mfa"; readonly role: string }
  | { readonly id: "role-without-sessions"; readonly role: string }
  | { readonly id: "role-trust-undecided"; readonly role: string; readonly reason: string }
  | { readonly id: "role-sessions-undecided"; readonly role: string; readonly reasons: readonly string[] }
  | { readonly id: "session-role-unknown"; readonly path: string }
  | { readonly id: "exemption-undecided"; readonly finding: Message };

export const ROLES: Renderers<RoleMessage> = {
  "machine-reaches-machines": ({ role, why, doors, witness }) =>
    `whoever is on a machine with the role \`${role}\` gets onto others: ${inWords(witness)}. The role is a machine's: ${because(why)}. Open: ${ways(doors)}. Take ${doors.length === 1 ? "it" : "them"} out of ${statementIn(witness)}, or give the permission to a role that people assume.`,
  "machine-may-reach-machines": ({ role, reason, doors, witness }) =>
    `the role \`${role}\` gets onto machines by ${ways(doors)} (${inWords(witness)}), and whether it is a machine's own role cannot be told: ${reason}.`,
  "machine-access-undecided": ({ role, doors, reasons }) =>
    `whether the role \`${role}\`, which machines have, gets onto other machines by ${ways(doors)} cannot be told: ${reasons.join("; ")}.`,
  "machine-confined": ({ role }) => `the role \`${role}\` gets onto no other machine.`,
  "document-without-role": ({ path, doors, witness }) =>
    `\`${path}\` gives ways onto machines, ${ways(doors)} (${inWords(witness)}), and which role it is given to is not known before the deployment: it may be a machine's.`,
  "instance-policy-on-people": (message) => instancePolicy(message),
  "no-instance-policy": ({ path }) => `\`${path}\` gives nobody but machines what a machine needs.`,
  "instance-policy-undecided": ({ path, reasons }) =>
    `whether \`${path}\` gives people a machine's policy cannot be told: ${reasons.join("; ")}.`,
  "role-trusted-without-mfa": (message) => trustedWithoutMfa(message),
  "role-trusted-with-mfa": ({ role }) =>
    `the role \`${role}\` may start sessions, and its trust policy requires MFA of everybody.`,
  "role-without-sessions": ({ role }) => `the role \`${role}\` starts no session.`,
  "role-trust-undecided": ({ role, reason }) =>
    `the role \`${role}\` may start sessions, and whether it is assumed with MFA only cannot be told: ${reason}.`,
  "role-sessions-undecided": ({ role, reasons }) =>
    `whether the role \`${role}\` may start sessions cannot be told: ${reasons.join("; ")}. Nothing proves that it is assumed with MFA only.`,
  "session-role-unknown": ({ path }) =>
    `\`${path}\` allows sessions, or may, and which role it is given to is not known before the deployment, nor who may assume it.`,
  "exemption-undecided": ({ finding }, render) =>
    `${render(finding)} Whether configuration exempts the principal cannot be told: its name is not known before the deployment.`,
  "people-policy-outside": ({ path, policy }) =>
    policy === ""
      ? `which policy \`${path}\` gives is not known before the deployment, nor whether it is a machine's.`
      : `whether the policy \`${policy}\` is a machine's cannot be told: it is not in this stack. Name it in \`trustedPolicies\` once you have checked it.`,
};

function trustedWithoutMfa({
  role,
  who,
  trustStatement,
  strangers,
  without,
  witness,
}: Extract<RoleMessage, { id: "role-trusted-without-mfa" }>): string {
  const session = `the role \`${role}\` may start sessions (${inWords(witness)})`;
  return strangers
    ? `${session}, and people of an account that nobody vouches for can assume it, such as \`${who}\`: the statement \`${trustStatement}\` of its trust policy lets them in. MFA is no help there: anyone can open an account. Name the accounts or roles that may, or add a condition on \`aws:PrincipalOrgID\`.`
    : `${session}, and can be assumed without MFA: the statement \`${trustStatement}\` of its trust policy lets in ${who}. ${trustFix(without, trustStatement)}`;
}

function trustFix(without: WithoutMfa | undefined, statement: string): string {
  switch (without) {
    case "identity-provider":
      return `AWS tells nothing of an identity provider's MFA: list the provider in \`trustedIdentityProviders\` if it asks for it, or take it out of \`${statement}\`.`;
    case "service":
      return `A service has no MFA to show: take it out of \`${statement}\`, or take what starts sessions from the role; a role that no person can use is listed in \`exemptPrincipals\`.`;
    case undefined:
      return `Add \`"Bool": {"aws:MultiFactorAuthPresent": "true"}\` to the Condition of \`${statement}\`, or take this principal out of it.`;
  }
}

function instancePolicy({
  holder,
  sessions,
  witness,
}: Extract<RoleMessage, { id: "instance-policy-on-people" }>): string {
  const name = holder.name === undefined ? "" : ` \`${holder.name}\``;
  const who = holder.who === undefined ? "" : `, which ${holder.who} can assume,`;
  const instead = sessions
    ? "Take these actions out: to connect, people need none of them."
    : "It grants no `ssm:StartSession`, so that nobody can connect by it.";
  return `the ${holder.kind.replace("-", " ")}${name}${who} holds a machine's policy, \`${witness.document}\`: ${inWords(witness)}. ${instead} What it gives is a machine's identity: whoever holds it can pass for one that Systems Manager manages. ${sessions ? "" : "Detach it; to connect, people need `ssm:StartSession` on tagged instances, with MFA."}`.trimEnd();
}

function because(why: Extract<RoleMessage, { id: "machine-reaches-machines" }>["why"]): string {
  return why.by === "resource" ? `\`${why.name}\` gives it to them` : `\`${why.service}\` may assume it`;
}

function ways(doors: readonly string[]): string {
  return list(doors.map((door) => `\`${door}\``));
}

function inWords(witness: RoleWitness): string {
  return `\`${witness.action}\` on \`${witness.resource}\` is allowed by ${statementIn(witness)}`;
}

function statementIn({ statement, document }: RoleWitness): string {
  return `the statement \`${statement}\` of \`${document}\``;
}
