import type { AccessMessage, GrantMessage, SessionRequirement, WitnessContext } from "./access-message.ts";
import type { Renderers } from "./message.ts";
import { list } from "./words.ts";

export const ACCESS: Renderers<AccessMessage> = {
  "session-allowed": (message) => `${witness(message)} ${closing(message)}`,
  "session-through-role": (message, render) =>
    `${render(message.session)} The role \`${message.role}\` does not require MFA either: ${message.who} can assume it through the statement \`${message.trustStatement}\` of its trust policy.`,
  "session-together": (message, render) =>
    `the ${message.kind.replace("-", " ")} \`${message.name}\` holds ${list(message.documents.map((name) => `\`${name}\``))}, which together say more than each: ${render(message.session)}`,
  "session-excluded": (message) =>
    `\`${message.path}\` allows no session without ${LACKING[message.requirement]}.`,
  "session-undecided": (message) =>
    `whether \`${message.path}\` allows a session without ${LACKING[message.requirement]} cannot be told: ${message.reasons.join("; ")}.`,
  "document-invalid": (message) =>
    `\`${message.path}\` is not a policy document that can be read: at \`${message.at}\`, ${message.problem}.`,
  "identity-center-mfa": (message) =>
    `\`${message.path}\` is a permission set's, and configuration says that IAM Identity Center asks for MFA.`,
  "policy-outside": (message) =>
    message.policy === ""
      ? `which policy \`${message.path}\` attaches is not known before the deployment, nor whether it allows a session without ${LACKING[message.requirement]}.`
      : `whether the policy \`${message.policy}\` allows a session without ${LACKING[message.requirement]} cannot be told: it is not in this stack. Name it in \`trustedPolicies\` once you have checked it.`,
  "principal-exempt": (message) => `\`${message.path}\` belongs to a principal that configuration exempts.`,
  "trust-requires-mfa": (message) =>
    `\`${message.path}\` reaches sessions of the role \`${message.role}\` alone, whose trust policy requires MFA.`,
  "trust-undecided": (message) =>
    `\`${message.path}\` allows sessions without MFA, and whether the trust policy of \`${message.role}\` requires MFA cannot be told: ${message.reason}.`,
};

const LACKING: { readonly [requirement in SessionRequirement]: string } = {
  mfa: "MFA",
  tags: "the tags required",
};

function witness(message: GrantMessage): string {
  const who = message.requirement === "mfa" ? `with ${credentials(message)}` : machine(message.context);
  return `${who}, \`${message.action}\` on \`${message.resource}\` is allowed by the statement \`${message.statement}\` of \`${message.path}\` (${message.scenario}).`;
}

function valueOf(context: WitnessContext, key: string): string | undefined {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : String(found[1]);
}

function credentials({ context, holder }: GrantMessage): string {
  const present = valueOf(context, "aws:MultiFactorAuthPresent");
  if (holder === "role") {
    return "a session of the role, without MFA";
  }
  if (present !== undefined) {
    return `temporary credentials without MFA (\`aws:MultiFactorAuthPresent\` is ${present})`;
  }
  return holder === "permission-set"
    ? "a session of the permission set, which carries no `aws:MultiFactorAuthPresent`"
    : "a long-term access key, which carries no `aws:MultiFactorAuthPresent` at all";
}

const MACHINE_TAG = /^(?:aws|ssm):resourceTag\//i;

function machine(context: WitnessContext): string {
  const tags = Object.entries(context).filter(([key]) => MACHINE_TAG.test(key));
  const shown = new Map(
    tags.map(([key, value]) => [
      key.replace(MACHINE_TAG, ""),
      `${key.replace(MACHINE_TAG, "")}=${String(value)}`,
    ]),
  );
  return shown.size === 0
    ? "for a machine without tags"
    : `for a machine tagged ${list([...shown.values()].map((tag) => `\`${tag}\``))}`;
}

function closing({ fix }: GrantMessage): string {
  const statement = `\`${fix.statement}\``;
  switch (fix.kind) {
    case "require-mfa":
      return `Add \`"Bool": {"aws:MultiFactorAuthPresent": "true"}\` to the Condition of ${statement}.`;
    case "strict-allow":
      return `Write \`Bool\` instead of \`${fix.operator}\` in ${statement}: the key is absent, not false, for long-term access keys.`;
    case "wider-deny":
      return `Write \`BoolIfExists\` instead of \`${fix.operator}\` in the Deny ${statement}: the key is absent, not false, for long-term access keys.`;
    case "require-tag": {
      const [key, value] =
        fix.tag === undefined ? ["…", "…"] : [fix.tag.key, fix.tag.values.join('", "') || "*"];
      return `Add \`"StringEquals": {"ssm:resourceTag/${key}": "${value}"}\` to the Condition of ${statement}.`;
    }
  }
}
