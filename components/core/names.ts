import type { Check, Fault, Problems } from "./problems.ts";

/**
 * Physical names are fixed and derivable, so that policy documents can be written, and decided, before anything exists.
 *
 * One prefix serves every service: lower-case letters, digits and single hyphens, a letter first. That is what the
 * strictest of them, S3, accepts. Its length leaves room for the longest name made from it,
 * `<prefix>-logs-<account>-<region>` in 63 characters.
 */
export const NAME_PREFIX_LENGTH = 30;

const PREFIX = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Names that AWS keeps for itself: document names may not start with the first three, bucket names with the others. */
const RESERVED = ["aws", "amazon", "amzn", "xn-", "sthree-"];

/** `<project>-<stack>` in the characters of a name prefix. */
export function defaultNamePrefix(project: string, stack: string): string {
  return `${project}-${stack}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}

export const namePrefix: Check<string> = (value) => {
  const reserved = RESERVED.find((start) => value.startsWith(start));
  if (reserved !== undefined) {
    return {
      expected: `a prefix that does not start with \`${reserved}\`, which AWS reserves`,
      remedy: "give another `namePrefix`",
    };
  }
  return PREFIX.test(value) && value.length <= NAME_PREFIX_LENGTH
    ? undefined
    : {
        expected: `1 to ${NAME_PREFIX_LENGTH} lower-case letters, digits and single hyphens, a letter first`,
        remedy: "give a shorter or simpler `namePrefix`",
      };
};

interface NameRule {
  readonly maximum: number;
  readonly minimum: number;
  readonly charset: RegExp;
  readonly characters: string;
}

/**
 * What AWS accepts as a name. Sources: the API reference of each service (IAM CreateRole, CreatePolicy; S3 bucket naming
 * rules; CloudWatch Logs CreateLogGroup; KMS CreateAlias; Systems Manager CreateDocument; EC2 CreateSecurityGroup; EventBridge
 * PutRule; IAM Identity Center CreatePermissionSet).
 */
const NAME_RULES = {
  iamRole: rule(1, 64, /^[\w+=,.@-]+$/, "letters, digits and `_+=,.@-`"),
  iamPolicy: rule(1, 128, /^[\w+=,.@-]+$/, "letters, digits and `_+=,.@-`"),
  instanceProfile: rule(1, 128, /^[\w+=,.@-]+$/, "letters, digits and `_+=,.@-`"),
  // Dots are valid in S3 but break TLS on virtual-hosted addresses, and Session Manager's guide warns against them.
  bucket: rule(
    3,
    63,
    /^[a-z0-9][a-z0-9-]*[a-z0-9]$/,
    "lower-case letters, digits and hyphens, no hyphen at either end",
  ),
  logGroup: rule(1, 512, /^[\w./#-]+$/, "letters, digits and `_-/.#`"),
  kmsAlias: rule(7, 256, /^alias\/[\w/-]+$/, "`alias/`, then letters, digits and `_-/`"),
  document: rule(3, 128, /^[\w.-]+$/, "letters, digits and `_.-`"),
  eventRule: rule(1, 64, /^[\w.-]+$/, "letters, digits and `_.-`"),
  permissionSet: rule(1, 32, /^[\w+=,.@-]+$/, "letters, digits and `_+=,.@-`"),
  securityGroup: rule(
    1,
    255,
    /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/,
    "letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*`, not starting with `sg-`",
  ),
} as const;

export type NameKind = keyof typeof NAME_RULES;

function rule(minimum: number, maximum: number, charset: RegExp, characters: string): NameRule {
  return { minimum, maximum, charset, characters };
}

/** What AWS has against a name, if anything. */
export function nameFault(kind: NameKind, name: string): Fault | undefined {
  const { minimum, maximum, charset, characters } = NAME_RULES[kind];
  if (kind === "document" && /^(?:aws|amazon|amzn)/i.test(name)) {
    return {
      expected: "a document name that does not start with `aws`, `amazon` or `amzn`, which AWS reserves",
      remedy: "give another name",
    };
  }
  return name.length >= minimum && name.length <= maximum && charset.test(name)
    ? undefined
    : {
        expected: `${minimum} to ${maximum} characters: ${characters}`,
        remedy: "give a shorter or simpler name",
      };
}

export function nameOf(kind: NameKind): Check<string> {
  return (name) => nameFault(kind, name);
}

/**
 * `<prefix>-<suffix>`, checked against the rules of its kind.
 *
 * @param path the argument that the suffix comes from, or `namePrefix` where the suffix is fixed.
 */
export function physicalName(
  problems: Problems,
  kind: NameKind,
  prefix: string,
  suffix: string,
  path = "namePrefix",
): string {
  const name = `${prefix}-${suffix}`;
  // A prefix that is wrong is reported already, and not again in every name that starts with it.
  if (namePrefix(prefix) === undefined) {
    problems.check(path, name, nameOf(kind));
  }
  return name;
}
