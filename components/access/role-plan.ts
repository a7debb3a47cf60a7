import type { Input } from "@pulumi/pulumi";
import { matching, wholeNumber } from "../core/checks.ts";
import { nameOf, physicalName } from "../core/names.ts";
import type { Check, Problems } from "../core/problems.ts";
import type { AccessRoleArgs } from "./args.ts";
import { TAG_KEY, TAG_VALUE } from "./tag-text.ts";

const PRINCIPAL = /^(?:arn:aws(?:-[a-z]+)*:iam::\d{12}:(?:root|(?:user|role)\/[\w+=,.@/-]+)|\d{12})$/;
const POLICY_ARN = /^arn:aws(?:-[a-z]+)*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/;
const OS_USER = /^[A-Za-z_][\w-]{0,31}$/;

/** Where Session Manager looks for the user that a session runs as. Source: User Guide, "Turn on Run As support". */
const RUN_AS_TAG = "SSMSessionRunAs";

/** Beside these, a role carries at most 50 tags: the component's own are among them. */
const PRINCIPAL_TAGS = 10;

export interface AccessRolePlan {
  readonly roleName: string;
  readonly trustedPrincipals: readonly Input<string>[];
  readonly maxSessionMinutes: number;
  /** Tags of the role beside the component's own. */
  readonly tags: Readonly<Record<string, string>>;
  readonly permissionsBoundaryArn: Input<string> | undefined;
}

interface RoleContext {
  readonly prefix: string;
  /** Of the component. */
  readonly name: string;
  readonly createPolicies: boolean;
  readonly breakGlass: boolean;
  /** Of the component's own tags. */
  readonly tagKeys: readonly string[];
}

const osUser: Check<string> = (value) =>
  OS_USER.test(value) && value !== "root"
    ? undefined
    : {
        expected:
          "the name of a user on the machine, not `root`: up to 32 letters, digits and `_-`, no digit first",
        remedy: "name a user that exists there",
      };

function planRoleTags(
  problems: Problems,
  tags: Readonly<Record<string, string>>,
  tagKeys: readonly string[],
): Readonly<Record<string, string>> {
  const entries = Object.entries(tags);
  if (entries.length > PRINCIPAL_TAGS) {
    problems.add("role.principalTags", `${entries.length} tags`, {
      expected: `at most ${PRINCIPAL_TAGS} tags`,
      remedy: "name those alone that `matchPrincipalTags` compares",
    });
  }
  for (const [key, value] of entries) {
    const path = `role.principalTags[${JSON.stringify(key)}]`;
    problems.check(
      path,
      key,
      matching(
        TAG_KEY,
        "a tag key of 1 to 128 letters, digits, spaces and `_.:/=+-@`, not starting with `aws:`",
      ),
    );
    problems.check(
      path,
      value,
      matching(TAG_VALUE, "a tag value of up to 256 letters, digits, spaces and `_.:/=+-@`"),
    );
    const others = [...tagKeys, ...Object.keys(tags)].filter((other) => other !== key);
    const same = others.find((other) => other.toLowerCase() === key.toLowerCase());
    if (same !== undefined) {
      problems.add(path, key, {
        expected: `one spelling of a tag key, and \`${same}\` is there already`,
        remedy: "use one of the two: IAM tells tag keys apart without regard to case",
      });
    }
    if (key.toLowerCase() === RUN_AS_TAG.toLowerCase()) {
      problems.add(path, value, {
        expected: `no \`${RUN_AS_TAG}\` among them`,
        remedy: "give the user as `role.runAsUser`",
      });
    }
  }
  return tags;
}

export function planRole(
  problems: Problems,
  role: AccessRoleArgs,
  { prefix, name, createPolicies, breakGlass, tagKeys }: RoleContext,
): AccessRolePlan {
  problems.check("role.roleName", role.roleName, nameOf("iamRole"));
  const roleName = role.roleName ?? physicalName(problems, "iamRole", prefix, name, "name");
  problems.check(
    "role.maxSessionMinutes",
    role.maxSessionMinutes,
    wholeNumber(60, breakGlass ? 60 : 720, "minutes"),
  );
  problems.check("role.runAsUser", role.runAsUser, osUser);
  if (role.trustedPrincipals.length === 0) {
    problems.add("role.trustedPrincipals", [], {
      expected: "at least one ARN of a user, a role or an account",
      remedy: "name who may assume the role",
    });
  }
  if (!createPolicies) {
    problems.add("createPolicies", false, {
      expected: "true with `role`, which policies are attached to",
      remedy: "leave one of the two out",
    });
  }
  return {
    roleName,
    trustedPrincipals: role.trustedPrincipals.map((principal, index) =>
      problems.input(
        `role.trustedPrincipals[${index}]`,
        principal,
        matching(
          PRINCIPAL,
          "the ARN of an IAM user, a role or an account's root, or an account id; no wildcard",
        ),
      ),
    ),
    maxSessionMinutes: role.maxSessionMinutes ?? 60,
    tags: {
      ...planRoleTags(problems, role.principalTags ?? {}, tagKeys),
      ...(role.runAsUser !== undefined && { [RUN_AS_TAG]: role.runAsUser }),
    },
    permissionsBoundaryArn:
      role.permissionsBoundaryArn === undefined
        ? undefined
        : problems.input(
            "role.permissionsBoundaryArn",
            role.permissionsBoundaryArn,
            matching(POLICY_ARN, "the ARN of a managed policy"),
          ),
  };
}
