import { all, type Output, type Resource } from "@pulumi/pulumi";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { getPartitionOutput } from "@pulumi/aws/getPartition.js";
import { getRegionOutput } from "@pulumi/aws/getRegion.js";

/** Where a component's resources live, looked up with the component's own provider. Known in a first preview. */
export interface AwsIdentity {
  /** Twelve digits. */
  readonly accountId: Output<string>;
  /** As `eu-west-1`. */
  readonly region: Output<string>;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: Output<string>;
  /** `amazonaws.com`, in China `amazonaws.com.cn`. */
  readonly dnsSuffix: Output<string>;
  /** All of it together. */
  readonly known: Output<KnownIdentity>;
}

/** The same, once known. */
export interface KnownIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly dnsSuffix: string;
}

/** Asks as a child of `parent` would, so that its provider, and not the program's default one, answers. */
export function awsIdentity(parent: Resource): AwsIdentity {
  const caller = getCallerIdentityOutput({}, { parent });
  const place = getRegionOutput({}, { parent });
  const partition = getPartitionOutput({}, { parent });
  return {
    accountId: caller.accountId,
    region: place.region,
    partition: partition.partition,
    dnsSuffix: partition.dnsSuffix,
    known: all([caller, place, partition]).apply(([{ accountId }, { region }, answer]) => ({
      accountId,
      region,
      partition: answer.partition,
      dnsSuffix: answer.dnsSuffix,
    })),
  };
}

/**
 * An ARN of the identity's account and region, as `arn:aws-cn:logs:cn-north-1:111122223333:log-group:x`.
 *
 * @param scope `account` leaves the region out, as IAM does; `global` also the account, as S3 does.
 */
export function arn(
  identity: KnownIdentity,
  service: string,
  resource: string,
  scope: "regional" | "account" | "global" = "regional",
): string {
  const region = scope === "regional" ? identity.region : "";
  const account = scope === "global" ? "" : identity.accountId;
  return `arn:${identity.partition}:${service}:${region}:${account}:${resource}`;
}
