import { REGIONS } from "./tables/regions.ts";

/** Where a provider works: one account in one region of one partition. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** The suffix of service host names: `amazonaws.com`, in China `amazonaws.com.cn`. */
  readonly dnsSuffix: string;
}

/** The partition of a known region; undefined where no such region is known. */
export function partitionOf(region: string): string | undefined {
  return REGIONS[region]?.partition;
}

/** The DNS suffix of a partition. */
export function dnsSuffixOf(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/** A place; a region that is not known is taken to be of `fallbackPartition`. */
export function placeAt(account: string, region: string, fallbackPartition = "aws"): Place {
  const partition = partitionOf(region) ?? fallbackPartition;
  return { account, region, partition, dnsSuffix: dnsSuffixOf(partition) };
}

/** Writes the ARN of something in `place`; global services (IAM) and buckets leave out what their ARNs leave out. */
export function arnAt(
  place: Place,
  service: string,
  resource: string,
  omit: { readonly region?: boolean; readonly account?: boolean } = {},
): string {
  const region = omit.region === true ? "" : place.region;
  const account = omit.account === true ? "" : place.account;
  return `arn:${place.partition}:${service}:${region}:${account}:${resource}`;
}
