import { type Row, row, told } from "../bad-input.ts";

/** Rows of arguments that several components share. */

const keys = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

const key = (name: string, at: string): readonly [object, string] => [
  { [name]: "v" },
  `${at}[${JSON.stringify(name)}]`,
];

/** Keys of tags as AWS takes them, of a map called `at`. */
export function tagKeyRow(at: string, counts: Row): Row {
  return row(
    [...counts.takes, { ["k".repeat(128)]: "v" }, { "Ä ñ_.:/=+-@1": "v" }, { xaws: "v" }],
    [
      ...counts.refuses,
      ...["k".repeat(129), "", "aws:x", "AWS:x", "a*", "a\nb", "a?", "a<b"].map((name) =>
        told(...key(name, at)),
      ),
    ],
    counts.beside,
  );
}

export const tagValueRow = row(
  ["", "v".repeat(256), "Ä ñ_.:/=+-@1"],
  ["v".repeat(257), "a*", "a\nb", "a;b", "a<b"],
);

export const NAME_PREFIX: Readonly<Record<string, Row>> = {
  namePrefix: row(
    ["a", "a1-b2", "a".repeat(30)],
    [
      "",
      "a".repeat(31),
      "A",
      "1a",
      "a_b",
      "a.b",
      "a--b",
      "-a",
      "a-",
      "ä",
      "a b",
      "aws-x",
      "amazon-x",
      "amzn",
      "xn--a",
      "sthree-x",
    ],
  ),
};

export const TAGS: Readonly<Record<string, Row>> = {
  tags: tagKeyRow(
    "tags",
    row(
      [{}, keys(47), { Project: "other", Environment: "other" }],
      [
        told(keys(48), "tags"),
        told({ Team: "a", team: "b" }, 'tags["team"]'),
        told({ project: "x" }, 'tags["project"]'),
      ],
    ),
  ),
  "tags.*": tagValueRow,
};

export const COMMON: Readonly<Record<string, Row>> = { ...NAME_PREFIX, ...TAGS };

export const KEY_ARN = row(
  [
    "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1",
  ],
  [
    "",
    "alias/x",
    "1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:s3:::bucket",
    "arn:aws:kms:eu-west-1:111122223333:",
  ],
);

export const POLICY_ARN = row(
  ["arn:aws:iam::111122223333:policy/p", "arn:aws-us-gov:iam::aws:policy/path/p"],
  ["", "p", "arn:aws:s3:::bucket", "arn:aws:iam::1234:policy/p"],
);

/** The role of machines. */
export function policyArns(most: number): Readonly<Record<string, Row>> {
  const many = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `arn:aws:iam::111122223333:policy/p${index}`);
  return {
    policyArns: row([[], many(most)], [many(most + 1)]),
    "policyArns[]": POLICY_ARN,
  };
}

export const BUCKET_NAME = row(
  ["abc", "a".repeat(63), "1-2"],
  ["", "ab", "a".repeat(64), "A-b", "a_b", "a.b", "-ab", "ab-", "a b", "arn:aws:s3:::abc"],
);

export const LOG_GROUP_NAME = row(
  ["a", "/a-b_c.d#1", "g".repeat(512)],
  ["", "g".repeat(513), "a b", "a:b", "a*", "arn:aws:logs:eu-west-1:111122223333:log-group:a"],
);

/** Names of documents in this account. */
export const DOCUMENT_NAME = row(
  ["abc", "a_b.c-1", "d".repeat(128)],
  [
    "",
    "ab",
    "d".repeat(129),
    "a b",
    "a/b",
    "a*c",
    "aws-x",
    "AMAZON-x",
    "amzn.x",
    "arn:aws:ssm:eu-west-1:111122223333:document/x",
  ],
);

/** Ids that AWS chooses: `kind-` and 8 or 17 hexadecimal digits. */
export function idRow(kind: string): Row {
  return row(
    [`${kind}-0a1b2c3d`, `${kind}-0a1b2c3d4e5f60718`],
    [
      "",
      kind,
      `${kind}-0a1b2c3`,
      `${kind}-0a1b2c3d4e5f607189`,
      `${kind}-0A1B2C3D`,
      `x${kind}-0a1b2c3d`,
      `${kind}-0a1b2c3d `,
    ],
  );
}

export const TEXT_512 = row(["d", "d".repeat(512)], ["", "d".repeat(513)]);

export const PORT = row([1, 65_535], [0, -1, 65_536, 22.5]);

