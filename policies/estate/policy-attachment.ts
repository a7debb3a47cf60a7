import { at, isAbsent, type Place } from "../reader/place.ts";
import { isUnreadable, readOneOrList, readText } from "../reader/read.ts";
import { awsManagedPolicy, awsManagedPolicyName } from "./aws-managed-policy.ts";
import type { Holder, PolicyGrant } from "./policy-grant.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** A managed policy that is given to somebody. */
export interface PolicyAttachment {
  /** The policy's ARN (or its name, for a permission set), or a list of them that cannot be told. */
  readonly policy: Place;
  readonly holder: Holder;
}

type HolderKind = "group" | "permission-set" | "role" | "user";

/** Every form in which AWS's Pulumi provider attaches managed policies, by resource type. */
export const ATTACHMENT_FORMS: ReadonlyMap<string, (record: ResourceRecord) => readonly PolicyAttachment[]> =
  new Map([
    ["aws:iam/groupPolicyAttachment:GroupPolicyAttachment", attached("policyArn", [["group", "group"]])],
    [
      "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
      attached("policyArns", [["group", "groupName"]]),
    ],
    [
      "aws:iam/policyAttachment:PolicyAttachment",
      attached("policyArn", [
        ["group", "groups"],
        ["role", "roles"],
        ["user", "users"],
      ]),
    ],
    ["aws:iam/role:Role", managedPolicyArns],
    ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", attached("policyArn", [["role", "role"]])],
    [
      "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
      attached("policyArns", [["role", "roleName"]]),
    ],
    ["aws:iam/userPolicyAttachment:UserPolicyAttachment", attached("policyArn", [["user", "user"]])],
    [
      "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
      attached("policyArns", [["user", "userName"]]),
    ],
    [
      "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
      customerManaged("customerManagedPolicyReference"),
    ],
    [
      "aws:ssoadmin/customerManagedPolicyAttachmentsExclusive:CustomerManagedPolicyAttachmentsExclusive",
      customerManaged("customerManagedPolicyReferences"),
    ],
    [
      "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
      attached("managedPolicyArn", [["permission-set", "permissionSetArn"]]),
    ],
    [
      "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
      attached("managedPolicyArns", [["permission-set", "permissionSetArn"]]),
    ],
  ]);

function attached(
  policyProperty: string,
  holders: readonly (readonly [HolderKind, string])[],
): (record: ResourceRecord) => readonly PolicyAttachment[] {
  return (record) => {
    const props = properties(record);
    const targets = holders.flatMap(([kind, property]) =>
      members(at(props, property)).map((reference): Holder => ({ kind, reference })),
    );
    return members(at(props, policyProperty)).flatMap((policy) =>
      targets.map((holder) => ({ policy, holder })),
    );
  };
}

function managedPolicyArns(record: ResourceRecord): readonly PolicyAttachment[] {
  return members(at(properties(record), "managedPolicyArns")).map((policy) => ({
    policy,
    holder: { kind: "this-role" },
  }));
}

function customerManaged(property: string): (record: ResourceRecord) => readonly PolicyAttachment[] {
  return (record) => {
    const props = properties(record);
    const holder: Holder = { kind: "permission-set", reference: at(props, "permissionSetArn") };
    return members(at(props, property)).map((policy) => ({ policy: at(policy, "name"), holder }));
  };
}

/** The members of a list, a single value, or the list itself where it cannot be told. */
function members(place: Place): readonly Place[] {
  const list = readOneOrList(place);
  if (isUnreadable(list)) {
    return [place];
  }
  return list.kind === "absent" ? [] : list.value.filter((member) => !isAbsent(member));
}

/** What an attachment of a policy that AWS publishes grants; undefined for other policies, and where it is no session. */
export function awsManagedGrant({ policy, holder }: PolicyAttachment): PolicyGrant | undefined {
  const name = awsManagedName(policy);
  const document = name === undefined ? undefined : awsManagedPolicy(name);
  return document === undefined ? undefined : { path: policy.path, holder, document, published: true };
}

export function awsManagedName(policy: Place): string | undefined {
  const arn = readText(policy);
  return arn.kind === "known" ? awsManagedPolicyName(arn.value) : undefined;
}
