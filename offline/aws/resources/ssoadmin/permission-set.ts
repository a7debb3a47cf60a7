import { isWireMap } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import { length, matching, oneOf } from "../../rules/formats.ts";
import { iamName, iamPath } from "../../rules/iam-names.ts";
import { policyDocument } from "../../rules/policy-document.ts";
import { format, type Format, type Rule } from "../../rules/rule.ts";
import { asText } from "../../values.ts";
import { CREATED } from "../common.ts";

const INSTANCE = String.raw`(?:sso)?ins-[a-zA-Z0-9-.]{16}`;

/** An ARN of IAM Identity Center, which names no account, of the partition of the provider. */
function ssoArn(resource: string, expected: string): Format {
  const shape = matching(new RegExp(`^arn:aws(?:-[a-z]{1,5}){0,3}:sso:::${resource}$`, "u"), expected);
  return (value, place) => {
    const partition = typeof value === "string" ? value.split(":")[1] : undefined;
    return (
      shape(value, place) ??
      (partition === place.partition
        ? undefined
        : `is refused: expected an ARN of the partition \`${place.partition}\``)
    );
  };
}

const instanceArn: Rule = format(
  "instanceArn",
  ssoArn(
    `instance/${INSTANCE}`,
    "the ARN of an instance, such as arn:aws:sso:::instance/ssoins-1234567890abcdef",
  ),
);
const permissionSetArn: Rule = format(
  "permissionSetArn",
  ssoArn(`permissionSet/${INSTANCE}/ps-[a-zA-Z0-9-./]{16}`, "the ARN of a permission set"),
);

const PRINCIPAL_ID =
  /^(?:[0-9a-f]{10}-)?[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/u;

/** Hours and minutes of ISO 8601, from one hour to twelve. Source: CreatePermissionSet; "Set session duration". */
const sessionDuration: Format = (value) => {
  const parts = typeof value === "string" ? /^PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?$/u.exec(value) : null;
  const minutes = parts === null ? 0 : Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0);
  return minutes >= 60 && minutes <= 720
    ? undefined
    : "is refused: expected a duration in ISO 8601 from one hour to twelve, such as PT8H";
};

function ofSet(reading: Reading): string {
  return `${reading.text("permissionSetArn")},${reading.text("instanceArn")}`;
}

/** Source: IAM Identity Center API Reference, CreatePermissionSet. */
export const permissionSet: Model = {
  type: "aws:ssoadmin/permissionSet:PermissionSet",
  id: (reading) => {
    const instance = reading.text("instanceArn");
    const name = instance.slice(instance.lastIndexOf("/") + 1);
    const arn = `arn:${reading.place.partition}:sso:::permissionSet/${name}/ps-${reading.hex("set", 16)}`;
    return `${arn},${instance}`;
  },
  autoName: { property: "name", maxLength: 32 },
  defaults: { sessionDuration: "PT1H" },
  rules: [
    instanceArn,
    format("name", iamName(32)),
    format(
      "description",
      length(1, 700),
      matching(/^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/u, "printable Latin-1 characters"),
    ),
    format("relayState", length(1, 240)),
    format("sessionDuration", sessionDuration),
  ],
  unique: ["name"],
  replaces: ["instanceArn", "name"],
  computed: {
    arn: (reading) => reading.id.split(",")[0] ?? "",
    createdDate: () => CREATED,
  },
};

/** Source: IAM Identity Center API Reference, PutInlinePolicyToPermissionSet. */
export const permissionSetInlinePolicy: Model = {
  type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
  id: ofSet,
  rules: [instanceArn, permissionSetArn, format("inlinePolicy", policyDocument("identity", 32_768))],
  replaces: ["instanceArn", "permissionSetArn"],
  comparisons: { inlinePolicy: "policy" },
};

/** Source: IAM Identity Center API Reference, AttachCustomerManagedPolicyReferenceToPermissionSet. */
export const customerManagedPolicyAttachment: Model = {
  type: "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
  id: (reading) => {
    const reference = reading.read("customerManagedPolicyReference");
    const { name = "", path = "/" } = isWireMap(reference) ? reference : {};
    return `${asText(name)},${asText(path)},${ofSet(reading)}`;
  },
  rules: [
    instanceArn,
    permissionSetArn,
    format("customerManagedPolicyReference.name", iamName(128)),
    format("customerManagedPolicyReference.path", iamPath, length(1, 512)),
  ],
  replaces: ["customerManagedPolicyReference", "instanceArn", "permissionSetArn"],
};

/** Source: IAM Identity Center API Reference, CreateAccountAssignment. */
export const accountAssignment: Model = {
  type: "aws:ssoadmin/accountAssignment:AccountAssignment",
  id: (reading) =>
    [
      ...["principalId", "principalType", "targetId", "targetType"].map((name) => reading.text(name)),
      ofSet(reading),
    ].join(","),
  rules: [
    instanceArn,
    permissionSetArn,
    format("principalId", matching(PRINCIPAL_ID, "the id of a group or user of the identity store")),
    format("principalType", oneOf("GROUP", "USER")),
    format("targetId", matching(/^\d{12}$/u, "the twelve digits of an account")),
    format("targetType", oneOf("AWS_ACCOUNT")),
  ],
  replaces: ["instanceArn", "permissionSetArn", "principalId", "principalType", "targetId", "targetType"],
};
