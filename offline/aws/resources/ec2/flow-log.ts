import type { Model } from "../../model.ts";
import { arn, oneOf } from "../../rules/formats.ts";
import { exactlyOne, format, together } from "../../rules/rule.ts";

const SOURCES = [
  "eniId",
  "regionalNatGatewayId",
  "subnetId",
  "transitGatewayAttachmentId",
  "transitGatewayId",
  "vpcId",
];

/** The fields of a record where none are named. Source: VPC User Guide, "flow log records". */
const DEFAULT_FORMAT =
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} " +
  "${bytes} ${start} ${end} ${action} ${log-status}";

/** Source: EC2 API Reference, CreateFlowLogs. */
export const flowLog: Model = {
  type: "aws:ec2/flowLog:FlowLog",
  id: (reading) => `fl-0${reading.hex("flow", 16)}`,
  defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
  rules: [
    exactlyOne(SOURCES),
    format("logDestinationType", oneOf("cloud-watch-logs", "kinesis-data-firehose", "s3")),
    format("trafficType", oneOf("ACCEPT", "ALL", "REJECT")),
    format("maxAggregationInterval", oneOf(60, 600)),
    format("iamRoleArn", arn("iam")),
    format("deliverCrossAccountRole", arn("iam")),
    format("logDestination", arn()),
    together(["trafficType", "subnetId", "vpcId", "eniId"], ([traffic, ...ofNetwork]) =>
      traffic === undefined && ofNetwork.some((source) => source !== undefined)
        ? {
            property: "trafficType",
            reason: "a VPC, subnet or interface needs a traffic type: set `trafficType`",
          }
        : undefined,
    ),
    together(["logDestinationType", "logDestination", "iamRoleArn"], ([type, destination, role]) => {
      if (destination === undefined) {
        return {
          property: "logDestination",
          reason: "`logDestination` is required: set the ARN of a log group or bucket",
        };
      }
      return type === "cloud-watch-logs" && role === undefined
        ? { property: "iamRoleArn", reason: "delivery to CloudWatch Logs needs a role: set `iamRoleArn`" }
        : undefined;
    }),
  ],
  replaces: [
    ...SOURCES,
    "deliverCrossAccountRole",
    "destinationOptions",
    "iamRoleArn",
    "logDestination",
    "logDestinationType",
    "logFormat",
    "maxAggregationInterval",
    "trafficType",
  ],
  computed: {
    arn: (reading) => reading.arn("ec2", `vpc-flow-log/${reading.id}`),
    logFormat: () => DEFAULT_FORMAT,
  },
};
