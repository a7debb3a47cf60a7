import type { Refusals } from "./refusals.ts";

/** What AWS refuses of IAM and KMS. */
export const IDENTITY_REFUSALS: Refusals = {
  "aws:iam/accessKey:AccessKey": [[{ status: "On" }, "status"]],
  "aws:iam/group:Group": [
    [{ name: "a b" }, "name"],
    [{ path: "x" }, "path"],
  ],
  "aws:iam/groupMembership:GroupMembership": [[{ users: ["a b"] }, "users[0]"]],
  "aws:iam/groupPolicy:GroupPolicy": [[{ policy: "{}" }, "policy"]],
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": [[{ policyArn: "ReadOnly" }, "policyArn"]],
  "aws:iam/instanceProfile:InstanceProfile": [
    [{ role: "arn:aws:iam::123456789012:role/r" }, "role"],
    [{ name: "a", namePrefix: "b" }, "name"],
  ],
  "aws:iam/policy:Policy": [
    [{ description: "d".repeat(1001) }, "description"],
    [{ name: "a b" }, "name"],
    [{ path: "team" }, "path"],
  ],
  "aws:iam/policyAttachment:PolicyAttachment": [[{ roles: ["a b"] }, "roles[0]"]],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
    [{ role: "arn:aws:iam::123456789012:role/r" }, "role"],
    [{ policyArn: "arn:aws-cn:iam::aws:policy/X" }, "policyArn"],
  ],
  "aws:iam/user:User": [
    [{ name: "u".repeat(65) }, "name"],
    [{ permissionsBoundary: "x" }, "permissionsBoundary"],
  ],
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": [[{ policyArn: "x" }, "policyArn"]],
  "aws:kms/alias:Alias": [
    [{ targetKeyId: "my key" }, "targetKeyId"],
    [{ namePrefix: "logs" }, "namePrefix"],
  ],
  "aws:kms/grant:Grant": [
    [{ operations: ["Read"] }, "operations[0]"],
    [{ granteePrincipal: "me" }, "granteePrincipal"],
    [{ name: "a b" }, "name"],
  ],
  "aws:kms/key:Key": [
    [{ keyUsage: "ANY" }, "keyUsage"],
    [{ description: "d".repeat(8193) }, "description"],
  ],
  "aws:kms/keyPolicy:KeyPolicy": [[{ policy: "{}" }, "policy"]],
};
