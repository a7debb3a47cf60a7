import { planSessionAudit, SessionAudit } from "@bastionless/components";
import { type BadInput, row, told } from "../bad-input.ts";
import {
  BUCKET_NAME,
  COMMON,
  DOCUMENT_NAME,
  KEY_ARN,
  KEY_DAYS,
  LOG_GROUP_NAME,
  retention,
} from "./common.ts";

/** A filter of an alarm holds fewer names. */
const QUIET = { alarms: false };
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `doc-${index}`);
const emails = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `a${index}@example.com`);
const roles = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `arn:aws:iam::111122223333:role/r${index}`);
const TRAIL = { trail: { bucketName: "trail-bucket", logGroupName: "/trail" } };
const regions = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => `a${"bcdefghijklmnopqrstuvwxyz"[index % 25]}-${"x".repeat(1 + Math.floor(index / 25))}-1`,
  );
const accounts = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${111_122_220_000 + index}`);
const off = (name: string, value: unknown): BadInput["conflicts"][number] => [
  `${name} without history`,
  { history: false, [name]: value },
  [name],
];
const owned = (name: string, value: unknown): BadInput["conflicts"][number] => [
  `${name} with trail`,
  { ...TRAIL, [name]: value },
  [name],
];

export const SESSION_AUDIT: BadInput = {
  component: "SessionAudit",
  right: { loggedDocuments: ["shop-shell"] },
  plan: planSessionAudit,
  construct: SessionAudit,
  names: { takes: ["n", "n".repeat(300)], refuses: [""] },
  rows: {
    ...COMMON,
    ...KEY_DAYS,
    loggedDocuments: row([[], names(20)], [names(21), ["shop-a", "shop-a"]], QUIET),
    "loggedDocuments[]": DOCUMENT_NAME,
    tunnelDocuments: row(
      [[], names(20)],
      [names(21), ["shop-a", "shop-a"], told(["shop-shell"], "tunnelDocuments[0]")],
      QUIET,
    ),
    "tunnelDocuments[]": DOCUMENT_NAME,
    commandDocuments: row([[], names(20)], [names(21), ["shop-a", "shop-a"]]),
    "commandDocuments[]": DOCUMENT_NAME,
    breakGlassRoleArns: row([[], roles(10)], [roles(11), [...roles(1), ...roles(1)]]),
    "breakGlassRoleArns[]": row(
      ["arn:aws:iam::111122223333:role/r", "arn:aws-cn:iam::111122223333:role/path/r"],
      [
        "",
        "r",
        "arn:aws:iam::111122223333:user/u",
        "arn:aws:iam::111122223333:role/",
        "arn:aws:iam::*:role/r",
      ],
    ),
    deniedStartsThreshold: row([1, 1000], [0, 1001, 1.5]),
    emails: row([[], emails(10)], [emails(11), ["a@example.com", "a@example.com"]]),
    "emails[]": row(
      ["a@example.com", "a.b+c@mail.example.co"],
      ["", "a", "a@b", "@example.com", "a b@example.com"],
    ),
    notifyOn: row([[], ["command", "denied", "end", "resume", "start", "tunnel"]], [["start", "start"]]),
    "notifyOn[]": row(["start"], ["", "stop", "toString"]),
    "trail.bucketName": { ...BUCKET_NAME, beside: TRAIL },
    "trail.s3KeyPrefix": row(
      ["a", "a/b", "p".repeat(200)],
      ["", "/a", "a/", "a//b", "a b", "p".repeat(201)],
      TRAIL,
    ),
    "trail.organizationId": row(
      [`o-${"a".repeat(10)}`, `o-${"a1".repeat(16)}`],
      ["", `o-${"a".repeat(9)}`, `o-${"a".repeat(33)}`, "r-abcd"],
      TRAIL,
    ),
    "trail.logGroupName": { ...LOG_GROUP_NAME, beside: TRAIL },
    "trail.keyArn": { ...KEY_ARN, beside: TRAIL },
    regions: row([["eu-west-1"], regions(200)], [[], regions(201), ["eu-west-1", "eu-west-1"]]),
    "regions[]": row(["eu-west-1", "us-gov-west-1", "eusc-de-east-1"], ["", "eu-west", "eu-west-1a", "*"]),
    accountIds: row([accounts(1), accounts(200)], [[], accounts(201), ["111122223333", "111122223333"]]),
    "accountIds[]": row(["000000000001"], ["", "1", "1111222233334", "1111-2222-3333"]),
    historyDays: row([1, 3650], [0, 3651, 1.5]),
    queryLimitGib: row([1, 10_240], [0, 10_241, 1.5]),
    resultDays: row([1, 365], [0, 366, 1.5]),
    retentionDays: retention(true),
    expirationDays: row([0, 1, 36_500], [-1, 36_501, 1.5]),
    objectLockDays: row([1, 36_500], [0, 36_501, 1.5]),
    objectLockMode: row(["COMPLIANCE", "GOVERNANCE"], ["", "governance"], { objectLockDays: 1 }),
  },
  unlimited: {},
  conflicts: [
    [
      "a document that is a tunnel and a command",
      { tunnelDocuments: ["shop-a"], commandDocuments: ["shop-a"] },
      ["commandDocuments[0]"],
    ],
    [
      "names too long for an event pattern",
      { ...QUIET, tunnelDocuments: Array.from({ length: 20 }, (_, index) => `${"t".repeat(120)}${index}`) },
      ["tunnelDocuments"],
    ],
    [
      "roles too long for a filter",
      {
        breakGlassRoleArns: Array.from(
          { length: 10 },
          (_, index) => `arn:aws:iam::111122223333:role/${"r".repeat(120)}${index}`,
        ),
      },
      ["breakGlassRoleArns"],
    ],
    [
      "documents too long for a filter",
      { loggedDocuments: Array.from({ length: 10 }, (_, index) => `${"l".repeat(120)}${index}`) },
      ["loggedDocuments"],
    ],
    owned("expirationDays", 365),
    owned("objectLockDays", 1),
    owned("objectLockMode", "GOVERNANCE"),
    owned("trailLogGroup", true),
    ["objectLockMode without objectLockDays", { objectLockMode: "GOVERNANCE" }, ["objectLockMode"]],
    ["an expiry before the lock ends", { objectLockDays: 30, expirationDays: 29 }, ["expirationDays"]],
    ["alarms without a log group", { trailLogGroup: false, alarms: true }, ["alarms"]],
    [
      "alarms of a trail without a log group",
      { trail: { bucketName: "trail-bucket" }, alarms: true },
      ["alarms"],
    ],
    [
      "breakGlassRoleArns without alarms",
      { alarms: false, breakGlassRoleArns: roles(1) },
      ["breakGlassRoleArns"],
    ],
    [
      "deniedStartsThreshold without alarms",
      { alarms: false, deniedStartsThreshold: 5 },
      ["deniedStartsThreshold"],
    ],
    off("regions", ["eu-west-1"]),
    off("accountIds", ["111122223333"]),
    off("historyDays", 90),
    off("queryLimitGib", 10),
    off("resultDays", 7),
  ],
};
