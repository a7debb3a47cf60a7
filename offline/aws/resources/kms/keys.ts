import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import { arn, length, matching, notMatching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { policyDocument } from "../../rules/policy-document.ts";
import { lockedOut } from "../../rules/policy-scope.ts";
import { exclusive, format, needs, ofGiven, type Rule, together } from "../../rules/rule.ts";
import type { Format } from "../../rules/rule.ts";
import { always } from "../common.ts";
import { asText } from "../../values.ts";

/** A key policy holds 32 KB. Source: KMS Developer Guide, "quotas". */
const keyPolicyText = policyDocument("resource", 32_768);

const nobodyLockedOut: Rule = together(["policy", "bypassPolicyLockoutSafetyCheck"], ([policy, bypass]) => {
  const reason = policy === undefined || bypass === true ? undefined : lockedOut(asText(policy));
  return reason === undefined ? undefined : { property: "policy", reason };
});

/** A key id, or the ARN of a key or an alias; or the stand-in for the id of a resource that is not simulated. */
const keyReference: Format = matching(
  /^(?:arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/.+|alias\/.+|(?:mrk-)?[0-9a-f-]{32,36}|.+-[0-9a-f]{7})$/u,
  "the id or the ARN of a KMS key",
);

/** What KMS gives a key without a policy: the account may delegate by IAM. Source: KMS, "default key policy". */
function defaultPolicy(reading: Reading): string {
  return JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: reading.arn("iam", "root", { region: true }) },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });
}

/** Source: KMS API Reference, CreateKey, ScheduleKeyDeletion, EnableKeyRotation. */
export const key: Model = {
  type: "aws:kms/key:Key",
  id: (reading) =>
    reading.read("multiRegion") === true ? `mrk-${reading.hex("key", 32)}` : reading.uuid("key"),
  defaults: {
    bypassPolicyLockoutSafetyCheck: false,
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
  },
  rules: [
    format("deletionWindowInDays", wholeNumber(7, 30)),
    format("rotationPeriodInDays", wholeNumber(90, 2560)),
    format("description", length(0, 8192)),
    format("keyUsage", oneOf("ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT", "SIGN_VERIFY")),
    format("policy", keyPolicyText),
    nobodyLockedOut,
    ofGiven(needs("rotationPeriodInDays", ["enableKeyRotation"])),
    needs("xksKeyId", ["customKeyStoreId"]),
    together(["enableKeyRotation", "customerMasterKeySpec"], ([rotation, spec]) =>
      rotation === true && spec !== "SYMMETRIC_DEFAULT"
        ? {
            property: "enableKeyRotation",
            reason: `keys of the kind \`${asText(spec)}\` do not rotate: remove it`,
          }
        : undefined,
    ),
  ],
  replaces: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
  comparisons: { policy: "policy" },
  computed: {
    arn: (reading) => reading.arn("kms", `key/${reading.id}`),
    description: always(""),
    keyId: (reading) => reading.id,
    policy: defaultPolicy,
    rotationPeriodInDays: (reading) => (reading.read("enableKeyRotation") === true ? 365 : 0),
  },
};

/** The name of an alias: every one starts with `alias/`, AWS keeps `alias/aws/` for itself. */
function aliasName(reading: Reading): string {
  return reading.text("name", `${reading.text("namePrefix", "alias/")}${reading.hex("name", 26)}`);
}

/** Source: KMS API Reference, CreateAlias. */
export const alias: Model = {
  type: "aws:kms/alias:Alias",
  id: aliasName,
  autoName: { property: "name", unless: ["namePrefix"], maxLength: 256, prefix: "alias/" },
  rules: [
    format(
      "name",
      matching(/^alias\/[a-zA-Z0-9/_-]{1,250}$/u, "`alias/` and letters, digits and / _ -"),
      notMatching(/^alias\/aws\//u, "names that start with `alias/aws/` are AWS's own"),
    ),
    format("namePrefix", matching(/^alias\/[a-zA-Z0-9/_-]*$/u, "`alias/` and letters, digits and / _ -")),
    format("targetKeyId", keyReference),
    exclusive(["name", "namePrefix"]),
  ],
  replaces: ["name", "namePrefix"],
  computed: {
    arn: (reading) => reading.arn("kms", reading.text("name", reading.id)),
    name: (reading) => reading.id,
    targetKeyArn: (reading) => {
      const target = reading.text("targetKeyId");
      return target.startsWith("arn:") ? target : reading.arn("kms", `key/${target}`);
    },
  },
  fromId: (id) => ({ name: id }),
};

export const keyPolicy: Model = {
  type: "aws:kms/keyPolicy:KeyPolicy",
  id: (reading) => reading.text("keyId"),
  defaults: { bypassPolicyLockoutSafetyCheck: false },
  rules: [format("keyId", keyReference), format("policy", keyPolicyText), nobodyLockedOut],
  replaces: ["keyId"],
  comparisons: { policy: "policy" },
};

const OPERATIONS = [
  "CreateGrant",
  "Decrypt",
  "DeriveSharedSecret",
  "DescribeKey",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
  "GenerateDataKeyWithoutPlaintext",
  "GenerateMac",
  "GetPublicKey",
  "ReEncryptFrom",
  "ReEncryptTo",
  "RetireGrant",
  "Sign",
  "Verify",
  "VerifyMac",
];

/** Source: KMS API Reference, CreateGrant. */
export const grant: Model = {
  type: "aws:kms/grant:Grant",
  id: (reading) => `${reading.text("keyId")}:${reading.hex("grant", 64)}`,
  defaults: { retireOnDelete: false },
  rules: [
    format("keyId", keyReference),
    format("operations[]", oneOf(...OPERATIONS)),
    format("granteePrincipal", matching(/^arn:|^[a-z0-9.-]+\.amazonaws\.com/u, "an ARN or a service")),
    format("retiringPrincipal", arn()),
    format("name", matching(/^[a-zA-Z0-9:/_-]{1,256}$/u, "letters, digits and : / _ -")),
  ],
  replaces: [
    "constraints",
    "grantCreationTokens",
    "granteePrincipal",
    "keyId",
    "name",
    "operations",
    "retiringPrincipal",
    "retireOnDelete",
  ],
  comparisons: { operations: "set", constraints: "set" },
  computed: {
    grantId: (reading) => reading.id.slice(reading.id.lastIndexOf(":") + 1),
    grantToken: (reading) => reading.hex("token", 64),
  },
};
