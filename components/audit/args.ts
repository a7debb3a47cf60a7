import type { NamedQueryArgs } from "@pulumi/aws/athena/namedQuery.js";
import type { WorkgroupArgs } from "@pulumi/aws/athena/workgroup.js";
import type { TrailArgs } from "@pulumi/aws/cloudtrail/trail.js";
import type { DashboardArgs } from "@pulumi/aws/cloudwatch/dashboard.js";
import type { EventRuleArgs } from "@pulumi/aws/cloudwatch/eventRule.js";
import type { EventTargetArgs } from "@pulumi/aws/cloudwatch/eventTarget.js";
import type { LogGroupArgs } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { LogMetricFilterArgs } from "@pulumi/aws/cloudwatch/logMetricFilter.js";
import type { LogResourcePolicyArgs } from "@pulumi/aws/cloudwatch/logResourcePolicy.js";
import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import type { CatalogDatabaseArgs } from "@pulumi/aws/glue/catalogDatabase.js";
import type { CatalogTableArgs } from "@pulumi/aws/glue/catalogTable.js";
import type { RoleArgs } from "@pulumi/aws/iam/role.js";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy.js";
import type { AliasArgs } from "@pulumi/aws/kms/alias.js";
import type { KeyArgs } from "@pulumi/aws/kms/key.js";
import type { BucketArgs } from "@pulumi/aws/s3/bucket.js";
import type { BucketLifecycleConfigurationArgs } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import type { BucketObjectLockConfigurationArgs } from "@pulumi/aws/s3/bucketObjectLockConfiguration.js";
import type { BucketOwnershipControlsArgs } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import type { BucketPolicyArgs } from "@pulumi/aws/s3/bucketPolicy.js";
import type { BucketPublicAccessBlockArgs } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import type { BucketServerSideEncryptionConfigurationArgs } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import type { BucketVersioningArgs } from "@pulumi/aws/s3/bucketVersioning.js";
import type { TopicArgs } from "@pulumi/aws/sns/topic.js";
import type { TopicPolicyArgs } from "@pulumi/aws/sns/topicPolicy.js";
import type { TopicSubscriptionArgs } from "@pulumi/aws/sns/topicSubscription.js";
import type { Input } from "@pulumi/pulumi";
import type { CommonArgs } from "../core/common.ts";
import type { Transform } from "../core/transform.ts";

/**
 * What happens with sessions: a shell is started, resumed or ended; a tunnel (port forwarding or SSH) is opened; a command
 * is run (Run Command, or a session of a fixed command); a start is denied. Each call of the API is of exactly one kind.
 */
export type SessionEvent = "command" | "denied" | "end" | "resume" | "start" | "tunnel";

/** A trail that is there already, in this account or, of an organization, in another one. */
export interface ExistingTrail {
  /** The bucket that it writes to. */
  readonly bucketName: Input<string>;
  /**
   * The prefix of the trail in the bucket, in front of `AWSLogs`, without a slash at either end.
   * @default none
   */
  readonly s3KeyPrefix?: string;
  /**
   * The organization, as `o-a1b2c3d4e5`, where it is a trail of the organization: its id stands in the paths.
   * @default none
   */
  readonly organizationId?: string;
  /**
   * The log group of this account and Region that it writes to; without one there are no alarms.
   * @default none
   */
  readonly logGroupName?: Input<string>;
  /**
   * The key that encrypts its files, for the permissions of auditors. The key's own policy must let them too.
   * @default none
   */
  readonly keyArn?: Input<string>;
}

/** One entry for each kind of child. TypeScript only. @default none of them is changed */
export interface SessionAuditTransforms {
  readonly key?: Transform<KeyArgs>;
  readonly alias?: Transform<AliasArgs>;
  readonly trail?: Transform<TrailArgs>;
  readonly trailRole?: Transform<RoleArgs>;
  readonly trailRolePolicy?: Transform<RolePolicyArgs>;
  /** Of the trail's log group and of the events'; a function is told the name. */
  readonly logGroup?: Transform<LogGroupArgs>;
  readonly logResourcePolicy?: Transform<LogResourcePolicyArgs>;
  /** The entries about buckets are of the trail's bucket and of the bucket of query results. */
  readonly bucket?: Transform<BucketArgs>;
  readonly bucketPolicy?: Transform<BucketPolicyArgs>;
  readonly versioning?: Transform<BucketVersioningArgs>;
  readonly encryption?: Transform<BucketServerSideEncryptionConfigurationArgs>;
  readonly publicAccessBlock?: Transform<BucketPublicAccessBlockArgs>;
  readonly ownership?: Transform<BucketOwnershipControlsArgs>;
  readonly lifecycle?: Transform<BucketLifecycleConfigurationArgs>;
  readonly objectLock?: Transform<BucketObjectLockConfigurationArgs>;
  readonly topic?: Transform<TopicArgs>;
  readonly topicPolicy?: Transform<TopicPolicyArgs>;
  readonly subscription?: Transform<TopicSubscriptionArgs>;
  readonly rule?: Transform<EventRuleArgs>;
  readonly target?: Transform<EventTargetArgs>;
  readonly metricFilter?: Transform<LogMetricFilterArgs>;
  readonly alarm?: Transform<MetricAlarmArgs>;
  readonly workgroup?: Transform<WorkgroupArgs>;
  readonly database?: Transform<CatalogDatabaseArgs>;
  readonly table?: Transform<CatalogTableArgs>;
  readonly namedQuery?: Transform<NamedQueryArgs>;
  readonly dashboard?: Transform<DashboardArgs>;
}

