import { argument } from "../instance/session-commands.ts";

/** What a command line that runs a document on a fleet is made of. */
export interface SendCommand {
  readonly documentName: string;
  readonly region: string;
  readonly instanceTags: Readonly<Record<string, string>>;
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly deliveryTimeoutSeconds: number;
  readonly s3BucketName: string | undefined;
  readonly s3KeyPrefix: string;
  readonly cloudWatchLogGroupName: string | undefined;
  /** Parameters that must be given, and what stands in their place. */
  readonly required: readonly string[];
}

/** A share has a sign that shells leave alone within double quotes; only a batch file of cmd takes two for one. */
function amount(value: string): string {
  return value.endsWith("%") ? `"${value}"` : argument(value);
}

/**
 * A command of the AWS CLI that runs the document, with its limits and with its output in the logs. Pure. Words in capital
 * letters stand for parameters that whoever runs it must choose.
 */
export function sendCommand(command: SendCommand): string {
  const words = [
    "aws",
    "ssm",
    "send-command",
    "--region",
    command.region,
    "--document-name",
    command.documentName,
    "--targets",
    ...Object.entries(command.instanceTags).map(([key, value]) => `Key=tag:${key},Values=${value}`),
  ].map(argument);
  words.push("--max-concurrency", amount(command.maxConcurrency));
  words.push("--max-errors", amount(command.maxErrors));
  words.push("--timeout-seconds", String(command.deliveryTimeoutSeconds));
  if (command.s3BucketName !== undefined) {
    words.push("--output-s3-bucket-name", argument(command.s3BucketName));
    words.push("--output-s3-key-prefix", argument(command.s3KeyPrefix));
  }
  if (command.cloudWatchLogGroupName !== undefined) {
    words.push(
      "--cloud-watch-output-config",
      argument(`CloudWatchOutputEnabled=true,CloudWatchLogGroupName=${command.cloudWatchLogGroupName}`),
    );
  }
  if (command.required.length > 0) {
    words.push(
      "--parameters",
      argument(command.required.map((name) => `${name}=${name.toUpperCase()}`).join(",")),
    );
  }
  return words.join(" ");
}
