import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile.js";
import { Role } from "@pulumi/aws/iam/role.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsIdentity, KnownIdentity } from "../core/identity.ts";
import type { Grant } from "../core/permissions.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { MachineTransform } from "./machine-args.ts";
import type { PosturePlan } from "./posture-plan.ts";
import { buildRoleGrants } from "./role-grants.ts";

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
  const { parent, name, plan, transform } = input;
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
  const grants = buildRoleGrants({
    parent,
    name,
    role,
    identity: input.identity,
    managedPolicy: input.managedPolicy
      ? { policyName: "AmazonSSMManagedInstanceCore", logicalName: "managed-instance-core" }
      : undefined,
    policyArns: plan.policyArns,
    logging: input.logging,
    transform,
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
