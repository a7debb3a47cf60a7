import type { AccessMessage, GrantMessage, AccessRequirement, WitnessContext } from "./access-message.ts";
import type { Renderers } from "./message.ts";
import { list } from "./words.ts";

export const ACCESS: Renderers<AccessMessage> = {
  "session-allowed": (message) => `${witness(message)} ${closing(message)}`,
  "session-through-role": (message, render) =>
    `${render(message.session)} The role \`${message.role}\` does not require MFA either: ${message.who} can assume it through the statement \`${message.trustStatement}\` of its trust policy.`,
  "session-together": (message, render) =>
    `the ${message.kind.replace("-", " ")} \`${message.name}\` holds ${list(message.documents.map(code))}${message.documents.length > 1 ? ", which count together" : ""}: ${render(message.session)}`,
  "session-excluded": (message) => `\`${message.path}\` allows no ${WHAT[message.requirement]}.`,
  "session-undecided": (message) =>
    `whether \`${message.path}\` allows a ${WHAT[message.requirement]} cannot be told: ${message.reasons.join("; ")}.`,
  "document-invalid": (message) =>
    `\`${message.path}\` is not a policy document that can be read: at \`${message.at}\`, ${message.problem}.`,
  "identity-center-mfa": (message) =>
    `\`${message.path}\` is a permission set's, and configuration says that IAM Identity Center asks for MFA.`,
  "policy-outside": (message) =>
    message.policy === ""
      ? `which policy \`${message.path}\` attaches is not known before the deployment, nor whether it allows a ${WHAT[message.requirement]}.`
      : `whether the policy \`${message.policy}\` allows a ${WHAT[message.requirement]} cannot be told: it is not in this stack. Name it in \`trustedPolicies\` once you have checked it.`,
  "principal-exempt": (message) => `\`${message.path}\` belongs to a principal that configuration exempts.`,
  "session-document-outside": (message) =>
    `whether sessions with \`${message.document}\` are logged cannot be told: the document is not in this stack, or not known, and the statement \`${message.statement}\` of \`${message.path}\` allows it. Name it in \`allowedDocuments\` once you have checked it.`,
  "trust-requires-mfa": (message) =>
    `\`${message.path}\` reaches sessions of the role \`${message.role}\` alone, whose trust policy requires MFA.`,
  "trust-undecided": (message) =>
    `\`${message.path}\` allows a ${WHAT[message.requirement]}, and whether the trust policy of \`${message.role}\` requires MFA cannot be told: ${message.reason}.`,
};

/** What a document must not allow: after "a" and "no". */
const WHAT: { readonly [requirement in AccessRequirement]: string } = {
  "door-mfa": "way onto machines past sessions without MFA",
  "door-tags": "way onto machines past sessions without the tags required",
  "logged-session": "session that is never logged",
  mfa: "session without MFA",
  "own-session": "way to end or resume other people's sessions",
  "pinned-document": "session with a document that is not pinned",
  tags: "session without the tags required",
};

function witness(message: GrantMessage): string {
  const { action, resource, statement, path, scenario, also } = message;
  const others = also.length === 0 ? "" : ` So ${also.length === 1 ? "is" : "are"} ${list(also.map(code))}.`;
  return `${circumstances(message)}\`${action}\` on \`${resource}\`${tagged(message)} is allowed by the statement \`${statement}\` of \`${path}\` (${scenario}).${others}`;
}

/** The machine's tags, where what is missing is something else. */
function tagged({ requirement, context }: GrantMessage): string {
  const tags = requirement === "mfa" || requirement === "door-mfa" ? machineTags(context) : [];
  return tags.length === 0 ? "" : `, tagged ${list(tags.map(code))},`;
}

/** Under which circumstances the witness's request is made. */
function circumstances(message: GrantMessage): string {
  switch (message.requirement) {
    case "door-mfa":
    case "mfa":
      return `with ${credentials(message)}, `;
    case "door-tags":
    case "tags":
      return `${machine(message.context)}, `;
    case "logged-session":
      return "with a document whose sessions are never logged, ";
    case "own-session":
      return "for a session that somebody else started, ";
    case "pinned-document":
      return message.scenario === "no document is named"
        ? "without naming a document, "
        : "with another document, ";
  }
}

function code(text: string): string {
  return `\`${text}\``;
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

const MACHINE_TAG = /^(?:aws|ec2|ssm):resourceTag\//i;

function machine(context: WitnessContext): string {
  const tags = machineTags(context);
  return tags.length === 0 ? "for a machine without tags" : `for a machine tagged ${list(tags.map(code))}`;
}

/** `Environment=prod`: each tag once, whichever of its names the request has it under. */
function machineTags(context: WitnessContext): readonly string[] {
  const tags = Object.entries(context).filter(([key]) => MACHINE_TAG.test(key));
  return [...new Set(tags.map(([key, value]) => `${key.replace(MACHINE_TAG, "")}=${String(value)}`))];
}

function closing({ fix, requirement, action }: GrantMessage): string {
  if (fix.kind === "other-policy") {
    return `\`${fix.policy}\` is AWS's own: attach a policy that says less, or exempt its holder in \`exemptPrincipals\`.`;
  }
  const statement = `\`${fix.statement}\``;
  switch (fix.kind) {
    case "require-mfa":
      return `Add \`"Bool": {"aws:MultiFactorAuthPresent": "true"}\` to the Condition of ${statement}.`;
    case "without-mfa":
      return fix.of === "service"
        ? `A service has no MFA to show: take \`${action}\` out of ${statement}, or list the role in \`exemptPrincipals\`.`
        : `AWS tells nothing of an identity provider's MFA: list the provider in \`trustedIdentityProviders\` if it asks for it, or take \`${action}\` out of ${statement}.`;
    case "strict-allow":
      return `Write \`Bool\` instead of \`${fix.operator}\` in ${statement}: the key is absent, not false, for long-term access keys.`;
    case "wider-deny":
      return `Write \`BoolIfExists\` instead of \`${fix.operator}\` in the Deny ${statement}: the key is absent, not false, for long-term access keys.`;
    case "check-document":
      return `Add \`"BoolIfExists": {"ssm:SessionDocumentAccessCheck": "true"}\` to the Condition of ${statement}, as of every other that allows \`ssm:StartSession\`.`;
    case "name-documents":
      return `Name the documents in the Resource of ${statement}, or allow this one in \`${fix.option}\`.`;
    case "own-sessions":
      return `Add \`"StringEquals": {"ssm:resourceTag/aws:ssmmessages:session-id": "\${aws:userid}"}\` to the Condition of ${statement}, or give \`ssm:ResumeSession\` and \`ssm:TerminateSession\` a statement of their own that has it.`;
    case "close-door":
      return `No condition limits \`${fix.door}\` to machines with a tag: take it out of ${statement}, or list it in \`allow\`.`;
    case "require-tag": {
      const [key, value] =
        fix.tag === undefined ? ["…", "…"] : [fix.tag.key, fix.tag.values.join('", "') || "*"];
      // Only sessions and commands know `ssm:resourceTag`; every door knows the other.
      const name = requirement === "door-tags" ? "aws:ResourceTag" : "ssm:resourceTag";
      return `Add \`"StringEquals": {"${name}/${key}": "${value}"}\` to the Condition of ${statement}.`;
    }
  }
}
