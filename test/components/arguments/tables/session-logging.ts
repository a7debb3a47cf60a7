import { planSessionLogging, SessionLogging } from "@bastionless/components";
import { type BadInput, row, type Row, told } from "../bad-input.ts";
import { BUCKET_NAME, COMMON, KEY_ARN, KEY_DAYS, retention } from "./common.ts";

const DESTINATION = {
  bucketName: "archive-logs",
  keyArn: "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
};

/** How long a bucket keeps what is in it. */
export const BUCKET_DAYS: Readonly<Record<string, Row>> = {
  coldStorageDays: row([0, -0, 1, 364], [-1, told(365, "coldStorageDays"), 1.5, 36_501]),
  coldStorageClass: row(
    ["DEEP_ARCHIVE", "GLACIER", "GLACIER_IR", "ONEZONE_IA", "STANDARD_IA"],
    ["", "glacier", "INTELLIGENT_TIERING", "toString"],
  ),
  expirationDays: row([0, 1, 36_500], [-1, 36_501, 1.5]),
  objectLockDays: row([1, 36_500], [0, -0, -1, 36_501, 1.5]),
  objectLockMode: row(["COMPLIANCE", "GOVERNANCE"], ["", "governance"], { objectLockDays: 1 }),
};

/** What of these does not go together. */
export const BUCKET_CONFLICTS: BadInput["conflicts"] = [
  ["objectLockMode without objectLockDays", { objectLockMode: "GOVERNANCE" }, ["objectLockMode"]],
  ["an expiry before the lock ends", { objectLockDays: 30, expirationDays: 29 }, ["expirationDays"]],
  [
    "coldStorageClass without colder storage",
    { coldStorageDays: 0, coldStorageClass: "GLACIER" },
    ["coldStorageClass"],
  ],
  [
    "infrequent access before 30 days",
    { coldStorageDays: 29, coldStorageClass: "STANDARD_IA" },
    ["coldStorageDays"],
  ],
  [
    "one zone's infrequent access before 30 days",
    { coldStorageDays: 29, coldStorageClass: "ONEZONE_IA" },
    ["coldStorageDays"],
  ],
  ["colder storage after the expiry", { coldStorageDays: 31, expirationDays: 30 }, ["coldStorageDays"]],
];

const off = (name: string, value: unknown): BadInput["conflicts"][number] => [
  `${name} with s3 off`,
  { s3: false, [name]: value },
  [name],
];
const elsewhere = (name: string, value: unknown): BadInput["conflicts"][number] => [
  `${name} with destination`,
  { destination: DESTINATION, [name]: value },
  [name],
];
const OWN = [
  ["coldStorageDays", 90],
  ["coldStorageClass", "GLACIER"],
  ["expirationDays", 365],
  ["objectLockDays", 1],
  ["objectLockMode", "GOVERNANCE"],
  ["forceDestroy", true],
] as const;

export const SESSION_LOGGING: BadInput = {
  component: "SessionLogging",
  right: {},
  plan: planSessionLogging,
  construct: SessionLogging,
  names: { takes: ["n", "n".repeat(300)], refuses: [""] },
  rows: {
    ...COMMON,
    ...KEY_DAYS,
    ...BUCKET_DAYS,
    "destination.bucketName": { ...BUCKET_NAME, beside: { destination: DESTINATION } },
    "destination.keyArn": { ...KEY_ARN, beside: { destination: DESTINATION } },
    s3KeyPrefix: row(
      ["a", "a/b", "!_.*'()-", "p".repeat(500)],
      ["", "/", "/a", "a/", "a//b", "a b", "ä", "p".repeat(501)],
    ),
    retentionDays: retention(true),
  },
  unlimited: {},
  conflicts: [
    ...BUCKET_CONFLICTS,
    ["neither s3 nor cloudWatch", { s3: false, cloudWatch: false }, ["cloudWatch"]],
    ["destination with s3 off", { s3: false, destination: DESTINATION }, ["destination"]],
    off("s3KeyPrefix", "a"),
    ...OWN.map(([name, value]) => off(name, value)),
    ...OWN.map(([name, value]) => elsewhere(name, value)),
    [
      "a wrong s3KeyPrefix with destination",
      { destination: DESTINATION, s3KeyPrefix: "/a" },
      ["s3KeyPrefix"],
    ],
    ["retentionDays with cloudWatch off", { cloudWatch: false, retentionDays: 365 }, ["retentionDays"]],
    ["streaming with cloudWatch off", { cloudWatch: false, streaming: true }, ["streaming"]],
  ],
};
