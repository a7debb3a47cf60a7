import { NamedQuery } from "@pulumi/aws/athena/namedQuery.js";
import { Workgroup } from "@pulumi/aws/athena/workgroup.js";
import { getRegionsOutput } from "@pulumi/aws/getRegions.js";
import { CatalogDatabase } from "@pulumi/aws/glue/catalogDatabase.js";
import { CatalogTable } from "@pulumi/aws/glue/catalogTable.js";
import * as pulumi from "@pulumi/pulumi";
import { policyJson } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { AuditContext } from "./audit-context.ts";
import { resultBucketPolicy } from "./bucket-policies.ts";
import { buildClosedBucket } from "../logging/closed-bucket.ts";
import { AWS_COMMAND_DOCUMENTS, AWS_TUNNEL_DOCUMENTS } from "./event-patterns.ts";
import { databaseName, resultBucketName, TABLE, workgroupName } from "./names.ts";
import type { HistoryPlan } from "./plan.ts";
import { QUERIES, type QueryName, sqlOf } from "./queries.ts";
import { COLUMNS, location, parameters, PARTITIONS, STORAGE } from "./table.ts";

export interface History {
  readonly workgroup: Workgroup;
  readonly database: CatalogDatabase;
  readonly resultBucketName: pulumi.Output<string>;
  /** The ids of the named queries, by name. */
  readonly queryIds: Readonly<Record<QueryName, pulumi.Output<string>>>;
}

/** The workgroup, the table over the trail, and the queries. */
export function buildHistory(
  context: AuditContext,
  history: HistoryPlan,
  trailBucket: pulumi.Output<string>,
): History {
  const { parent, name, plan, known, keyArn, transform } = context;
  const { namePrefix } = plan;
  const results = buildClosedBucket(parent, `${name}-result-bucket`, {
    bucketName: known.apply((at) => resultBucketName(namePrefix, at)),
    keyArn,
    policy: known.apply((at) => policyJson(resultBucketPolicy(at, resultBucketName(namePrefix, at)))),
    plan: {
      coldStorage: undefined,
      expirationDays: history.resultDays,
      objectLock: undefined,
      forceDestroy: plan.forceDestroy,
    },
    tags: plan.tags,
    transform,
  });
  const workgroup = new Workgroup(
    ...transformed(
      transform.workgroup,
      `${name}-workgroup`,
      {
        name: workgroupName(namePrefix),
        description: `Questions about sessions of ${namePrefix}`,
        forceDestroy: plan.forceDestroy,
        configuration: {
          // Nobody sends results elsewhere, or leaves them unencrypted.
          enforceWorkgroupConfiguration: true,
          publishCloudwatchMetricsEnabled: true,
          bytesScannedCutoffPerQuery: history.queryLimitBytes,
          engineVersion: { selectedEngineVersion: "Athena engine version 3" },
          resultConfiguration: {
            outputLocation: pulumi.interpolate`s3://${results.bucket.bucket}/results/`,
            expectedBucketOwner: known.apply((at) => at.accountId),
            encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: keyArn },
          },
        },
        tags: plan.tags,
      },
      { parent },
    ),
  );
  const database = buildTable(context, history, trailBucket);
  const documents = pulumi
    .all([pulumi.all([...plan.tunnelDocuments]), pulumi.all([...plan.commandDocuments])])
    .apply(([tunnels, commands]) => ({
      tunnels: [...AWS_TUNNEL_DOCUMENTS, ...tunnels],
      commands: [...AWS_COMMAND_DOCUMENTS, ...commands],
    }));
  const query = (kind: QueryName): pulumi.Output<string> =>
    new NamedQuery(
      ...transformed(
        transform.namedQuery,
        `${name}-query-${kind}`,
        {
          name: kind,
          description: QUERIES[kind].description,
          workgroup: workgroup.name,
          database: database.name,
          query: documents.apply((names) => sqlOf(kind, names)),
        },
        { parent },
      ),
    ).id;
  return {
    workgroup,
    database,
    resultBucketName: results.bucket.bucket,
    queryIds: {
      commands: query("commands"),
      "denied-calls": query("denied-calls"),
      durations: query("durations"),
      sessions: query("sessions"),
      "sessions-of-instance": query("sessions-of-instance"),
      "sessions-of-person": query("sessions-of-person"),
      tunnels: query("tunnels"),
      "without-mfa": query("without-mfa"),
    },
  };
}

function buildTable(
  context: AuditContext,
  history: HistoryPlan,
  trailBucket: pulumi.Output<string>,
): CatalogDatabase {
  const { parent, name, plan, known, transform } = context;
  const database = new CatalogDatabase(
    ...transformed(
      transform.database,
      `${name}-database`,
      {
        name: databaseName(plan.namePrefix),
        description: `Sessions of ${plan.namePrefix}, as CloudTrail tells them`,
        tags: plan.tags,
      },
      { parent },
    ),
  );
  const existing = plan.trail.kind === "existing" ? plan.trail : undefined;
  const facts = pulumi
    .all([known, trailBucket, history.regions ?? getRegionsOutput({}, { parent }).names])
    .apply(([at, bucketName, regions]) => ({
      bucketName,
      keyPrefix: existing?.s3KeyPrefix,
      organizationId: existing?.organizationId,
      accountIds: history.accountIds ?? [at.accountId],
      regions: [...regions].toSorted(),
      days: history.days,
    }));
  new CatalogTable(
    ...transformed(
      transform.table,
      `${name}-table`,
      {
        databaseName: database.name,
        name: TABLE,
        description: "A row is a call of an API; partitions are projected",
        tableType: "EXTERNAL_TABLE",
        parameters: facts.apply((of) => ({ ...parameters(of) })),
        partitionKeys: PARTITIONS.map((column) => ({ ...column })),
        storageDescriptor: {
          location: facts.apply(location),
          columns: COLUMNS.map((column) => ({ ...column })),
          inputFormat: STORAGE.inputFormat,
          outputFormat: STORAGE.outputFormat,
          serDeInfo: { serializationLibrary: STORAGE.serializationLibrary },
        },
      },
      { parent },
    ),
  );
  return database;
}
