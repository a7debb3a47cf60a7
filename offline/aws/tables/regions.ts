/** What the simulation knows of a region. */
export interface RegionFacts {
  readonly partition: string;
  readonly description: string;
  /** Letters of the availability zones that a new account sees. */
  readonly zones: string;
  /** The prefix of zone ids: `use1` in `use1-az1`. */
  readonly zonePrefix: string;
  /** Whether an account has to opt in to it. */
  readonly optIn: boolean;
}

function region(
  partition: string,
  description: string,
  zonePrefix: string,
  zones = "abc",
  optIn = false,
): RegionFacts {
  return { partition, description, zones, zonePrefix, optIn };
}

/**
 * The regions of three partitions.
 *
 * Source: AWS General Reference, "AWS Regions and Availability Zones", and botocore's endpoints.json.
 */
export const REGIONS: { readonly [name: string]: RegionFacts } = {
  "af-south-1": region("aws", "Africa (Cape Town)", "afs1", "abc", true),
  "ap-east-1": region("aws", "Asia Pacific (Hong Kong)", "ape1", "abc", true),
  "ap-east-2": region("aws", "Asia Pacific (Taipei)", "ape2", "abc", true),
  "ap-northeast-1": region("aws", "Asia Pacific (Tokyo)", "apne1", "acd"),
  "ap-northeast-2": region("aws", "Asia Pacific (Seoul)", "apne2", "abcd"),
  "ap-northeast-3": region("aws", "Asia Pacific (Osaka)", "apne3"),
  "ap-south-1": region("aws", "Asia Pacific (Mumbai)", "aps1"),
  "ap-south-2": region("aws", "Asia Pacific (Hyderabad)", "aps2", "abc", true),
  "ap-southeast-1": region("aws", "Asia Pacific (Singapore)", "apse1"),
  "ap-southeast-2": region("aws", "Asia Pacific (Sydney)", "apse2"),
  "ap-southeast-3": region("aws", "Asia Pacific (Jakarta)", "apse3", "abc", true),
  "ap-southeast-4": region("aws", "Asia Pacific (Melbourne)", "apse4", "abc", true),
  "ap-southeast-5": region("aws", "Asia Pacific (Malaysia)", "apse5", "abc", true),
  "ap-southeast-6": region("aws", "Asia Pacific (New Zealand)", "apse6", "abc", true),
  "ap-southeast-7": region("aws", "Asia Pacific (Thailand)", "apse7", "abc", true),
  "ca-central-1": region("aws", "Canada (Central)", "cac1", "abd"),
  "ca-west-1": region("aws", "Canada West (Calgary)", "caw1", "abc", true),
  "eu-central-1": region("aws", "Europe (Frankfurt)", "euc1"),
  "eu-central-2": region("aws", "Europe (Zurich)", "euc2", "abc", true),
  "eu-north-1": region("aws", "Europe (Stockholm)", "eun1"),
  "eu-south-1": region("aws", "Europe (Milan)", "eus1", "abc", true),
  "eu-south-2": region("aws", "Europe (Spain)", "eus2", "abc", true),
  "eu-west-1": region("aws", "Europe (Ireland)", "euw1"),
  "eu-west-2": region("aws", "Europe (London)", "euw2"),
  "eu-west-3": region("aws", "Europe (Paris)", "euw3"),
  "il-central-1": region("aws", "Israel (Tel Aviv)", "ilc1", "abc", true),
  "me-central-1": region("aws", "Middle East (UAE)", "mec1", "abc", true),
  "me-south-1": region("aws", "Middle East (Bahrain)", "mes1", "abc", true),
  "mx-central-1": region("aws", "Mexico (Central)", "mxc1", "abc", true),
  "sa-east-1": region("aws", "South America (Sao Paulo)", "sae1"),
  "us-east-1": region("aws", "US East (N. Virginia)", "use1", "abcdef"),
  "us-east-2": region("aws", "US East (Ohio)", "use2"),
  "us-west-1": region("aws", "US West (N. California)", "usw1", "ab"),
  "us-west-2": region("aws", "US West (Oregon)", "usw2", "abcd"),
  "cn-north-1": region("aws-cn", "China (Beijing)", "cnn1", "abd"),
  "cn-northwest-1": region("aws-cn", "China (Ningxia)", "cnnw1"),
  "us-gov-east-1": region("aws-us-gov", "AWS GovCloud (US-East)", "usge1"),
  "us-gov-west-1": region("aws-us-gov", "AWS GovCloud (US-West)", "usgw1"),
};
