import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Function as LambdaFunction } from "@pulumi/aws/lambda/function.js";
import { Invocation } from "@pulumi/aws/lambda/invocation.js";
import * as pulumi from "@pulumi/pulumi";
import { arn, type KnownIdentity } from "../core/identity.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { SessionPreferencesTransforms } from "./args.ts";
import { KEEPER_SOURCE } from "./keeper-source.ts";
import { KEEPER_NAME, PREFERENCES_DOCUMENT, type SessionPreferencesPlan } from "./plan.ts";

/** Lambda's name as a principal is the same in every partition. */
const TRUST: readonly PolicyStatement[] = [
  {
    Sid: "LambdaTakesRole",
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  },
];

/** What the function needs: of this one document everything that it does, and of nothing else anything. */
export function keeperStatements(identity: KnownIdentity): readonly PolicyStatement[] {
  return [
    {
      Sid: "KeepSessionPreferences",
      Effect: "Allow",
      Action: [
        "ssm:AddTagsToResource",
        "ssm:CreateDocument",
        "ssm:DeleteDocument",
        "ssm:GetDocument",
        "ssm:ListTagsForResource",
        "ssm:UpdateDocument",
      ],
      Resource: arn(identity, "ssm", `document/${PREFERENCES_DOCUMENT}`),
    },
  ];
}

export interface Keeper {
  /** What was there, as JSON; `null` where nothing was. */
  readonly previous: pulumi.Output<string>;
  /** Once it exists, the name is free; when it is deleted, what was there is put back. */
  readonly cleared: pulumi.Resource;
}

/** Builds the function that keeps what was there, reads it into the state, and clears the name. */
export function buildKeeper(
  parent: pulumi.Resource,
  name: string,
  plan: SessionPreferencesPlan,
  identity: pulumi.Output<KnownIdentity>,
  transform: SessionPreferencesTransforms,
): Keeper {
  const role = new Role(
    ...transformed(
      transform.role,
      `${name}-keeper`,
      {
        // Roles are the account's, preferences a Region's.
        name: identity.apply(({ region }) => `${KEEPER_NAME}-${region}`),
        description: `Keeps what ${PREFERENCES_DOCUMENT} was before`,
        assumeRolePolicy: policyJson(TRUST),
        ...(plan.permissionsBoundaryArn !== undefined && {
          permissionsBoundary: plan.permissionsBoundaryArn,
        }),
        tags: plan.tags,
      },
      { parent },
    ),
  );
  const rolePolicy = new RolePolicy(
    ...transformed(
      transform.rolePolicy,
      `${name}-keeper`,
      {
        name: "keep-session-preferences",
        role: role.name,
        policy: identity.apply((known) => policyJson(keeperStatements(known))),
      },
      { parent },
    ),
  );
  const keeper = new LambdaFunction(
    ...transformed(
      transform.function,
      `${name}-keeper`,
      {
        name: KEEPER_NAME,
        description: `Keeps what ${PREFERENCES_DOCUMENT} was before, to put it back`,
        role: role.arn,
        runtime: "nodejs22.x",
        handler: "index.handler",
        code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(KEEPER_SOURCE) }),
        memorySize: 256,
        timeout: 120,
        tags: plan.tags,
      },
      { parent },
    ),
  );
  // What was there is read once and stays in the state: asked again, AWS would tell of our own document.
  const read = new Invocation(
    ...transformed(
      transform.invocation,
      `${name}-previous`,
      { functionName: keeper.name, input: JSON.stringify({ read: true }), lifecycleScope: "CREATE_ONLY" },
      { parent, dependsOn: [rolePolicy], ignoreChanges: ["functionName", "input"] },
    ),
  );
  const cleared = new Invocation(
    ...transformed(
      transform.invocation,
      `${name}-cleared`,
      {
        functionName: keeper.name,
        input: read.result.apply((previous) => `{"previous":${previous}}`),
        lifecycleScope: "CRUD",
      },
      { parent, dependsOn: [rolePolicy] },
    ),
  );
  return { previous: read.result, cleared };
}
