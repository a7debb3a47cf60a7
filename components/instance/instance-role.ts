import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import * as pulumi from "@pulumi/pulumi";
import type { AwsIdentity, KnownIdentity } from "../core/identity.ts";
import type { Grant } from "../core/permissions.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { MachineTransform } from "./machine-args.ts";
import type { PosturePlan } from "./posture-plan.ts";

/** EC2's name as a principal is another one in China. Source: Getting Started with Amazon Web Services in China. */
export function instanceTrust(identity: KnownIdentity): readonly PolicyStatement[] {
  return [
    {
      Sid: "InstancesTakeRole",
      Effect: "Allow",
      Principal: { Service: `ec2.${identity.dnsSuffix}` },
      Action: "sts:AssumeRole",
    },
  ];
}

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

export interface InstanceRoleInput {
  readonly parent: pulumi.Resource;
  readonly name: string;
  readonly plan: PosturePlan;
  readonly identity: AwsIdentity;
  readonly managedPolicy: boolean;
  readonly logging: Grant | undefined;
  readonly transform: MachineTransform;
}

export interface InstanceRole {
  readonly role: Role;
  readonly profile: InstanceProfile;
  /** What the role can do; an instance that boots before it is there waits long until it tries again. */
  readonly grants: readonly pulumi.Resource[];
}

/** Builds the role of an instance or a fleet and the profile that carries it, with a document of its own for everything whose content becomes known later. */
export function buildInstanceRole(input: InstanceRoleInput): InstanceRole {
  const { parent, name, plan, logging, transform } = input;
  const opts = { parent };
  const role = new Role(
    ...transformed(
      transform.role,
      name,
      {
        name: plan.physicalName,
        description: `Instance ${plan.physicalName}, reached through Session Manager`,
        assumeRolePolicy: input.identity.known.apply((known) => policyJson(instanceTrust(known))),
        ...(plan.permissionsBoundaryArn === undefined
          ? {}
          : { permissionsBoundary: plan.permissionsBoundaryArn }),
        tags: plan.tags,
      },
      opts,
    ),
  );
  const inline = (what: string, policy: pulumi.Input<string>): RolePolicy =>
    new RolePolicy(
      ...transformed(transform.rolePolicy, `${name}-${what}`, { name: what, role: role.name, policy }, opts),
    );
  const attached = (what: string, policyArn: pulumi.Input<string>): RolePolicyAttachment =>
    new RolePolicyAttachment(
      ...transformed(transform.policyAttachment, `${name}-${what}`, { role: role.name, policyArn }, opts),
    );

  const grants: pulumi.Resource[] = [
    input.managedPolicy
      ? attached(
          "managed-instance-core",
          pulumi.interpolate`arn:${input.identity.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
        )
      : inline("session-manager", policyJson(SESSION_MANAGER_STATEMENTS)),
  ];
  if (logging?.hasStatements === true) {
    grants.push(inline("session-logging", logging.statements.apply(policyJson)));
  }
  if (logging?.hasKeyStatements === true) {
    grants.push(inline("session-key", logging.keyStatements.apply(policyJson)));
  }
  plan.policyArns.forEach((policyArn, index) => {
    grants.push(attached(`policy-${index}`, policyArn));
  });
  const profile = new InstanceProfile(
    ...transformed(
      transform.instanceProfile,
      name,
      { name: plan.physicalName, role: role.name, tags: plan.tags },
      opts,
    ),
  );
  return { role, profile, grants };
}
