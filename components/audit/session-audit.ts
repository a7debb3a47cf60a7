import { Dashboard } from "@pulumi/aws/cloudwatch/dashboard.js";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { arn, awsIdentity, type KnownIdentity } from "../core/identity.ts";
import type { Grant } from "../core/permissions.ts";
import { policyJson } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import { buildAlarms } from "./alarms.ts";
import type { SessionAuditArgs } from "./args.ts";
import type { AuditContext } from "./audit-context.ts";
import { dashboardBody } from "./dashboard.ts";
import { auditorKeyStatements, auditorStatements } from "./grants.ts";
import { buildHistory, type History } from "./history.ts";
import { auditKeyPolicy } from "./key-policy.ts";
import {
  alarmName,
  dashboardName,
  eventLogGroupName,
  metricNamespace,
  resultBucketName,
  TABLE,
  trailBucketName,
  trailLogGroupName,
} from "./names.ts";
import { buildNotifications } from "./notifications.ts";
import { planSessionAudit, type SessionAuditPlan } from "./plan.ts";
import { buildTrail, type TrailFacts } from "./trail.ts";

/**
 * What happened in sessions, told as it happens and kept to be asked about: a trail of CloudTrail, rules that tell a topic
 * and a log group of every session, tunnel and command, alarms on what is out of the ordinary, and a table with queries
 * that run on Athena over as much history as there is.
 *
 * CloudTrail tells of calls, not of what is typed: that is in the logs of `SessionLogging`, and what goes through tunnels
 * and SSH is nowhere. docs/audit.md says which question is answered where, and which cannot be.
 *
 * The rules hold for the component's Region; the trail, the alarms and the table for all of them. Events arrive with
 * CloudTrail's delay: seconds to a few minutes in EventBridge, about five minutes in the log group and the bucket.
 *
 * A month, without traffic: 1 USD for the key, 0.10 for each alarm, 3 for the dashboard; the rest by use, see the
 * arguments. The names are fixed: see `components/audit/names.ts`.
 *
 * @example
 * new SessionAudit("audit", { loggedDocuments: [shell.documentName], emails: ["security@example.org"] });
 */
export class SessionAudit extends pulumi.ComponentResource {
  /** Told of events and alarms; encrypted. */
  readonly topicArn: pulumi.Output<string>;
  /** Where every event is kept as EventBridge tells it. */
  readonly eventLogGroupName: pulumi.Output<string>;
  /** Undefined where the trail was there already. */
  readonly trailArn: pulumi.Output<string> | undefined;
  readonly trailBucketName: pulumi.Output<string>;
  /** Undefined where the trail has no log group. */
  readonly trailLogGroupName: pulumi.Output<string> | undefined;
  /** The key of all of it. */
  readonly keyArn: pulumi.Output<string>;
  readonly alarmArns: readonly pulumi.Output<string>[];
  /** Undefined without `history`, as the next four. */
  readonly workgroupName: pulumi.Output<string> | undefined;
  readonly databaseName: pulumi.Output<string> | undefined;
  readonly tableName: string | undefined;
  readonly resultBucketName: pulumi.Output<string> | undefined;
  /** The ids of Athena's named queries, by name, for `aws athena get-named-query`. */
  readonly queryIds: History["queryIds"] | undefined;
  /** What those need who read all this: the logs, the queries and their results. */
  readonly permissions: { readonly auditors: Grant };

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  constructor(name: string, args: SessionAuditArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const plan = planSessionAudit(name, args, currentDeployment());
    super("bastionless:index:SessionAudit", name, {}, opts);
    const { known } = awsIdentity(this);
    const transform = args.transform ?? {};
    const key = this.#key(name, args, plan, known);
    const context: AuditContext = { parent: this, name, plan, known, keyArn: key.arn, transform };
    const trail = trailOf(context);
    const { topic, logGroup } = buildNotifications(context);
    const alarmArns =
      trail.logGroupName === undefined ? [] : buildAlarms(context, trail.logGroupName, topic.arn);
    const history =
      plan.history === undefined ? undefined : buildHistory(context, plan.history, trail.bucketName);
    if (plan.dashboard) {
      buildDashboard(context);
    }

    this.keyArn = key.arn;
    this.topicArn = pulumi.all([known, topic.name]).apply(([at, topicName]) => arn(at, "sns", topicName));
    this.eventLogGroupName = logGroup.name;
    this.trailArn = trail.trailArn;
    this.trailBucketName = trail.bucketName;
    this.trailLogGroupName = trail.logGroupName;
    this.alarmArns = alarmArns;
    this.workgroupName = history?.workgroup.name;
    this.databaseName = history?.database.name;
    this.tableName = history && TABLE;
    this.resultBucketName = history?.resultBucketName;
    this.queryIds = history?.queryIds;
    this.permissions = { auditors: auditorGrant(context, trail) };
    this.registerOutputs({
      topicArn: this.topicArn,
      eventLogGroupName: this.eventLogGroupName,
      trailArn: this.trailArn,
      trailBucketName: this.trailBucketName,
      trailLogGroupName: this.trailLogGroupName,
      keyArn: this.keyArn,
      alarmArns: this.alarmArns,
      workgroupName: this.workgroupName,
      databaseName: this.databaseName,
      tableName: this.tableName,
      resultBucketName: this.resultBucketName,
      queryIds: this.queryIds,
    });
  }

