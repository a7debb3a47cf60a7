import { isWireMap } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import { arn, length, matching, notMatching, oneOf } from "../../rules/formats.ts";
import { policyDocument } from "../../rules/policy-document.ts";
import { exclusive, format } from "../../rules/rule.ts";
import type { Rule } from "../../rules/rule.ts";
import { always, prefixed } from "../common.ts";

/** Retention that CloudWatch Logs takes, in days; 0 keeps events for ever. Source: Logs API, PutRetentionPolicy. */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The name of a log group: at most 512 characters, of `a-zA-Z0-9_-/.#`. */
function groupName(property: string): Rule {
  return format(property, matching(/^[.\-_/#A-Za-z0-9]{1,512}$/u, "1 to 512 letters, digits and _ - / . #"));
}

/** Source: CloudWatch Logs API Reference, CreateLogGroup. */
export const logGroup: Model = {
  type: "aws:cloudwatch/logGroup:LogGroup",
  id: (reading) => reading.text("name", prefixed("namePrefix")(reading)),
  autoName: { property: "name", unless: ["namePrefix"], maxLength: 512 },
  defaults: { retentionInDays: 0, skipDestroy: false },
  rules: [
    groupName("name"),
    format("name", notMatching(/^aws\//u, "names that start with `aws/` are AWS's own")),
    format("retentionInDays", oneOf(...RETENTION_DAYS)),
    format("logGroupClass", oneOf("DELIVERY", "INFREQUENT_ACCESS", "STANDARD")),
    format("kmsKeyId", arn("kms")),
    exclusive(["name", "namePrefix"]),
  ],
  replaces: ["logGroupClass", "name", "namePrefix"],
  computed: {
    arn: (reading) => reading.arn("logs", `log-group:${reading.text("name", reading.id)}`),
    deletionProtectionEnabled: always(false),
    logGroupClass: always("STANDARD"),
    name: (reading) => reading.id,
  },
  fromId: (id) => ({ name: id }),
};

export const logStream: Model = {
  type: "aws:cloudwatch/logStream:LogStream",
  id: (reading) => reading.text("name"),
  rules: [
    groupName("logGroupName"),
    format("name", length(1, 512), notMatching(/[:*]/u, "`:` and `*` are not allowed")),
  ],
  replaces: ["logGroupName", "name"],
  computed: {
    arn: (reading) =>
      reading.arn("logs", `log-group:${reading.text("logGroupName")}:log-stream:${reading.id}`),
  },
};

export const logResourcePolicy: Model = {
  type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  id: (reading) => reading.text("policyName", reading.text("resourceArn")),
  rules: [
    format("policyDocument", policyDocument("resource", 5120)),
    format("resourceArn", arn("logs")),
    exclusive(["policyName", "resourceArn"]),
  ],
  replaces: ["policyName", "resourceArn"],
  comparisons: { policyDocument: "policy" },
  computed: {
    policyScope: (reading) => (reading.has("resourceArn") ? "RESOURCE" : "ACCOUNT"),
    revisionId: (reading) => reading.hex("revision", 32),
  },
};

export const logMetricFilter: Model = {
  type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  id: (reading) => reading.text("name"),
  autoName: { property: "name", maxLength: 512 },
  rules: [
    groupName("logGroupName"),
    format("pattern", length(0, 1024)),
    format("name", notMatching(/[:*]/u, "`:` and `*` are not allowed")),
    ...["name", "namespace"].map((property) =>
      format(
        `metricTransformation.${property}`,
        length(1, 255),
        notMatching(/[:*$]/u, "`:`, `*` and `$` are not allowed"),
      ),
    ),
    format("metricTransformation.value", length(1, 100)),
    format("metricTransformation.dimensions", (value) =>
      isWireMap(value) && Object.keys(value).length > 3 ? "has more than 3 of them" : undefined,
    ),
    exclusive(["defaultValue", "dimensions"], "metricTransformation"),
  ],
  replaces: ["logGroupName", "name"],
};

export const logSubscriptionFilter: Model = {
  type: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  id: (reading) => `cwlsf-${Number.parseInt(reading.hex("filter", 8), 16)}`,
  defaults: { distribution: "ByLogStream" },
  rules: [
    groupName("logGroup"),
    format("destinationArn", arn()),
    format("roleArn", arn("iam")),
    format("filterPattern", length(0, 1024)),
    format("distribution", oneOf("ByLogStream", "Random")),
  ],
  replaces: ["destinationArn", "logGroup", "name"],
};
