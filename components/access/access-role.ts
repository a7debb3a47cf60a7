import * as pulumi from "@pulumi/pulumi";
import { Role } from "@pulumi/aws/iam/role.js";
import type { KnownIdentity } from "../core/identity.ts";
import { policyJson } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { SessionAccessTransforms } from "./args.ts";
import type { SessionAccessPlan } from "./plan.ts";
import type { AccessRolePlan } from "./role-plan.ts";
import { trustStatements } from "./statements.ts";

export interface AccessContext {
  /** Of the component. */
  readonly name: string;
  readonly plan: SessionAccessPlan;
  readonly known: pulumi.Output<KnownIdentity>;
  readonly transform: SessionAccessTransforms | undefined;
  readonly parent: pulumi.Resource;
}

/** The role that people assume, with MFA; where its use is told of, in the one Region whose events are heard. */
export function accessRole(
  { name, plan, known, transform, parent }: AccessContext,
  role: AccessRolePlan,
): Role {
  return new Role(
    ...transformed(
      transform?.role,
      `${name}-role`,
      {
        name: role.roleName,
        description: `Session Manager in ${plan.namePrefix}: ${plan.profile}`,
        assumeRolePolicy: pulumi
          .all([known, pulumi.all([...role.trustedPrincipals])])
          .apply(([{ region }, principals]) =>
            policyJson(trustStatements(principals, plan.alarm === undefined ? undefined : region)),
          ),
        maxSessionDuration: role.maxSessionMinutes * 60,
        ...(role.permissionsBoundaryArn !== undefined && {
          permissionsBoundary: role.permissionsBoundaryArn,
        }),
        tags: { ...plan.tags, ...role.tags },
      },
      { parent },
    ),
  );
}
