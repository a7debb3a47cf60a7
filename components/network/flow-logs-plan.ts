import type { Input } from "@pulumi/pulumi";
import { arnOf, oneOf } from "../core/checks.ts";
import { logRetentionDays } from "../core/log-retention.ts";
import { nameOf, physicalName } from "../core/names.ts";
import type { Problems } from "../core/problems.ts";
import type { FlowLogsArgs } from "./private-network-args.ts";

export interface FlowLogsPlan {
  readonly trafficType: "ACCEPT" | "ALL" | "REJECT";
  readonly retentionDays: number;
  readonly aggregationSeconds: number;
  /** `undefined`: a key is built. */
  readonly kmsKeyArn: Input<string> | undefined;
  readonly logGroupName: string;
  readonly roleName: string;
  readonly aliasName: string;
}

/** Checks and completes what flow logs are built from. */
export function planFlowLogs(
  problems: Problems,
  name: string,
  args: FlowLogsArgs,
  prefix: string,
): FlowLogsPlan {
  const trafficType = args.trafficType ?? "ALL";
  problems.check("flowLogs.trafficType", trafficType, oneOf(["ACCEPT", "ALL", "REJECT"]));
  const retentionDays = args.retentionDays ?? 90;
  problems.check("flowLogs.retentionDays", retentionDays, logRetentionDays);
  const aggregationSeconds = args.aggregationSeconds ?? 600;
  problems.check("flowLogs.aggregationSeconds", aggregationSeconds, oneOf([60, 600]));
  const physical = `${prefix}-${name}-flow-logs`;
  const logGroupName = `/vpc/${physical}`;
  const aliasName = `alias/${physical}`;
  problems.check("name", logGroupName, nameOf("logGroup"));
  problems.check("name", aliasName, nameOf("kmsAlias"));
  return {
    trafficType,
    retentionDays,
    aggregationSeconds,
    kmsKeyArn:
      args.kmsKeyArn === undefined
        ? undefined
        : problems.input(
            "flowLogs.kmsKeyArn",
            args.kmsKeyArn,
            arnOf("kms", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
          ),
    logGroupName,
    roleName: physicalName(problems, "iamRole", prefix, `${name}-flow-logs`, "name"),
    aliasName,
  };
}
