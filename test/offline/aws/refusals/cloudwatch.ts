import type { WireMap } from "../../../../offline/protocol/wire.ts";
import type { Refusals } from "./refusals.ts";

function metric(over: WireMap): WireMap {
  return { metricTransformation: { name: "errors", namespace: "app", value: "1", ...over } };
}

function paths(inputPaths: WireMap): WireMap {
  return { inputPaths, inputTemplate: '"x"' };
}

/** What AWS refuses of CloudWatch, Logs and EventBridge. */
export const CLOUDWATCH_REFUSALS: Refusals = {
  "aws:cloudwatch/logGroup:LogGroup": [
    [{ name: "aws/x" }, "name"],
    [{ logGroupClass: "COLD" }, "logGroupClass"],
    [{ name: "a", namePrefix: "b" }, "name"],
  ],
  "aws:cloudwatch/eventTarget:EventTarget": [
    [{ rule: "a b" }, "rule"],
    [{ targetId: "a:b" }, "targetId"],
    [{ inputTransformer: paths({ AWSid: "$.id" }) }, "inputTransformer.inputPaths"],
    [{ inputTransformer: paths({ "a.b": "$.id" }) }, "inputTransformer.inputPaths"],
    [
      {
        inputTransformer: paths(
          Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, "$.id"])),
        ),
      },
      "inputTransformer.inputPaths",
    ],
  ],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": [
    [{ logGroupName: "a b" }, "logGroupName"],
    [{ pattern: "p".repeat(1025) }, "pattern"],
    [{ name: "a:b" }, "name"],
    [{ metricTransformation: { name: "n" } }, "metricTransformation.namespace"],
    [metric({ name: "a:b" }), "metricTransformation.name"],
    [metric({ namespace: "$a" }), "metricTransformation.namespace"],
    [metric({ namespace: "n".repeat(256) }), "metricTransformation.namespace"],
    [metric({ value: "" }), "metricTransformation.value"],
    [metric({ dimensions: { a: "$.a", b: "$.b", c: "$.c", d: "$.d" } }), "metricTransformation.dimensions"],
    [metric({ dimensions: { a: "$.a" }, defaultValue: "0" }), "metricTransformation.defaultValue"],
  ],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": [
    [{ policyDocument: "{}" }, "policyDocument"],
    [{ resourceArn: "arn:aws:logs:us-east-1:123456789012:log-group:/a" }, "policyName"],
  ],
  "aws:cloudwatch/logStream:LogStream": [
    [{ name: "a:b" }, "name"],
    [{ logGroupName: "a b" }, "logGroupName"],
  ],
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": [
    [{ destinationArn: "f" }, "destinationArn"],
    [{ roleArn: "arn:aws:s3:::b" }, "roleArn"],
    [{ distribution: "Even" }, "distribution"],
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    [{ comparisonOperator: ">" }, "comparisonOperator"],
    [{ evaluationPeriods: 0 }, "evaluationPeriods"],
    [{ statistic: "Median" }, "statistic"],
    [{ treatMissingData: "skip" }, "treatMissingData"],
    [{ alarmActions: ["me"] }, "alarmActions[0]"],
    [{ okActions: ["me"] }, "okActions[0]"],
    [{ insufficientDataActions: ["me"] }, "insufficientDataActions[0]"],
    [{ metricQueries: [{ id: "q" }] }, "metricName"],
    [{ extendedStatistic: "p90" }, "extendedStatistic"],
    [{ alarmDescription: "d".repeat(1025) }, "alarmDescription"],
  ],
};
