import { LogMetricFilter } from "@pulumi/aws/cloudwatch/logMetricFilter.js";
import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import type { Output } from "@pulumi/pulumi";
import { transformed } from "../core/transform.ts";
import type { AuditContext } from "./audit-context.ts";
import { alarmName, metricNamespace } from "./names.ts";

/** Seconds over which events are counted. */
export const ALARM_PERIOD = 300;

/** A metric filter over the trail and an alarm for each kind. Their ARNs, in the order of the plan. */
export function buildAlarms(
  context: AuditContext,
  logGroupName: Output<string>,
  topicArn: Output<string>,
): readonly Output<string>[] {
  const { parent, name, plan, transform } = context;
  const namespace = metricNamespace(plan.namePrefix);
  return plan.alarms.map((alarm) => {
    const physicalName = alarmName(plan.namePrefix, alarm.kind);
    const filter = new LogMetricFilter(
      ...transformed(
        transform.metricFilter,
        `${name}-filter-${alarm.kind}`,
        {
          name: physicalName,
          logGroupName,
          pattern: alarm.pattern,
          metricTransformation: {
            name: alarm.metricName,
            namespace,
            value: "1",
            defaultValue: "0",
            unit: "Count",
          },
        },
        { parent },
      ),
    );
    return new MetricAlarm(
      ...transformed(
        transform.alarm,
        `${name}-alarm-${alarm.kind}`,
        {
          name: physicalName,
          alarmDescription: alarm.description,
          namespace,
          metricName: alarm.metricName,
          statistic: "Sum",
          period: ALARM_PERIOD,
          evaluationPeriods: 1,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          threshold: alarm.threshold,
          // A trail that is silent for five minutes has nothing to tell of.
          treatMissingData: "notBreaching",
          alarmActions: [topicArn],
          tags: plan.tags,
        },
        { parent, dependsOn: [filter] },
      ),
    ).arn;
  });
}
