import type { Input } from "@pulumi/pulumi";
import { matching, oneOf, regionName } from "../core/checks.ts";
import { type CommonPlan, type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { physicalName } from "../core/names.ts";
import type { Check, Problems } from "../core/problems.ts";
import { shaped } from "../core/shaped.ts";
import type { AccessProfile, AccessWindow, SessionAccessArgs } from "./args.ts";
import { type AccessAlarmPlan, planAlarm } from "./alarm-plan.ts";
import { type AccessDocuments, planDocuments } from "./documents-plan.ts";
import { type AccessMachines, planMachines } from "./machines-plan.ts";
import { type AccessRolePlan, planRole } from "./role-plan.ts";
import { planWindow } from "./window-plan.ts";

const PROFILES = ["auditor", "break-glass", "command", "on-call", "operator", "tunnel"] as const;

export interface SessionAccessPlan extends CommonPlan, AccessDocuments, AccessMachines {
  readonly profile: AccessProfile;
  readonly mfa: boolean;
  readonly window: AccessWindow | undefined;
  /** Undefined: the provider's Region. */
  readonly regions: readonly string[] | undefined;
  readonly denyGenericDocuments: boolean;
  readonly denyOtherRegions: boolean;
  readonly policyName: string;
  readonly keyPolicyName: string;
  /** `managed`; or, where the policies ask for no MFA, or their use is told of, only `inline` in the role that is for it. */
  readonly policies: "inline" | "managed" | "none";
  readonly groups: readonly Input<string>[];
  readonly users: readonly Input<string>[];
  readonly role: AccessRolePlan | undefined;
  readonly alarm: AccessAlarmPlan | undefined;
}

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planSessionAccess(
  name: string,
  unchecked: SessionAccessArgs,
  deployment: Deployment,
): SessionAccessPlan {
  const problems = problemsOf("SessionAccess", name);
  const args = shaped(problems, "SessionAccessArgs", unchecked);
  const common = planCommon(problems, args, deployment);
  const { namePrefix: prefix } = common;
  problems.check("profile", args.profile, oneOf(PROFILES));
  problems.check("mfa", args.mfa, oneOf(["federated", "required"] as const));
  const createPolicies = args.createPolicies ?? true;
  const breakGlass = args.profile === "break-glass";
  const groups = planHolders(problems, args, "groups", groupName);
  const users = planHolders(problems, args, "users", userName);
  const alarm = planAlarm(problems, name, args, prefix);
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
    ...planDocuments(problems, args),
    ...planMachines(problems, args),
    mfa: (args.mfa ?? "required") === "required",
    window: planWindow(problems, args),
    regions: planRegions(problems, args.regions),
    denyGenericDocuments: args.denyGenericDocuments ?? args.profile !== "auditor",
    denyOtherRegions: args.denyOtherRegions ?? false,
    policyName: physicalName(problems, "iamPolicy", prefix, name, "name"),
    keyPolicyName: physicalName(problems, "iamPolicy", prefix, `${name}-key`, "name"),
    policies: createPolicies ? (args.mfa === "federated" || breakGlass ? "inline" : "managed") : "none",
    groups,
    users,
    role:
      args.role &&
      planRole(problems, args.role, {
        prefix,
        name,
        createPolicies,
        breakGlass,
        tagKeys: Object.keys(common.tags),
      }),
    alarm,
  };
  problems.throwIfAny();
  return plan;
}

function planRegions(
  problems: Problems,
  regions: readonly string[] | undefined,
): readonly string[] | undefined {
  for (const [index, region] of (regions ?? []).entries()) {
    problems.check(`regions[${index}]`, region, regionName);
  }
  if (regions?.length === 0) {
    problems.add("regions", [], {
      expected: "at least one Region",
      remedy: "name one, or leave `regions` out",
    });
  }
  return regions;
}

const groupName = matching(/^[\w+=,.@-]{1,128}$/, "the name of an IAM group, no ARN", "give the name alone");
const userName = matching(/^[\w+=,.@-]{1,64}$/, "the name of an IAM user, no ARN", "give the name alone");

function planHolders(
  problems: Problems,
  args: SessionAccessArgs,
  kind: "groups" | "users",
  check: Check<string>,
): readonly Input<string>[] {
  const holders = args[kind] ?? [];
  if (holders.length > 0 && args.mfa === "federated") {
    problems.add(kind, holders, {
      expected: 'none with `mfa: "federated"`: users have no identity provider that asks for MFA',
      remedy: `leave \`mfa\` out, or the ${kind}`,
    });
  }
  if (holders.length > 0 && args.createPolicies === false) {
    problems.add("createPolicies", false, {
      expected: `true with \`${kind}\`, which policies are attached to`,
      remedy: "leave one of the two out",
    });
  }
  return holders.map((holder, index) => {
    const path = `${kind}[${index}]`;
    if (holders.indexOf(holder) < index) {
      problems.add(path, holder, { expected: "everybody once", remedy: "leave the second one out" });
    }
    return problems.input(path, holder, check);
  });
}
