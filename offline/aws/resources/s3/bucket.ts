import type { Model } from "../../model.ts";
import { policyDocument } from "../../rules/policy-document.ts";
import { bucketName } from "../../rules/bucket-name.ts";
import { oneOf } from "../../rules/formats.ts";
import { exclusive, format } from "../../rules/rule.ts";
import { hostedZoneOf } from "../../tables/s3-hosted-zones.ts";
import { always } from "../common.ts";

/** Source: S3 API Reference, CreateBucket; S3 User Guide, "default encryption". */
function bucketModel(type: string, settings: NonNullable<Model["computed"]>): Model {
  return {
    type,
    id: (reading) =>
      reading.text("bucket", `${reading.text("bucketPrefix", "terraform-")}${reading.hex("bucket", 26)}`),
    autoName: { property: "bucket", unless: ["bucketPrefix"], maxLength: 63, lowerCase: true },
    defaults: { forceDestroy: false },
    rules: [
      format("bucket", bucketName),
      format("requestPayer", oneOf("BucketOwner", "Requester")),
      format("policy", policyDocument("resource", 20_480)),
      exclusive(["bucket", "bucketPrefix"]),
      exclusive(["acl", "grants"]),
    ],
    replaces: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"],
    comparisons: { policy: "policy" },
    computed: {
      arn: (reading) => reading.arn("s3", reading.id, { region: true, account: true }),
      bucket: (reading) => reading.id,
      bucketDomainName: (reading) => `${reading.id}.s3.${reading.place.dnsSuffix}`,
      bucketNamespace: always("global"),
      bucketRegion: (reading) => reading.place.region,
      bucketRegionalDomainName: (reading) =>
        `${reading.id}.s3.${reading.place.region}.${reading.place.dnsSuffix}`,
      hostedZoneId: (reading) => hostedZoneOf(reading.place.region),
      objectLockEnabled: always(false),
      requestPayer: always("BucketOwner"),
      ...settings,
      websiteDomain: always(""),
      websiteEndpoint: always(""),
    },
    fromId: (id) => ({ bucket: id }),
  };
}

const ENCRYPTED_BY_DEFAULT = { kmsMasterKeyId: "", sseAlgorithm: "AES256" };
const NOT_VERSIONED = { enabled: false, mfaDelete: false };

export const bucket: Model = bucketModel("aws:s3/bucket:Bucket", {
  serverSideEncryptionConfiguration: always({
    rule: { applyServerSideEncryptionByDefault: ENCRYPTED_BY_DEFAULT, bucketKeyEnabled: false },
  }),
  versioning: always(NOT_VERSIONED),
});

/** The deprecated name of the same resource, whose settings are lists. */
export const bucketV2: Model = bucketModel("aws:s3/bucketV2:BucketV2", {
  serverSideEncryptionConfigurations: always([
    { rules: [{ applyServerSideEncryptionByDefaults: [ENCRYPTED_BY_DEFAULT], bucketKeyEnabled: false }] },
  ]),
  versionings: always([NOT_VERSIONED]),
});
