import type { Model } from "../../model.ts";
import { arn, length, oneOf, wholeNumber } from "../../rules/formats.ts";
import { exactlyOne, exclusive, format, needs } from "../../rules/rule.ts";

const OPERATORS = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "GreaterThanUpperThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanThreshold",
];

/** Source: CloudWatch API Reference, PutMetricAlarm. */
export const metricAlarm: Model = {
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  id: (reading) => reading.text("name"),
  defaults: { actionsEnabled: true, treatMissingData: "missing" },
  rules: [
    format("comparisonOperator", oneOf(...OPERATORS)),
    format("evaluationPeriods", wholeNumber(1, 2_147_483_647)),
    format("statistic", oneOf("Average", "Maximum", "Minimum", "SampleCount", "Sum")),
    format("treatMissingData", oneOf("breaching", "ignore", "missing", "notBreaching")),
    format("alarmDescription", length(0, 1024)),
    format("name", length(1, 255)),
    format("alarmActions[]", arn()),
    format("okActions[]", arn()),
    format("insufficientDataActions[]", arn()),
    exclusive(["metricName", "metricQueries"]),
    exclusive(["extendedStatistic", "statistic"]),
    exclusive(["threshold", "thresholdMetricId"]),
    exactlyOne(["evaluationCriteria", "metricName", "metricQueries"]),
    needs("metricName", ["extendedStatistic", "statistic"]),
  ],
  replaces: ["name"],
  comparisons: { alarmActions: "set", okActions: "set", insufficientDataActions: "set" },
  computed: { arn: (reading) => reading.arn("cloudwatch", `alarm:${reading.id}`) },
};
