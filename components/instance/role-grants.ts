import type { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy, type RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment, type RolePolicyAttachmentArgs } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import * as pulumi from "@pulumi/pulumi";
import type { AwsIdentity } from "../core/identity.ts";
import type { Grant } from "../core/permissions.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import { type Transform, transformed } from "../core/transform.ts";

/**
 * The least that Session Manager needs of an instance. None of these actions can be limited to a resource.
 *
 * Source: Systems Manager User Guide, "Verify or add instance permissions for Session Manager".
 */
export const SESSION_MANAGER_STATEMENTS: readonly PolicyStatement[] = [
  {
    Sid: "SessionManager",
    Effect: "Allow",
    Action: [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    Resource: "*",
  },
];

export interface RoleGrantsInput {
  readonly parent: pulumi.Resource;
  /** The role's logical name, which those of its documents begin with. */
  readonly name: string;
  readonly role: Role;
  readonly identity: AwsIdentity;
  /** The policy of AWS's that stands in place of the five actions, and what its attachment is called. */
  readonly managedPolicy: { readonly policyName: string; readonly logicalName: string } | undefined;
  readonly policyArns: readonly pulumi.Input<string>[];
  readonly logging: Grant | undefined;
  readonly transform: {
    readonly rolePolicy?: Transform<RolePolicyArgs>;
    readonly policyAttachment?: Transform<RolePolicyAttachmentArgs>;
  };
}

/** Grants a machine's role what it needs, with a document of its own for everything whose content becomes known later. */
export function buildRoleGrants(input: RoleGrantsInput): readonly pulumi.Resource[] {
  const { parent, name, role, managedPolicy, logging, transform } = input;
  const opts = { parent };
  const inline = (what: string, policy: pulumi.Input<string>): RolePolicy =>
    new RolePolicy(
      ...transformed(transform.rolePolicy, `${name}-${what}`, { name: what, role: role.name, policy }, opts),
    );
  const attached = (what: string, policyArn: pulumi.Input<string>): RolePolicyAttachment =>
    new RolePolicyAttachment(
      ...transformed(transform.policyAttachment, `${name}-${what}`, { role: role.name, policyArn }, opts),
    );
  const grants: pulumi.Resource[] = [
    managedPolicy === undefined
      ? inline("session-manager", policyJson(SESSION_MANAGER_STATEMENTS))
      : attached(
          managedPolicy.logicalName,
          pulumi.interpolate`arn:${input.identity.partition}:iam::aws:policy/${managedPolicy.policyName}`,
        ),
  ];
  if (logging?.hasStatements === true) {
    grants.push(inline("session-logging", logging.statements.apply(policyJson)));
  }
  if (logging?.hasKeyStatements === true) {
    grants.push(inline("session-key", logging.keyStatements.apply(policyJson)));
  }
  input.policyArns.forEach((policyArn, index) => {
    grants.push(attached(`policy-${index}`, policyArn));
  });
  return grants;
}
