import type { AssociationArgs } from "@pulumi/aws/ssm/association.js";
import type { DocumentArgs } from "@pulumi/aws/ssm/document.js";
import type { CommonArgs } from "../core/common.ts";
import type { SessionPreferences } from "../core/session-preferences.ts";
import type { Transform } from "../core/transform.ts";
import type { CommandParameterArgs } from "../documents/args.ts";

export type CommandPlatform = "Linux" | "MacOS" | "Windows";

/** One step: a script that runs where the platform is its own. It runs as root or administrator, as Run Command does. */
export interface CommandStepArgs {
  /** 1 to 64 letters, digits and `_`; no two steps share one. */
  readonly name: string;
  /**
   * Shell on Linux and macOS, PowerShell on Windows.
   * @default "Linux"
   */
  readonly platform?: CommandPlatform;
  /** The lines of the script; `{{ name }}` stands for a parameter. At least one. */
  readonly commands: readonly string[];
  /**
   * Seconds after which the script is stopped, and the step has failed: 5 to 172800.
   * @default 600
   */
  readonly timeoutSeconds?: number;
  /**
   * The folder that the script runs in.
   * @default none: the agent's own
   */
  readonly workingDirectory?: string;
  /**
   * What comes after a failure: `exit` runs no further step, `continue` runs the next one. Needs agent 3.0.502.0.
   * @default "exit"
   */
  readonly onFailure?: "continue" | "exit";
}

/** Says whether machines are well: exits with 1 where they are not. On Linux and Windows. */
export interface HealthCheckArgs {
  /**
   * Services that must run, as systemd and Windows call them. A machine is asked about all of them.
   * @default none
   */
  readonly services?: readonly string[];
  /**
   * How full a local file system may be, in percent: 1 to 100.
   * @default 90
   */
  readonly maxDiskPercent?: number;
}

/** Prints logs, which the agent writes whole to the log bucket. Needs a log bucket. On Linux. */
export interface CollectLogsArgs {
  /** Files, each an absolute path without wildcards. One that is not there is named, and no failure. */
  readonly paths: readonly string[];
  /**
   * Whether the journal of systemd is collected, too.
   * @default true
   */
  readonly journal?: boolean;
  /**
   * How many lines of each, from the end: 1 to 100000.
   * @default 5000
   */
  readonly lines?: number;
}

/**
 * Restarts a service, and sees whether it comes up and stays so. One machine at a time, and none after the first on which it
 * does not, unless `maxConcurrency` and `maxErrors` say otherwise. On Linux with systemd.
 */
export interface RestartServiceArgs {
  /** The unit, as `nginx` or `orders.service`. */
  readonly service: string;
  /**
   * Seconds for which the service must stay up before the next machine's turn: 1 to 3600.
   * @default 30
   */
  readonly settleSeconds?: number;
}

/** Takes the right to become root away from `ssm-user`, the user of sessions that run as nobody else. */
export interface WithoutSudoArgs {
  /**
   * Also take `ssm-user` out of the administrators of Windows.
   * @default true
   */
  readonly windows?: boolean;
}

/** Run the document by itself, on the machines that carry the tags, and on each that joins them. */
export interface CommandAssociationArgs {
  /**
   * When, beside at once: `rate(1 day)`, at least 30 minutes, or `cron(0 2 ? * SUN *)`, in UTC.
   * @default none: once on each machine
   */
  readonly scheduleExpression?: string;
  /**
   * Whether it waits for the schedule, and does not run at once.
   * @default false
   */
  readonly onlyAtSchedule?: boolean;
}

/** One entry for each kind of child. @default none of them is changed */
export interface CommandDocumentTransforms {
  readonly document?: Transform<DocumentArgs>;
  readonly association?: Transform<AssociationArgs>;
}

/**
 * Arguments of CommandDocument. Exactly one of `steps`, `healthCheck`, `collectLogs`, `restartService` and `withoutSudo`
 * says what is run.
 *
 * Run Command costs nothing on EC2 but for the logs of its output.
 */
export interface CommandDocumentArgs extends CommonArgs {
  /**
   * Scripts of one's own, in their order.
   * @default none
   */
  readonly steps?: readonly CommandStepArgs[];
  /**
   * Whether the machines are well: their disks and services.
   * @default none
   */
  readonly healthCheck?: HealthCheckArgs;
  /**
   * The logs of the machines, to the log bucket.
   * @default none
   */
  readonly collectLogs?: CollectLogsArgs;
  /**
   * A restart that stops at the first machine that does not come back.
   * @default none
   */
  readonly restartService?: RestartServiceArgs;
  /**
   * Sessions as `ssm-user` without the right to become root.
   * @default none
   */
  readonly withoutSudo?: WithoutSudoArgs;
  /**
   * What whoever runs the document may set: each says what it admits, as it ends up in a script that runs as root. With
   * `steps` only.
   * @default none
   */
  readonly parameters?: Readonly<Record<string, CommandParameterArgs>>;
  /** Where the output is written: `SessionLogging.preferences`. Its key encrypts what is at rest there. */
  readonly logging: SessionPreferences;
  /** Tags of the machines that it runs on, all of them: 1 to 5. A BastionlessInstance says its own as `accessTags`. */
  readonly instanceTags: Readonly<Record<string, string>>;
  /**
   * On how many machines it runs at once: a number, or a share as `10%`.
   * @default "10%", "1" with `restartService`
   */
  readonly maxConcurrency?: string;
  /**
   * After how many failures it is sent to no further machine: a number, or a share as `5%`. What runs goes on.
   * @default "0": after the first
   */
  readonly maxErrors?: string;
  /**
   * Seconds in which a machine must take the command, or it is given up there: 30 to 2592000.
   * @default 600
   */
  readonly deliveryTimeoutSeconds?: number;
  /**
   * Run it by itself. Its output goes to the log bucket alone: associations write to no log group.
   * @default none: it runs when somebody runs it
   */
  readonly association?: CommandAssociationArgs;
  /**
   * The document's name in AWS: 3 to 128 letters, digits and `_.-`.
   * @default `<namePrefix>-<name of the component>`
   */
  readonly documentName?: string;
  /** @default a sentence about what the document does */
  readonly description?: string;
  /**
   * Changes to children that the arguments here do not offer. TypeScript only.
   * @default none
   */
  readonly transform?: CommandDocumentTransforms;
}
