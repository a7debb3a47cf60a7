import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import { bucketName } from "../../rules/bucket-name.ts";
import { matching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { policyDocument } from "../../rules/policy-document.ts";
import { foreignAction, foreignResource } from "../../rules/policy-scope.ts";
import { exactlyOne, exclusive, format, together } from "../../rules/rule.ts";
import type { Rule } from "../../rules/rule.ts";
import { always } from "../common.ts";
import { asText } from "../../values.ts";

const accountId = matching(/^\d{12}$/u, "an account id of twelve digits");

/** The id of a bucket's setting: the bucket, and the expected owner where one is named. */
function bucketAndOwner(reading: Reading): string {
  const expected = reading.text("expectedBucketOwner");
  return expected === "" ? reading.text("bucket") : `${reading.text("bucket")},${expected}`;
}

const ofBucket: readonly Rule[] = [format("bucket", bucketName), format("expectedBucketOwner", accountId)];

export const bucketPolicy: Model = {
  type: "aws:s3/bucketPolicy:BucketPolicy",
  id: (reading) => reading.text("bucket"),
  rules: [
    format("bucket", bucketName),
    format("policy", policyDocument("resource", 20_480), (value) => foreignAction(asText(value), "s3")),
    together(["bucket", "policy"], ([bucket, policy]) => {
      const own = `s3:::${asText(bucket ?? "")}`;
      const reason = foreignResource(asText(policy ?? ""), (resource) => {
        const [name] = resource.replace(/^arn:[a-z-]+:/u, "").split("/");
        return name === own;
      });
      return reason === undefined ? undefined : { property: "policy", reason };
    }),
  ],
  replaces: ["bucket"],
  comparisons: { policy: "policy" },
};

export const bucketPublicAccessBlock: Model = {
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  id: (reading) => reading.text("bucket"),
  defaults: {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  },
  rules: [format("bucket", bucketName)],
  replaces: ["bucket"],
};

export const bucketOwnershipControls: Model = {
  type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  id: (reading) => reading.text("bucket"),
  rules: [
    format("bucket", bucketName),
    format("rule.objectOwnership", oneOf("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")),
  ],
  replaces: ["bucket"],
};

/** Source: S3 API Reference, PutBucketEncryption. */
function encryption(type: string): Model {
  const byDefault = "rules[].applyServerSideEncryptionByDefault";
  return {
    type,
    id: bucketAndOwner,
    rules: [
      ...ofBucket,
      format(`${byDefault}.sseAlgorithm`, oneOf("AES256", "aws:fsx", "aws:kms", "aws:kms:dsse")),
      together(
        ["sseAlgorithm", "kmsMasterKeyId"],
        ([algorithm, key]) =>
          algorithm === "AES256" && key !== undefined && key !== ""
            ? { property: "kmsMasterKeyId", reason: "`AES256` takes no key: set `sseAlgorithm` to `aws:kms`" }
            : undefined,
        byDefault,
      ),
    ],
    replaces: ["bucket", "expectedBucketOwner"],
    comparisons: { rules: "set" },
  };
}

export const bucketEncryption: Model = encryption(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
);
export const bucketEncryptionV2: Model = encryption(
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
);

function versioning(type: string): Model {
  return {
    type,
    id: bucketAndOwner,
    rules: [
      ...ofBucket,
      format("versioningConfiguration.status", oneOf("Disabled", "Enabled", "Suspended")),
      format("versioningConfiguration.mfaDelete", oneOf("Disabled", "Enabled")),
    ],
    replaces: ["bucket", "expectedBucketOwner"],
  };
}

export const bucketVersioning: Model = versioning("aws:s3/bucketVersioning:BucketVersioning");
export const bucketVersioningV2: Model = versioning("aws:s3/bucketVersioningV2:BucketVersioningV2");

const STORAGE_CLASSES = [
  "DEEP_ARCHIVE",
  "GLACIER",
  "GLACIER_IR",
  "INTELLIGENT_TIERING",
  "ONEZONE_IA",
  "STANDARD_IA",
];

/** The fewest days after which objects may move to a class. Source: S3 User Guide, "lifecycle transition constraints". */
const INFREQUENT_CLASSES: ReadonlySet<string> = new Set(["ONEZONE_IA", "STANDARD_IA"]);

/** Source: S3 API Reference, PutBucketLifecycleConfiguration. */
function lifecycle(type: string): Model {
  return {
    type,
    id: bucketAndOwner,
    rules: [
      ...ofBucket,
      format("rules[].id", matching(/^.{0,255}$/u, "at most 255 characters")),
      format("rules[].status", oneOf("Disabled", "Enabled")),
      format("rules[].transitions[].storageClass", oneOf(...STORAGE_CLASSES)),
      format("rules[].transitions[].days", wholeNumber(0, 2_147_483_647)),
      format("rules[].noncurrentVersionTransitions[].storageClass", oneOf(...STORAGE_CLASSES)),
      format("rules[].expiration.days", wholeNumber(1, 2_147_483_647)),
      format("rules[].noncurrentVersionExpiration.noncurrentDays", wholeNumber(1, 2_147_483_647)),
      format("rules[].abortIncompleteMultipartUpload.daysAfterInitiation", wholeNumber(1, 2_147_483_647)),
      together(
        ["days", "storageClass"],
        ([days, storageClass]) =>
          days !== undefined && INFREQUENT_CLASSES.has(asText(storageClass)) && Number(days) < 30
            ? {
                property: "days",
                reason: `\`${asText(days)}\` is refused: \`${asText(storageClass)}\` takes objects from 30 days on`,
              }
            : undefined,
        "rules[].transitions[]",
      ),
      together(
        ["expiration", "transitions"],
        ([expiration, transitions]) => laterTransition(expiration, transitions),
        "rules[]",
      ),
      exclusive(["date", "days"], "rules[].transitions[]"),
      exclusive(["date", "days"], "rules[].expiration"),
      format(
        "transitionDefaultMinimumObjectSize",
        oneOf("all_storage_classes_128K", "varies_by_storage_class"),
      ),
    ],
    replaces: ["bucket", "expectedBucketOwner"],
    computed: { transitionDefaultMinimumObjectSize: always("all_storage_classes_128K") },
  };
}

/** Objects expire after their last transition, or S3 refuses the rule. */
function laterTransition(
  expiration: unknown,
  transitions: unknown,
): { readonly property: string; readonly reason: string } | undefined {
  const days = (value: unknown): number =>
    typeof value === "object" && value !== null && "days" in value ? Number(value.days) : Number.NaN;
  const expires = days(expiration);
  const late = Array.isArray(transitions)
    ? transitions.map((one) => days(one)).find((at) => at >= expires)
    : undefined;
  return late === undefined
    ? undefined
    : {
        property: "expiration.days",
        reason: `\`${expires}\` is refused: objects move to another class at ${late} days, before they may expire`,
      };
}

export const bucketLifecycle: Model = lifecycle(
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
);
export const bucketLifecycleV2: Model = lifecycle(
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
);

/** Source: S3 API Reference, PutObjectLockConfiguration. */
function objectLock(type: string): Model {
  const retention = "rule.defaultRetention";
  return {
    type,
    id: bucketAndOwner,
    defaults: { objectLockEnabled: "Enabled" },
    rules: [
      ...ofBucket,
      format("objectLockEnabled", oneOf("Enabled")),
      format(`${retention}.mode`, oneOf("COMPLIANCE", "GOVERNANCE")),
      format(`${retention}.days`, wholeNumber(1, 36_500)),
      format(`${retention}.years`, wholeNumber(1, 100)),
      exactlyOne(["days", "years"], retention),
    ],
    replaces: ["bucket", "expectedBucketOwner", "objectLockEnabled"],
  };
}

export const bucketObjectLock: Model = objectLock(
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
);
export const bucketObjectLockV2: Model = objectLock(
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
);

function logging(type: string): Model {
  return {
    type,
    id: bucketAndOwner,
    rules: [...ofBucket, format("targetBucket", bucketName)],
    replaces: ["bucket", "expectedBucketOwner"],
  };
}

export const bucketLogging: Model = logging("aws:s3/bucketLogging:BucketLogging");
export const bucketLoggingV2: Model = logging("aws:s3/bucketLoggingV2:BucketLoggingV2");
