import type { Input } from "@pulumi/pulumi";
import { matching, oneOf, wholeNumber } from "../core/checks.ts";
import { type CommonPlan, type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { nameOf, physicalName } from "../core/names.ts";
import type { Check, Fault, Problems } from "../core/problems.ts";
import type { AccessProfile, AccessRoleArgs, InstanceTags, SessionAccessArgs } from "./args.ts";

const AWS_DOCUMENTS = [
  "AWS-StartInteractiveCommand",
  "AWS-StartNonInteractiveCommand",
  "AWS-StartPortForwardingSession",
  "AWS-StartPortForwardingSessionToRemoteHost",
  "AWS-StartSSHSession",
] as const;

const PRINCIPAL = /^(?:arn:aws(?:-[a-z]+)*:iam::\d{12}:(?:root|(?:user|role)\/[\w+=,.@/-]+)|\d{12})$/;
const POLICY_ARN = /^arn:aws(?:-[a-z]+)*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/;
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d$/;
const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

export interface AccessRolePlan {
  readonly roleName: string;
  readonly trustedPrincipals: readonly Input<string>[];
  readonly maxSessionMinutes: number;
  readonly permissionsBoundaryArn: Input<string> | undefined;
}

export interface SessionAccessPlan extends CommonPlan {
  readonly profile: AccessProfile;
  readonly documentNames: readonly Input<string>[];
  readonly awsDocuments: readonly string[];
  readonly instanceTags: Input<InstanceTags>;
  readonly managedNodes: boolean;
  readonly ownDataChannels: boolean;
  readonly mfa: boolean;
  /** Undefined: the provider's Region. */
  readonly regions: readonly string[] | undefined;
  readonly denyGenericDocuments: boolean;
  readonly policyName: string;
  readonly keyPolicyName: string;
  /** `managed`; or, where the policies ask for no MFA, only `inline` in the role whose trust does. */
  readonly policies: "inline" | "managed" | "none";
  readonly groups: readonly Input<string>[];
  readonly role: AccessRolePlan | undefined;
}

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planSessionAccess(
  name: string,
  args: SessionAccessArgs,
  deployment: Deployment,
): SessionAccessPlan {
  const problems = problemsOf("SessionAccess", name);
  const common = planCommon(problems, args, deployment);
  problems.check("profile", args.profile, oneOf(["auditor", "operator", "tunnel"] as const));
  problems.check("mfa", args.mfa, oneOf(["federated", "required"] as const));
  const createPolicies = args.createPolicies ?? true;
  const groups = planGroups(problems, args, createPolicies);
  const hasRole = args.role !== undefined;
  if (args.mfa === "federated" && !hasRole && createPolicies) {
    problems.add("mfa", args.mfa, {
      expected: "`required`, or a `role` whose trust asks for MFA, or `createPolicies: false`",
      remedy: "choose one: a policy without MFA must not be there for anybody to attach",
    });
  }
  const plan: SessionAccessPlan = {
    ...common,
    profile: args.profile,
    documentNames: planDocuments(problems, args),
    awsDocuments: planAwsDocuments(problems, args),
    instanceTags: planInstanceTags(problems, args),
    managedNodes: args.managedNodes ?? false,
    ownDataChannels: args.ownDataChannels ?? true,
    mfa: (args.mfa ?? "required") === "required",
    regions: planRegions(problems, args.regions),
    denyGenericDocuments: args.denyGenericDocuments ?? args.profile !== "auditor",
    policyName: physicalName(problems, "iamPolicy", common.namePrefix, name, "name"),
    keyPolicyName: physicalName(problems, "iamPolicy", common.namePrefix, `${name}-key`, "name"),
    policies: createPolicies ? (args.mfa === "federated" ? "inline" : "managed") : "none",
    groups,
    role: args.role && planRole(problems, args.role, common.namePrefix, name, createPolicies),
  };
  problems.throwIfAny();
  return plan;
}

function planDocuments(problems: Problems, args: SessionAccessArgs): readonly Input<string>[] {
  const documents = args.documents ?? [];
  if (args.profile !== "auditor" && documents.length === 0) {
    problems.add("documents", undefined, {
      expected: "at least one session document to pin people to",
      remedy: "pass SessionDocument components",
    });
  }
  return documents.map((document, index) => {
    const path = `documents[${index}]`;
    if (args.profile === "tunnel" && document.sessionType !== "Port") {
      problems.add(`${path}.sessionType`, document.sessionType, {
        expected: "`Port`, the only type that `tunnel` admits",
        remedy: "leave the document out, or choose the profile `operator`",
      });
    }
    return problems.input(`${path}.documentName`, document.documentName, documentName);
  });
}

const documentName: Check<string> = (value) =>
  value.startsWith("AWS-")
    ? { expected: "a document of this account", remedy: "name AWS's own in `awsDocuments`" }
    : matching(/^[\w.-]{3,128}$/, "3 to 128 letters, digits and `_.-`, no ARN and no wildcard")(value);

function planAwsDocuments(problems: Problems, args: SessionAccessArgs): readonly string[] {
  const documents = args.awsDocuments ?? [];
  for (const [index, document] of documents.entries()) {
    problems.check(`awsDocuments[${index}]`, document, oneOf(AWS_DOCUMENTS));
  }
  if (args.profile === "tunnel" && documents.length > 0) {
    problems.add("awsDocuments", documents, {
      expected: "none for `tunnel`: each leads to any port",
      remedy: "make Port documents of your own with a fixed port",
    });
  }
  return documents;
}

function planInstanceTags(problems: Problems, args: SessionAccessArgs): Input<InstanceTags> {
  if (args.profile === "auditor") {
    for (const argument of ["instanceTags", "managedNodes", "ownDataChannels"] as const) {
      if (args[argument] !== undefined) {
        problems.add(argument, args[argument], {
          expected: "nothing for `auditor`, who starts no session",
          remedy: "leave it out",
        });
      }
    }
    return {};
  }
  if (args.instanceTags === undefined) {
    problems.add("instanceTags", undefined, NO_TAGS);
    return {};
  }
  return problems.input("instanceTags", args.instanceTags, instanceTags);
}

const NO_TAGS: Fault = {
  expected: "at least one tag that instances must carry",
  remedy: 'name a tag of this environment\'s instances, as `{ Environment: "prod" }`',
};

const instanceTags: Check<InstanceTags> = (tags) => {
  const entries = Object.entries(tags);
  const wrongKey = entries.find(([key]) => !TAG_KEY.test(key));
  if (wrongKey !== undefined) {
    return {
      expected: `a tag key of 1 to 128 letters, digits, spaces and \`_.:/=+-@\`, and not \`${wrongKey[0]}\``,
      remedy: "name a tag that instances can carry",
    };
  }
  for (const [key, given] of entries) {
    const values = typeof given === "string" ? [given] : given;
    if (values.length === 0 || !values.every((value) => TAG_VALUE.test(value))) {
      return {
        expected: `at least one value of \`${key}\`: up to 256 letters, digits, spaces and \`_.:/=+-@\`, no wildcard`,
        remedy: "name the values that instances carry",
      };
    }
  }
  return entries.length === 0 ? NO_TAGS : undefined;
};

function planRegions(
  problems: Problems,
  regions: readonly string[] | undefined,
): readonly string[] | undefined {
  for (const [index, region] of (regions ?? []).entries()) {
    problems.check(`regions[${index}]`, region, matching(REGION, "a Region, as `eu-west-1`"));
  }
  if (regions?.length === 0) {
    problems.add("regions", [], {
      expected: "at least one Region",
      remedy: "name one, or leave `regions` out",
    });
  }
  return regions;
}

function planGroups(
  problems: Problems,
  args: SessionAccessArgs,
  createPolicies: boolean,
): readonly Input<string>[] {
  const groups = args.groups ?? [];
  if (groups.length > 0 && args.mfa === "federated") {
    problems.add("groups", groups, {
      expected: 'none with `mfa: "federated"`: a group\'s users have no identity provider that asks for MFA',
      remedy: "leave `mfa` out, or the groups",
    });
  }
  if (groups.length > 0 && !createPolicies) {
    problems.add("createPolicies", false, {
      expected: "true with `groups`, which policies are attached to",
      remedy: "leave one of the two out",
    });
  }
  return groups.map((group, index) =>
    problems.input(
      `groups[${index}]`,
      group,
      matching(/^[\w+=,.@-]{1,128}$/, "the name of an IAM group, no ARN", "give the name alone"),
    ),
  );
}

function planRole(
  problems: Problems,
  role: AccessRoleArgs,
  prefix: string,
  name: string,
  createPolicies: boolean,
): AccessRolePlan {
  problems.check("role.roleName", role.roleName, nameOf("iamRole"));
  const roleName = role.roleName ?? physicalName(problems, "iamRole", prefix, name, "name");
  problems.check("role.maxSessionMinutes", role.maxSessionMinutes, wholeNumber(60, 720, "minutes"));
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
    permissionsBoundaryArn:
      role.permissionsBoundaryArn &&
      problems.input(
        "role.permissionsBoundaryArn",
        role.permissionsBoundaryArn,
        matching(POLICY_ARN, "the ARN of a managed policy"),
      ),
  };
}
