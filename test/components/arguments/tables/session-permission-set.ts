import { planSessionPermissionSet, SessionPermissionSet } from "@bastionless/components";
import { type BadInput, row, told } from "../bad-input.ts";
import { COMMON } from "./common.ts";

const GROUP = "a1b2c3d4-1234-4321-8888-1234567890ab";
const ASSIGNMENT = { assignments: [{ accountId: "111122223333", groupId: GROUP }] };
const policies = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ name: `p${index}` }));
const POLICIES = { managedPolicies: [{ name: "p" }] };
const ids = row(
  [GROUP, `1234567890-${GROUP}`],
  ["", "admins", GROUP.slice(1), `12345-${GROUP}`, `${GROUP} `],
);

export const SESSION_PERMISSION_SET: BadInput = {
  component: "SessionPermissionSet",
  right: { instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef", access: { policyDocument: "{}" } },
  plan: planSessionPermissionSet,
  construct: SessionPermissionSet,
  names: { takes: ["n", "n".repeat(23)], refuses: [""] },
  rows: {
    ...COMMON,
    instanceArn: row(
      [
        "arn:aws:sso:::instance/ssoins-1234567890abcdef",
        "arn:aws-us-gov:sso:::instance/ins-1234567890abcdef",
      ],
      [
        "",
        "ssoins-1234567890abcdef",
        "arn:aws:sso:::instance/ssoins-1",
        "arn:aws:sso:eu-west-1::instance/ssoins-1234567890abcdef",
      ],
    ),
    permissionSetName: row(["p", "p".repeat(32), "a_b+=,.@-1"], ["", "p".repeat(33), "a b", "a/b", "ä"]),
    description: row(["d", "d".repeat(700), "é"], ["", "d".repeat(701), "€", "\u0000"]),
    sessionMinutes: row([60, 720], [0, 59, 721, 60.5]),
    managedPolicies: row(
      [[], policies(10)],
      [
        policies(11),
        told([{ name: "p" }, { name: "p" }], "managedPolicies[1]"),
        told([{ name: "p" }, { name: "p", path: "/" }], "managedPolicies[1]"),
      ],
    ),
    "managedPolicies[].name": row(
      ["p", "p".repeat(128), "a_b+=,.@-1"],
      ["", "p".repeat(129), "a b", "a/b", "ä"],
      POLICIES,
    ),
    "managedPolicies[].path": row(
      ["/", "/a/", "/a/b/", `/${"a".repeat(510)}/`],
      ["", "a", "/a", "a/", "/a b/", "/ä/", `/${"a".repeat(511)}/`],
      POLICIES,
    ),
    assignments: row(
      [[], ASSIGNMENT.assignments],
      [told([...ASSIGNMENT.assignments, ...ASSIGNMENT.assignments], "assignments[1]")],
    ),
    "assignments[].accountId": row(
      ["000000000001"],
      ["", "1", "1111222233334", "1111-2222-3333"],
      ASSIGNMENT,
    ),
    "assignments[].groupId": { ...ids, beside: ASSIGNMENT },
    "assignments[].userId": { ...ids, beside: { assignments: [{ accountId: "111122223333" }] } },
  },
  unlimited: {
    "access.policyDocument": "a document that a SessionAccess wrote",
    "access.keyPolicyDocument": "a document that a SessionAccess wrote",
  },
  conflicts: [
    [
      "ten policies beside the key's",
      { access: { policyDocument: "{}", keyPolicyDocument: "{}" }, managedPolicies: policies(10) },
      ["managedPolicies"],
    ],
    [
      "groupId and userId",
      { assignments: [{ accountId: "111122223333", groupId: GROUP, userId: GROUP }] },
      ["assignments[0]"],
    ],
    ["neither groupId nor userId", { assignments: [{ accountId: "111122223333" }] }, ["assignments[0]"]],
  ],
};
