/**
 * The S3 buckets, owned by AWS, that an instance of one Region reads: for its agent and for its packages. Names are
 * spelled out, because a wildcard would also match buckets of anyone who chose a matching name.
 */

/**
 * What AWS appended to the names of Patch Manager's buckets, by Region. Regions that are not listed have none, or none
 * that AWS publishes (China and GovCloud).
 *
 * Source: Systems Manager User Guide, "Amazon S3 buckets for patching operations".
 */
const PATCHING_SUFFIXES: Readonly<Record<string, string>> = {
  "af-south-1": "bdd5f65a9",
  "ap-east-1": "632356271",
  "ap-northeast-1": "4849fa78f",
  "ap-northeast-2": "10467995c",
  "ap-northeast-3": "67373598a",
  "ap-south-1": "cb7c62ff9",
  "ap-south-2": "32f4b4128",
  "ap-southeast-1": "7fdfd9ef7",
  "ap-southeast-2": "17283a275",
  "ap-southeast-3": "aa48fc462",
  "ap-southeast-4": "01e2c40d3",
  "ca-central-1": "3148e69e3",
  "ca-west-1": "9e3a4b2f9",
  "eu-central-1": "9163fdaaf",
  "eu-central-2": "184ce43c8",
  "eu-north-1": "795879e9b",
  "eu-south-1": "c52f3f594",
  "eu-south-2": "a4cf248b1",
  "eu-west-1": "5522fb710",
  "eu-west-2": "902a2bc74",
  "eu-west-3": "29bf85721",
  "il-central-1": "e221cb57b",
  "me-central-1": "2932f2f80",
  "me-south-1": "a53fc9dce",
  "sa-east-1": "ddf4b6a09",
  "us-east-1": "1970c647d",
  "us-east-2": "552881074",
  "us-west-1": "8badb4304",
  "us-west-2": "34d7f99f8",
};

/** Regions whose bucket of patch baseline snapshots carries a suffix; the name without it is not known to be AWS's. */
const SNAPSHOT_SUFFIXES: Readonly<Record<string, string>> = {
  "af-south-1": "tbxdb5b9",
  "ap-south-2": "50209442",
  "ap-southeast-3": "be0a3174",
  "ap-southeast-4": "dc6f76ce",
  "eu-south-2": "df2c9d70",
  "me-south-1": "uduvl7q8",
};

/**
 * Buckets that SSM Agent reads: its own updates, Distributor packages, the modules of Run Command documents.
 *
 * Source: Systems Manager User Guide, "SSM Agent communications with AWS managed S3 buckets".
 */
export function agentBuckets(region: string): readonly string[] {
  const snapshotSuffix = SNAPSHOT_SUFFIXES[region];
  const patchingSuffix = PATCHING_SUFFIXES[region];
  const buckets = [
    `aws-windows-downloads-${region}`,
    `amazon-ssm-${region}`,
    `amazon-ssm-packages-${region}`,
    `${region}-birdwatcher-prod`,
    `aws-ssm-distributor-file-${region}`,
    `aws-ssm-document-attachments-${region}`,
    `aws-ssm-${region}`,
    `aws-patchmanager-macos-${region}`,
    `patch-baseline-snapshot-${region}${snapshotSuffix === undefined ? "" : `-${snapshotSuffix}`}`,
  ];
  return patchingSuffix === undefined
    ? buckets
    : [...buckets, `aws-patch-manager-${region}-${patchingSuffix}`];
}

/**
 * Buckets of package repositories. Amazon Linux 2023's is in S3, one a Region, with the same suffix everywhere. Ubuntu's
 * mirrors are no S3 buckets, and Windows Update is none: neither is reached without a way to the internet.
 *
 * Source: Amazon Linux 2023 User Guide, "Deterministic upgrades", on access through an S3 endpoint.
 */
export function packageBuckets(region: string): readonly string[] {
  return [`al2023-repos-${region}-de612dc2`];
}
