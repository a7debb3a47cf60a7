import type { Input } from "@pulumi/pulumi";
import { accountId, every, matching, text, wholeNumber } from "../core/checks.ts";
import { type CommonPlan, type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { nameOf, physicalName } from "../core/names.ts";
import type { Check, Problems } from "../core/problems.ts";
import { shaped } from "../core/shaped.ts";
import type { AssignmentArgs, ManagedPolicyReference, SessionPermissionSetArgs } from "./args.ts";
import { isoDuration } from "./duration.ts";

const INSTANCE_ARN = /^arn:aws(?:-[a-z]{1,5}){0,3}:sso:::instance\/(?:sso)?ins-[a-zA-Z0-9-.]{16}$/;
const PRINCIPAL_ID =
  /^(?:[0-9a-f]{10}-)?[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/;
const POLICY_PATH = /^\/(?:[\u0021-\u007e]{1,510}\/)?$/;
const LATIN = /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/;

/** AWS's default quota of customer managed policies in a permission set. */
const MANAGED_POLICIES = 10;

export interface AssignmentPlan {
  readonly accountId: Input<string>;
  readonly principalId: Input<string>;
  readonly principalType: "GROUP" | "USER";
  /** What its child's name ends with: whom and where, or its place in the list where they are not known yet. */
  readonly suffix: string;
}

export interface SessionPermissionSetPlan extends CommonPlan {
  readonly instanceArn: Input<string>;
  readonly permissionSetName: string;
  readonly description: string;
  /** In ISO 8601. */
  readonly sessionDuration: string;
  readonly keyPolicyName: string;
  readonly managedPolicies: readonly Required<ManagedPolicyReference>[];
  readonly assignments: readonly AssignmentPlan[];
}

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planSessionPermissionSet(
  name: string,
  unchecked: SessionPermissionSetArgs,
  deployment: Deployment,
): SessionPermissionSetPlan {
  const problems = problemsOf("SessionPermissionSet", name);
  const args = shaped(problems, "SessionPermissionSetArgs", unchecked);
  const common = planCommon(problems, args, deployment);
  const { namePrefix: prefix } = common;
  problems.check("permissionSetName", args.permissionSetName, nameOf("permissionSet"));
  problems.check(
    "description",
    args.description,
    every(text(700), matching(LATIN, "letters and signs of Latin-1")),
  );
  problems.check("sessionMinutes", args.sessionMinutes, wholeNumber(60, 720, "minutes"));
  const plan: SessionPermissionSetPlan = {
    ...common,
    instanceArn: problems.input(
      "instanceArn",
      args.instanceArn,
      matching(
        INSTANCE_ARN,
        "the ARN of an instance of IAM Identity Center, as `arn:aws:sso:::instance/ssoins-1234567890abcdef`",
        "copy it from the settings of Identity Center",
      ),
    ),
    permissionSetName:
      args.permissionSetName ?? physicalName(problems, "permissionSet", prefix, name, "permissionSetName"),
    description: args.description ?? `Session Manager in ${prefix}: ${name}`,
    sessionDuration: isoDuration(args.sessionMinutes ?? 60),
    keyPolicyName: physicalName(problems, "iamPolicy", prefix, `${name}-key`, "name"),
    managedPolicies: planManagedPolicies(problems, args),
    assignments: planAssignments(problems, args.assignments ?? []),
  };
  problems.throwIfAny();
  return plan;
}

function planManagedPolicies(
  problems: Problems,
  args: SessionPermissionSetArgs,
): readonly Required<ManagedPolicyReference>[] {
  const policies = args.managedPolicies ?? [];
  const most = MANAGED_POLICIES - (args.access.keyPolicyDocument === undefined ? 0 : 1);
  if (policies.length > most) {
    problems.add("managedPolicies", policies.length, {
      expected: `at most ${most} of them`,
      remedy: "put several into one policy",
    });
  }
  return policies.map(({ name, path = "/" }, index) => {
    const at = `managedPolicies[${index}]`;
    problems.check(`${at}.name`, name, nameOf("iamPolicy"));
    problems.check(
      `${at}.path`,
      path,
      matching(POLICY_PATH, "a path with a slash at either end, as `/people/`"),
    );
    if (policies.findIndex((other) => other.name === name && (other.path ?? "/") === path) < index) {
      problems.add(at, path + name, { expected: "each policy once", remedy: "leave one out" });
    }
    return { name, path };
  });
}

const principalId: Check<string> = matching(
  PRINCIPAL_ID,
  "the id of a group or user of the identity store, no name",
  "look it up: `aws identitystore list-groups`",
);

function planAssignments(
  problems: Problems,
  assignments: readonly AssignmentArgs[],
): readonly AssignmentPlan[] {
  const taken = new Map<string, number>();
  return assignments.flatMap((assignment, index) => {
    const at = `assignments[${index}]`;
    const { groupId, userId } = assignment;
    const account = problems.input(`${at}.accountId`, assignment.accountId, accountId);
    if ((groupId === undefined) === (userId === undefined)) {
      problems.add(at, groupId === undefined ? undefined : "groupId, userId", {
        expected: "either `groupId` or `userId`",
        remedy: groupId === undefined ? "name who gets it" : "make two assignments of it",
      });
    }
    const principal = groupId ?? userId;
    if (principal === undefined) {
      return [];
    }
    const kind = groupId === undefined ? "user" : "group";
    const id = problems.input(`${at}.${kind}Id`, principal, principalId);
    const known = typeof id === "string" && typeof account === "string";
    const suffix = known ? `${account}-${kind}-${id}` : `${index}`;
    const other = taken.get(suffix);
    if (other !== undefined) {
      problems.add(at, suffix, {
        expected: `each assignment once, and this is that of \`assignments[${other}]\``,
        remedy: "leave one out",
      });
    }
    taken.set(suffix, index);
    const principalType = kind === "group" ? ("GROUP" as const) : ("USER" as const);
    return [{ accountId: account, principalId: id, principalType, suffix }];
  });
}