export interface SessionAuditArgs extends CommonArgs {
  /**
   * Names of the documents whose sessions are logged. A session that is started with any other document, or with none,
   * raises the alarm `unlogged`. An empty list: every session does.
   */
  readonly loggedDocuments: readonly Input<string>[];
  /**
   * Names of one's own Port documents: their sessions are tunnels, and no surprise to the alarm `unlogged`, although AWS
   * cannot log what goes through them. AWS's own documents for port forwarding and SSH are tunnels too, and do raise it.
   * @default none
   */
  readonly tunnelDocuments?: readonly Input<string>[];
  /**
   * Names of one's own documents for single commands, whose sessions are told of as commands. To be no surprise to the
   * alarm `unlogged`, they stand in `loggedDocuments` too.
   * @default none
   */
  readonly commandDocuments?: readonly Input<string>[];
  /**
   * ARNs of the roles for emergencies. Assuming one raises the alarm `break-glass`.
   * @default none
   */
  readonly breakGlassRoleArns?: readonly Input<string>[];
  /**
   * How many starts that are denied within five minutes raise the alarm `denied`, 1 to 1000.
   * @default 3
   */
  readonly deniedStartsThreshold?: number;
  /**
   * Where what happened and alarms are sent by e-mail, at most 10 addresses. Each of them has to confirm first.
   * @default none
   */
  readonly emails?: readonly string[];
  /**
   * What the topic is told of; the log group is told of everything. An empty list: of nothing but alarms.
   * @default all of it
   */
  readonly notifyOn?: readonly SessionEvent[];
  /**
   * A trail that is there already. CloudTrail takes nothing for the first copy of management events in a Region, and
   * about 2 USD for 100,000 events of every further trail.
   * @default a trail of its own, of all Regions, with validated files
   */
  readonly trail?: ExistingTrail;
  /**
   * Send the own trail to a log group too, which the alarms read. About 0.50 USD a GB.
   * @default true; not with `trail`
   */
  readonly trailLogGroup?: boolean;
  /**
   * Metric filters and alarms where the trail has a log group. 0.10 USD a month each.
   * @default true where there is a log group
   */
  readonly alarms?: boolean;
  /**
   * An Athena workgroup with a table over the trail and queries that are ready to run. A query is charged by what it
   * reads, about 5 USD a TB.
   * @default true
   */
  readonly history?: boolean;
  /**
   * Regions that the table covers.
   * @default all that the account has enabled
   */
  readonly regions?: readonly string[];
  /**
   * Accounts that the table covers, for a trail of an organization.
   * @default the component's own
   */
  readonly accountIds?: readonly string[];
  /**
   * Days back that the table covers, 1 to 3650.
   * @default as long as the own trail is kept; 365 with `trail`, 3650 where nothing expires
   */
  readonly historyDays?: number;
  /**
   * GiB after which a query is stopped, 1 to 10240.
   * @default 100, about 0.50 USD
   */
  readonly queryLimitGib?: number;
  /**
   * Days that the results of queries are kept, 1 to 365.
   * @default 30
   */
  readonly resultDays?: number;
  /**
   * A CloudWatch dashboard of the alarms and the latest events. 3 USD a month.
   * @default false
   */
  readonly dashboard?: boolean;
  /**
   * Days that the log groups keep events, one of the values that CloudWatch accepts; 0: for ever.
   * @default 365
   */
  readonly retentionDays?: number;
  /**
   * Days that the own trail's files are kept, 0 to 36500; 0: for ever.
   * @default 365, or as long as `objectLockDays`
   */
  readonly expirationDays?: number;
  /**
   * Days for which no file of the own trail can be deleted or overwritten, 1 to 36500. Can be switched on only with the
   * bucket.
   * @default none
   */
  readonly objectLockDays?: number;
  /**
   * Who may lift the lock: in `GOVERNANCE` those with `s3:BypassGovernanceRetention`, in `COMPLIANCE` nobody.
   * @default "GOVERNANCE"
   */
  readonly objectLockMode?: "COMPLIANCE" | "GOVERNANCE";
  /**
   * Days between rotations of the key, 90 to 2560.
   * @default 365
   */
  readonly keyRotationDays?: number;
  /**
   * Days that a deleted key can still be recovered, 7 to 30.
   * @default 30
   */
  readonly keyDeletionWindowDays?: number;
  /**
   * Let `pulumi destroy` delete buckets that still hold files, and a workgroup that still holds queries of people's own.
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Changes to single children: an object laid over their arguments, or a function. TypeScript only.
   * @default none
   */
  readonly transform?: SessionAuditTransforms;
}
