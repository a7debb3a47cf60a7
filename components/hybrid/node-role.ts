import { Role, type RoleArgs } from "@pulumi/aws/iam/role.js";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy.js";
import type { RolePolicyAttachmentArgs } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type * as pulumi from "@pulumi/pulumi";
import { arn, type AwsIdentity, type KnownIdentity } from "../core/identity.ts";
import type { Grant } from "../core/permissions.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import type { Tags } from "../core/tags.ts";
import { type Transform, transformed } from "../core/transform.ts";
import { buildRoleGrants } from "../instance/role-grants.ts";

/** Changes to a role that Systems Manager takes for machines, and to its documents. */
export interface NodeRoleTransform {
  readonly role?: Transform<RoleArgs>;
  readonly rolePolicy?: Transform<RolePolicyArgs>;
  readonly policyAttachment?: Transform<RolePolicyAttachmentArgs>;
}

export interface NodeRoleInput {
  readonly parent: pulumi.Resource;
  readonly name: string;
  readonly physicalName: string;
  readonly description: string;
  /** @default "/" */
  readonly path?: string;
  readonly tags: Tags;
  readonly identity: AwsIdentity;
  readonly limitTrust: boolean;
  /** The policy of AWS's that stands in place of the five actions of Session Manager. */
  readonly managedPolicy: string | undefined;
  readonly policyArns: readonly pulumi.Input<string>[];
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly logging: Grant | undefined;
  readonly transform: NodeRoleTransform;
}

/** A role, and what grants it something: whoever hands it to machines waits for that. */
export interface NodeRole {
  readonly role: Role;
  readonly grants: readonly pulumi.Resource[];
}

/**
 * Systems Manager takes the role and hands it to machines. Its name as a principal is the same in every partition.
 *
 * Source: Systems Manager User Guide, "Create the IAM service role required for Systems Manager in hybrid and multicloud
 * environments".
 *
 * @param limited to calls for this account and Region: others' machines are not handed the role
 */
export function nodeTrust(identity: KnownIdentity, limited: boolean): readonly PolicyStatement[] {
  return [
    {
      Sid: "SystemsManagerTakesRole",
      Effect: "Allow",
      Principal: { Service: "ssm.amazonaws.com" },
      Action: "sts:AssumeRole",
      ...(limited
        ? {
            Condition: {
              StringEquals: { "aws:SourceAccount": identity.accountId },
              ArnLike: { "aws:SourceArn": arn(identity, "ssm", "*") },
            },
          }
        : {}),
    },
  ];
}

/** Builds a role for machines that have no instance profile, with a document of its own for what becomes known later. */
export function buildNodeRole(input: NodeRoleInput): NodeRole {
  const { parent, name, transform, identity } = input;
  const opts = { parent };
  const role = new Role(
    ...transformed(
      transform.role,
      name,
      {
        name: input.physicalName,
        ...(input.path === undefined ? {} : { path: input.path }),
        description: input.description,
        assumeRolePolicy: identity.known.apply((known) => policyJson(nodeTrust(known, input.limitTrust))),
        ...(input.permissionsBoundaryArn === undefined
          ? {}
          : { permissionsBoundary: input.permissionsBoundaryArn }),
        tags: input.tags,
      },
      opts,
    ),
  );
  const { managedPolicy } = input;
  const grants = buildRoleGrants({
    parent,
    name,
    role,
    identity,
    managedPolicy:
      managedPolicy === undefined ? undefined : { policyName: managedPolicy, logicalName: "managed" },
    policyArns: input.policyArns,
    logging: input.logging,
    transform,
  });
  return { role, grants };
}
