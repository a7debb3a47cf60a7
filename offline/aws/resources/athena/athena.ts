import type { Model } from "../../model.ts";
import { arn, length, matching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { format, together } from "../../rules/rule.ts";

const WORKGROUP = matching(/^[a-zA-Z0-9._-]{1,128}$/u, "1 to 128 letters, digits and . _ -");
const RESULTS = "configuration.resultConfiguration";

/** Source: Athena API Reference, CreateWorkGroup. */
export const workgroup: Model = {
  type: "aws:athena/workgroup:Workgroup",
  id: (reading) => reading.text("name"),
  autoName: { property: "name", maxLength: 128 },
  defaults: { forceDestroy: false, state: "ENABLED" },
  rules: [
    format("name", WORKGROUP),
    format("description", length(0, 1024)),
    format("state", oneOf("DISABLED", "ENABLED")),
    // Ten megabytes are the least.
    format("configuration.bytesScannedCutoffPerQuery", wholeNumber(10_485_760, Number.MAX_SAFE_INTEGER)),
    format("configuration.executionRole", arn("iam")),
    format(
      `${RESULTS}.outputLocation`,
      matching(/^s3:\/\/[^/]+\/.*$/u, "a location such as s3://bucket/folder/"),
    ),
    format(`${RESULTS}.expectedBucketOwner`, matching(/^\d{12}$/u, "the twelve digits of an account")),
    format(`${RESULTS}.encryptionConfiguration.encryptionOption`, oneOf("CSE_KMS", "SSE_KMS", "SSE_S3")),
    format(`${RESULTS}.aclConfiguration.s3AclOption`, oneOf("BUCKET_OWNER_FULL_CONTROL")),
    together(
      ["encryptionOption", "kmsKeyArn"],
      ([option, key]) => {
        if (option !== "SSE_S3" && key === undefined) {
          return { property: "kmsKeyArn", reason: "KMS encryption needs the key: set `kmsKeyArn`" };
        }
        return option === "SSE_S3" && key !== undefined
          ? { property: "kmsKeyArn", reason: "`SSE_S3` takes no key: remove it, or encrypt with `SSE_KMS`" }
          : undefined;
      },
      `${RESULTS}.encryptionConfiguration`,
    ),
  ],
  unique: ["name"],
  replaces: ["name"],
  computed: { arn: (reading) => reading.arn("athena", `workgroup/${reading.id}`) },
};

/** Source: Athena API Reference, CreateNamedQuery. */
export const namedQuery: Model = {
  type: "aws:athena/namedQuery:NamedQuery",
  id: (reading) => reading.uuid("query"),
  autoName: { property: "name", maxLength: 128 },
  defaults: { workgroup: "primary" },
  rules: [
    format("name", length(1, 128)),
    format("description", length(0, 1024)),
    format("database", length(1, 255)),
    format("query", length(1, 262_144)),
    format("workgroup", WORKGROUP),
  ],
  replaces: ["database", "description", "name", "query", "workgroup"],
};