  #key(
    name: string,
    args: SessionAuditArgs,
    plan: SessionAuditPlan,
    known: pulumi.Output<KnownIdentity>,
  ): Key {
    const { namePrefix } = plan;
    const ownTrail = plan.trail.kind === "own";
    const key = new Key(
      ...transformed(
        args.transform?.key,
        `${name}-key`,
        {
          description: `What is told and kept of the sessions of ${namePrefix}`,
          enableKeyRotation: true,
          rotationPeriodInDays: plan.keyRotationDays,
          deletionWindowInDays: plan.keyDeletionWindowDays,
          policy: known.apply((at) =>
            policyJson(
              auditKeyPolicy(at, {
                namePrefix,
                ownTrail,
                bucketNames: [
                  ...(ownTrail ? [trailBucketName(namePrefix, at)] : []),
                  ...(plan.history === undefined ? [] : [resultBucketName(namePrefix, at)]),
                ],
                logGroupNames: [eventLogGroupName(namePrefix), ...ownTrailLogGroup(plan)],
              }),
            ),
          ),
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    new Alias(
      ...transformed(
        args.transform?.alias,
        `${name}-alias`,
        { name: `alias/${namePrefix}-audit`, targetKeyId: key.keyId },
        { parent: this },
      ),
    );
    return key;
  }
}

function ownTrailLogGroup(plan: SessionAuditPlan): readonly string[] {
  return plan.trail.kind === "own" && plan.trail.logGroup ? [trailLogGroupName(plan.namePrefix)] : [];
}

function trailOf(context: AuditContext): TrailFacts {
  const { trail } = context.plan;
  return trail.kind === "own"
    ? buildTrail(context, trail)
    : {
        trailArn: undefined,
        bucketName: pulumi.output(trail.bucketName),
        logGroupName: trail.logGroupName === undefined ? undefined : pulumi.output(trail.logGroupName),
      };
}

function buildDashboard(context: AuditContext): void {
  const { parent, name, plan, known, transform } = context;
  const { namePrefix } = plan;
  new Dashboard(
    ...transformed(
      transform.dashboard,
      `${name}-dashboard`,
      {
        dashboardName: dashboardName(namePrefix),
        dashboardBody: known.apply((at) =>
          dashboardBody({
            region: at.region,
            namespace: metricNamespace(namePrefix),
            metricNames: plan.alarms.map(({ metricName }) => metricName),
            alarmArns: plan.alarms.map(({ kind }) =>
              arn(at, "cloudwatch", `alarm:${alarmName(namePrefix, kind)}`),
            ),
            eventLogGroupName: eventLogGroupName(namePrefix),
          }),
        ),
      },
      { parent },
    ),
  );
}

function auditorGrant(context: AuditContext, trail: TrailFacts): Grant {
  const { plan, known, keyArn } = context;
  const existing = plan.trail.kind === "existing" ? plan.trail : undefined;
  const facts = pulumi
    .all([known, trail.bucketName, trail.logGroupName])
    .apply(([at, bucketName, group]) => ({
      identity: at,
      namePrefix: plan.namePrefix,
      trailBucketName: bucketName,
      keyPrefix: existing?.s3KeyPrefix,
      history: plan.history !== undefined,
      logGroupNames: [eventLogGroupName(plan.namePrefix), ...(group === undefined ? [] : [group])],
    }));
  return {
    statements: facts.apply(auditorStatements),
    keyStatements: pulumi
      .all([facts, keyArn, existing === undefined ? keyArn : existing.keyArn])
      .apply(([read, key, trailKey]) => auditorKeyStatements(read, key, trailKey)),
    hasStatements: true,
    hasKeyStatements: plan.history !== undefined,
  };
}
