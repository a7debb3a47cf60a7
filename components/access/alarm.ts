/**
 * What EventBridge hears when a role is assumed, or a session is started with it: API calls that CloudTrail records.
 *
 * Source: EventBridge User Guide, "Receiving read-only management events from AWS services"; CloudTrail User Guide,
 * "CloudTrail userIdentity element".
 */
export function roleUsedPattern(roleArn: string): string {
  return JSON.stringify({
    "detail-type": ["AWS API Call via CloudTrail"],
    $or: [
      {
        source: ["aws.sts"],
        detail: {
          eventSource: ["sts.amazonaws.com"],
          eventName: ["AssumeRole"],
          requestParameters: { roleArn: [roleArn] },
        },
      },
      {
        source: ["aws.ssm"],
        detail: {
          eventSource: ["ssm.amazonaws.com"],
          eventName: ["StartSession"],
          userIdentity: { sessionContext: { sessionIssuer: { arn: [roleArn] } } },
        },
      },
    ],
  });
}
