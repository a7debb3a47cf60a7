import type { Model } from "../../model.ts";
import { bucketName } from "../../rules/bucket-name.ts";
import { arn, length, matching, notMatching } from "../../rules/formats.ts";
import { exclusive, format, needs, ofGiven } from "../../rules/rule.ts";
import { always } from "../common.ts";

/** Sources: CloudTrail API Reference, CreateTrail; CloudTrail User Guide, "naming requirements". */
export const trail: Model = {
  type: "aws:cloudtrail/trail:Trail",
  id: (reading) => reading.arn("cloudtrail", `trail/${reading.text("name")}`),
  autoName: { property: "name", maxLength: 128 },
  defaults: {
    enableLogFileValidation: false,
    enableLogging: true,
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: false,
    isOrganizationTrail: false,
  },
  rules: [
    format(
      "name",
      length(3, 128),
      matching(/^[A-Za-z0-9](?:.*[A-Za-z0-9])?$/u, "a name that starts and ends with a letter or a digit"),
      matching(/^[A-Za-z0-9._-]*$/u, "letters, digits and . _ -"),
      notMatching(/[._-]{2}/u, "two of . _ - in a row are not allowed"),
      notMatching(/^\d+\.\d+\.\d+\.\d+$/u, "the form of an IP address is not allowed"),
    ),
    format("s3BucketName", bucketName),
    format("s3KeyPrefix", length(0, 2000)),
    format(
      "cloudWatchLogsGroupArn",
      arn("logs"),
      matching(/:\*$/u, "the ARN of a log group with `:*` at its end"),
    ),
    format("cloudWatchLogsRoleArn", arn("iam")),
    format("kmsKeyId", arn("kms")),
    needs("cloudWatchLogsGroupArn", ["cloudWatchLogsRoleArn"]),
    needs("cloudWatchLogsRoleArn", ["cloudWatchLogsGroupArn"]),
    exclusive(["advancedEventSelectors", "eventSelectors"]),
    ({ inputs }) =>
      inputs["isMultiRegionTrail"] === true && inputs["includeGlobalServiceEvents"] === false
        ? [
            {
              property: "includeGlobalServiceEvents",
              reason: "a trail of all regions includes the events of global services: leave it out",
            },
          ]
        : [],
    ofGiven(needs("s3KeyPrefix", ["s3BucketName"])),
  ],
  unique: ["name"],
  replaces: ["name"],
  computed: {
    arn: (reading) => reading.id,
    homeRegion: (reading) => reading.place.region,
    snsTopicArn: always(""),
  },
};
