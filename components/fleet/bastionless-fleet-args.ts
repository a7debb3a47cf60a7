import type { GroupArgs } from "@pulumi/aws/autoscaling/group.js";
import type { ScheduleArgs } from "@pulumi/aws/autoscaling/schedule.js";
import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate.js";
import type { Input } from "@pulumi/pulumi";
import type { Transform } from "../core/transform.ts";
import type { InstanceNetwork, MachineArgs, MachineTransform } from "../instance/machine-args.ts";

/** A time at which a fleet gets another size. */
export interface FleetSchedule {
  /**
   * When, in the five fields of Unix' cron: minute (0-59), hour (0-23), day of the month (1-31), month (1-12 or
   * JAN-DEC), day of the week (0-6 or SUN-SAT), as `0 20 * * MON-FRI`. Lists, ranges and steps are possible. Where both
   * days are given, either one counts.
   */
  readonly cron: string;
  /** How many instances run from then on: `minSize` to `maxSize`. */
  readonly size: number;
  /**
   * The time zone of `cron`, by its name in the IANA database, as `Europe/Berlin`. It follows summer time.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
}

/**
 * Arguments of {@link BastionlessFleet}.
 *
 * What decides which resources are built is plain; everything else may be an output. The group itself costs nothing:
 * instances, their volumes and their metrics do.
 */
export interface BastionlessFleetArgs extends MachineArgs {
  /**
   * The network to join, in all of its zones. Either this, or `vpcId` and `subnetIds`.
   *
   * @default none
   */
  readonly network?: InstanceNetwork;
  /** The VPC of `subnetIds`. Needs `subnetIds`, excludes `network`. */
  readonly vpcId?: Input<string>;
  /**
   * 1 to 20 subnets of any VPC, at best one a zone. It is up to their owner that instances reach Systems Manager from
   * there. Needs `vpcId`, excludes `network`.
   */
  readonly subnetIds?: readonly Input<string>[];
  /**
   * 1 to 40 instance types, all of one architecture, the preferred ones first: on-demand instances take the first that
   * has capacity, spot instances what `spotAllocation` says. Mac types are not possible: a Mac needs a host of its own.
   *
   * @default ["t4g.small"], ["t3.small"] on x86_64, ["t3.medium"] for Windows
   */
  readonly instanceTypes?: readonly string[];
  /**
   * The least number of instances, 0 to 10000.
   *
   * @default 1, or the smallest size of `schedules` where that is 0
   */
  readonly minSize?: number;
  /**
   * The largest number of instances, from `minSize` to 10000.
   *
   * @default the largest of `minSize`, `size`, the sizes of `schedules`, and 1
   */
  readonly maxSize?: number;
  /**
   * How many instances run, `minSize` to `maxSize`. With `schedules` only at first, and after that they say.
   *
   * @default left to Auto Scaling: `minSize` at first, then whatever scaling made of it
   */
  readonly size?: number;
  /**
   * Sizes by time, by a name of 1 to 32 lower-case letters, digits and hyphens: scale to zero at night, and up again.
   * Up to 125.
   *
   * @example
   * schedules: {
   *   evening: { cron: "0 20 * * MON-FRI", size: 0, timeZone: "Europe/Berlin" },
   *   morning: { cron: "0 7 * * MON-FRI", size: 3, timeZone: "Europe/Berlin" },
   * }
   * @default none
   */
  readonly schedules?: Readonly<Record<string, FleetSchedule>>;
  /**
   * How much of what is above `onDemandBase` runs on spot, in percent: 0 to 100. Spot costs about a third, and AWS takes
   * it back with two minutes' notice, which ends the sessions on it. Several `instanceTypes` make that rarer. The account
   * needs EC2's service-linked role for spot, which its first spot request through the console makes.
   *
   * @default 0
   */
  readonly spotPercent?: number;
  /**
   * How many instances are on-demand in any case, 0 to `maxSize`.
   *
   * Only with `spotPercent`.
   *
   * @default 0
   */
  readonly onDemandBase?: number;
  /**
   * How spot capacity is chosen.
   *
   * Only with `spotPercent`.
   *
   * @default "price-capacity-optimized"
   */
  readonly spotAllocation?:
    | "capacity-optimized"
    | "capacity-optimized-prioritized"
    | "lowest-price"
    | "price-capacity-optimized";
  /**
   * Whether a spot instance in danger of being taken back is replaced before it is.
   *
   * Only with `spotPercent`.
   *
   * @default true with `spotPercent`
   */
  readonly capacityRebalance?: boolean;
  /**
   * Makes a warm pool: instances that were booted once and start in seconds. It holds as many as are missing to `maxSize`,
   * and at least this many, 0 to `maxSize`. Stopped ones cost their volumes.
   *
   * AWS refuses a warm pool with spot, and with several instance types.
   *
   * @default no warm pool
   */
  readonly warmPoolMinSize?: number;
  /**
   * Whether instances of the warm pool are stopped or run, and cost as such.
   *
   * Only with `warmPoolMinSize`.
   *
   * @default "Stopped"
   */
  readonly warmPoolState?: "Running" | "Stopped";
  /**
   * Whether an instance that is scaled in returns to the warm pool, with all that people left on it.
   *
   * Only with `warmPoolMinSize`.
   *
   * @default false
   */
  readonly warmPoolReuse?: boolean;
  /**
   * Seconds after its start in which an instance is not replaced for being unhealthy: 0 to 7200.
   *
   * @default 120
   */
  readonly healthCheckGraceSeconds?: number;
  /**
   * Seconds that an instance takes until it counts as ready, in scaling and in a refresh: 0 to 7200.
   *
   * @default 60
   */
  readonly instanceWarmupSeconds?: number;
  /**
   * Whether a change of what instances are launched with (image, types, user data, tags, role) replaces those that run,
   * a few at a time. That ends the sessions on them. `false` leaves it at new ones.
   *
   * @default true
   */
  readonly rollingRefresh?: boolean;
  /**
   * How much of the fleet stays healthy during a refresh, in percent: 0 to 100. With 100 the new ones start first.
   *
   * Only with `rollingRefresh`.
   *
   * @default 100
   */
  readonly minHealthyPercent?: number;
  /**
   * How large the fleet may get during a refresh, in percent: 100 to 200, and at most 100 above `minHealthyPercent`.
   *
   * Only with `rollingRefresh`.
   *
   * @default 110, or 100 above `minHealthyPercent` where that is less
   */
  readonly maxHealthyPercent?: number;
  /**
   * Days after which an instance is replaced, so that none grows old: 1 to 365.
   *
   * @default none
   */
  readonly maxInstanceLifetimeDays?: number;
  /**
   * What the image `amiId` calls its root volume, which is then encrypted and of `rootVolumeGib`: under another name the
   * volume of the image stays as it is, beside a new one.
   *
   * Only with `amiId`.
   *
   * @default what the image of `os` calls it
   */
  readonly rootDeviceName?: string;
  /**
   * Changes to children that the arguments here do not offer. TypeScript only.
   *
   * @default none
   */
  readonly transform?: BastionlessFleetTransform;
}

/** One entry per kind of child; `egressRule`, `rolePolicy`, `policyAttachment` and `schedule` apply to each of theirs. */
export interface BastionlessFleetTransform extends MachineTransform {
  readonly launchTemplate?: Transform<LaunchTemplateArgs>;
  readonly group?: Transform<GroupArgs>;
  readonly schedule?: Transform<ScheduleArgs>;
}