export const KEY_DAYS: Readonly<Record<string, Row>> = {
  keyRotationDays: row([90, 2560], [0, -0, 89, 2561, 90.5]),
  keyDeletionWindowDays: row([7, 30], [6, 31, 7.5, -0]),
};

/** What CloudWatch Logs keeps events for, `forever` among it or not. */
export function retention(forever: boolean): Row {
  return row([1, 365, 3653, ...(forever ? [0] : [])], [-1, 2, 366, 3654, 1.5, ...(forever ? [] : [0])]);
}

/** Where sessions are logged, of a component called `logging`. */
export const PREFERENCES: Readonly<Record<string, Row>> = {
  s3BucketName: BUCKET_NAME,
  s3KeyPrefix: row(["a", "a/b", "!_.*'()-", "p".repeat(500)], ["", "/a", "a/", "a//b", "a b", "ä"]),
  cloudWatchLogGroupName: LOG_GROUP_NAME,
  kmsKeyId: row(
    [
      "1234abcd-12ab-34cd-56ef-1234567890ab",
      "mrk-1234abcd12ab34cd56ef1234567890ab",
      "alias/a/b_c-1",
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws-cn:kms:cn-north-1:111122223333:alias/a",
    ],
    ["", "alias/", "key", "arn:aws:kms:eu-west-1:111122223333:key/", "arn:aws:s3:::a", "alias/a b"],
  ),
};

export const LOGGING = { s3BucketName: "shop-logs", cloudWatchLogGroupName: "/shop/sessions" };

const EGRESS = { x: { port: 443, cidrIpv4: "10.0.0.0/8" } };

const egressName = (name: string): readonly [object, string] => [
  { [name]: { port: 443, cidrIpv4: "10.0.0.0/8" } },
  `egress.${name}`,
];

/** What machines may open connections to. */
export const EGRESS_RULES: Readonly<Record<string, Row>> = {
  egress: row(
    [{}, EGRESS, { ["e".repeat(32)]: EGRESS.x }],
    ["", "e".repeat(33), "A", "a b", "-a", "a-", "a_b"].map((name) => told(...egressName(name))),
  ),
  "egress.*.port": { ...PORT, beside: { egress: EGRESS } },
  "egress.*.toPort": row([443, 65_535], [442, 65_536, 443.5, 0], { egress: EGRESS }),
  "egress.*.protocol": row(["tcp", "udp"], ["", "icmp", "TCP", "-1"], { egress: EGRESS }),
  "egress.*.cidrIpv4": row(
    ["0.0.0.0/0", "10.0.0.0/8", "10.1.2.3/32"],
    ["", "10.0.0.0", "10.0.0.1/8", "10.0.0.0/33", "256.0.0.0/8", "010.0.0.0/8", "::/0"],
    { egress: EGRESS },
  ),
  "egress.*.prefixListId": { ...idRow("pl"), beside: { egress: { x: { port: 443 } } } },
  "egress.*.securityGroupId": { ...idRow("sg"), beside: { egress: { x: { port: 443 } } } },
  "egress.*.description": row(
    ["d", "d".repeat(255), "._-:/()#,@[]+=&;{}!$*"],
    ["", "d".repeat(256), "ä", "a\nb"],
    {
      egress: EGRESS,
    },
  ),
};

/** Tags that access is conditioned on. */
export const ACCESS_TAGS: Readonly<Record<string, Row>> = {
  accessTags: tagKeyRow(
    "accessTags",
    row(
      [{ Team: "a" }, keys(47)],
      [told({}, "accessTags"), told(keys(48), "tags"), told({ Team: "a", team: "b" }, 'accessTags["team"]')],
    ),
  ),
  "accessTags.*": tagValueRow,
};

const NETWORK = {
  vpcId: "vpc-0a1b2c3d",
  subnetIds: ["subnet-0a1b2c3d"],
  zones: 1,
  instancesSecurityGroupId: "sg-0a1b2c3d",
};

/** A network that machines join, of a component called `network`. */
export const NETWORK_OF_MACHINES: Readonly<Record<string, Row>> = {
  "network.vpcId": { ...idRow("vpc"), beside: { network: NETWORK } },
  "network.subnetIds": row([["subnet-0a1b2c3d"]], [[], ["subnet-0a1b2c3d", "subnet"]], { network: NETWORK }),
  "network.zones": row([1, 16], [0, -1, 17, 1.5], { network: NETWORK }),
  "network.instancesSecurityGroupId": { ...idRow("sg"), beside: { network: NETWORK } },
};

export const NETWORK_UNLIMITED: Readonly<Record<string, string>> = {
  "network.subnetIds[]": "checked as a list, which may be an output: `network.subnetIds`",
};
