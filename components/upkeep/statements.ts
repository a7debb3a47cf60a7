import type { PolicyStatement } from "../core/policy-document.ts";

/**
 * What machines need beside sessions, to be kept up. AWS limits none of it to a resource in its own policies.
 *
 * Source: AWS Managed Policy Reference, AmazonSSMManagedInstanceCore, without its parameters and messages.
 */
const ASSOCIATION: PolicyStatement = {
  Sid: "RunAssociations",
  Effect: "Allow",
  Action: [
    "ssm:DescribeAssociation",
    "ssm:DescribeDocument",
    "ssm:GetDocument",
    "ssm:ListAssociations",
    "ssm:ListInstanceAssociations",
    "ssm:UpdateAssociationStatus",
    "ssm:UpdateInstanceAssociationStatus",
  ],
  Resource: "*",
};

const PATCHING: PolicyStatement = {
  Sid: "ReportPatches",
  Effect: "Allow",
  Action: ["ssm:GetDeployablePatchSnapshotForInstance", "ssm:PutComplianceItems", "ssm:PutInventory"],
  Resource: "*",
};

export function upkeepStatements(patches: boolean): readonly PolicyStatement[] {
  return patches ? [ASSOCIATION, PATCHING] : [ASSOCIATION];
}
