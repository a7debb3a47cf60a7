import { argument, connectCommand } from "../instance/session-commands.ts";

/**
 * Command lines of the AWS CLI that find the instances of a fleet, and open sessions on them. Pure.
 *
 * Instances are found by the tag that Auto Scaling itself gives them, which nobody else can set.
 * Source: Auto Scaling User Guide, "Tag Auto Scaling groups and instances".
 */

export interface FleetTarget {
  readonly groupName: string;
  readonly region: string;
}

/** Square brackets mean something to some shells, but not within double quotes. */
function describeInstances({ groupName, region }: FleetTarget, query: string): string {
  return [
    "aws ec2 describe-instances",
    `--region ${argument(region)}`,
    "--filters",
    argument(`Name=tag:aws:autoscaling:groupName,Values=${groupName}`),
    argument("Name=instance-state-name,Values=running"),
    `--query "${query}"`,
    "--output text",
  ].join(" ");
}

/** Ids of the running instances: the same in a POSIX shell, PowerShell and cmd. */
export function listCommand(target: FleetTarget): string {
  return describeInstances(target, "Reservations[].Instances[].InstanceId");
}

/** A shell on the instance of an id. */
export function connectToCommand(
  { region }: FleetTarget,
  instanceId: string,
  documentName: string | undefined,
): string {
  return connectCommand({ instanceId, region }, documentName);
}

/** A shell on any running instance: in a POSIX shell and in PowerShell, not in cmd, which has no `$(…)`. */
export function connectToAnyCommand(target: FleetTarget, documentName: string | undefined): string {
  const any = `$(${describeInstances(target, "Reservations[0].Instances[0].InstanceId")})`;
  const document = documentName === undefined ? "" : ` --document-name ${argument(documentName)}`;
  return `aws ssm start-session --target ${any} --region ${argument(target.region)}${document}`;
}
