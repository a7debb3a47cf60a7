import type { Input } from "@pulumi/pulumi";
import { arnOf } from "../core/checks.ts";
import type { LoggingSource } from "../core/permissions.ts";
import type { Problems } from "../core/problems.ts";

/** What a role for machines outside instance profiles takes. */
export interface NodeRoleArgs {
  /**
   * The environment's `SessionLogging`: the role gets what logging needs of machines.
   *
   * @default no logging
   */
  readonly logging?: LoggingSource;
  /**
   * ARNs of further managed policies for the role, up to 9.
   *
   * @default none
   */
  readonly policyArns?: readonly Input<string>[];
  /**
   * ARN of the permissions boundary of the role.
   *
   * @default none
   */
  readonly permissionsBoundaryArn?: Input<string>;
}

export interface NodeRolePlan {
  readonly policyArns: readonly Input<string>[];
  readonly permissionsBoundaryArn: Input<string> | undefined;
}

const policyArn = arnOf("iam", "arn:aws:iam::111122223333:policy/name");

export function planNodeRole(problems: Problems, args: NodeRoleArgs): NodeRolePlan {
  const policyArns = args.policyArns ?? [];
  if (policyArns.length > 9) {
    problems.add("policyArns", `${policyArns.length} given`, {
      expected: "at most 9",
      remedy: "leave some out: a role takes 10, and one may be AWS's",
    });
  }
  return {
    policyArns: policyArns.map((one, index) => problems.input(`policyArns[${index}]`, one, policyArn)),
    permissionsBoundaryArn:
      args.permissionsBoundaryArn === undefined
        ? undefined
        : problems.input("permissionsBoundaryArn", args.permissionsBoundaryArn, policyArn),
  };
}
