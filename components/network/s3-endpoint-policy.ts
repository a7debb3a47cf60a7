import type { PolicyStatement } from "../core/policy-document.ts";
import { agentBuckets, packageBuckets } from "./agent-buckets.ts";

export interface S3EndpointPolicyInput {
  readonly partition: string;
  readonly region: string;
  /** What session logging needs of the endpoint: writing to the log bucket. */
  readonly loggingStatements: readonly PolicyStatement[];
  /** Further buckets that instances may read. */
  readonly readableBuckets: readonly string[];
}

/**
 * The policy of the S3 gateway endpoint: reading the agent's buckets and the package repositories, what logging needs,
 * reading the buckets that were named; nothing else passes, whoever asks and with whatever credentials.
 *
 * A gateway endpoint's policy only narrows: what a caller may do is still decided by its role and by the bucket.
 */
export function s3EndpointStatements(input: S3EndpointPolicyInput): readonly PolicyStatement[] {
  const { partition, region } = input;
  const objects = (buckets: readonly string[]): readonly string[] =>
    buckets.map((bucket) => `arn:${partition}:s3:::${bucket}/*`);
  return [
    read("ReadAgentBuckets", objects(agentBuckets(region))),
    read("ReadPackageRepositories", objects(packageBuckets(region))),
    ...input.loggingStatements,
    ...(input.readableBuckets.length === 0
      ? []
      : [
          read("ReadNamedBuckets", objects(input.readableBuckets)),
          {
            Sid: "ListNamedBuckets",
            Effect: "Allow",
            Principal: "*",
            Action: ["s3:ListBucket", "s3:GetBucketLocation"],
            Resource: input.readableBuckets.map((bucket) => `arn:${partition}:s3:::${bucket}`),
          } as const,
        ]),
  ];
}

function read(sid: string, resources: readonly string[]): PolicyStatement {
  return { Sid: sid, Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: resources };
}
