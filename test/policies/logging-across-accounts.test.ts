import assert from "node:assert/strict";
import type { ExampleProvider, ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { CHANNELS, type Statement } from "@bastionless/policies/rules/examples/session-logging-permitted.ts";
import type { RuleConfig } from "@bastionless/policies/rules/rule.ts";
import { sessionLoggingPermitted } from "@bastionless/policies/rules/session-logging-permitted.ts";
import { capture } from "./support/capture.ts";
import { assuming, json } from "./support/environments.ts";

const WORKLOAD = "111122223333";
const ARCHIVE = "444455556666";
const OTHER = "777788889999";
const REGION = "eu-west-1";
const BUCKET = "arn:aws:s3:::acme-archive";
const KEY = `arn:aws:kms:${REGION}:${ARCHIVE}:key/0f1e2d3c`;
const ROLE = `arn:aws:iam::${WORKLOAD}:role/app`;

interface Case {
  /** Who may write into the bucket; undefined: it has no policy. */
  readonly bucket?: Statement | undefined;
  readonly more?: readonly Statement[];
  /** Whom the key lets in; undefined: KMS's own policy. */
  readonly key?: readonly Statement[] | undefined;
  readonly role?: readonly Statement[];
  readonly archive?: ExampleProvider;
  readonly config?: RuleConfig;
  /** Whether ARNs are known. Default: true. */
  readonly exists?: boolean;
}

const root = (account: string): Statement => ({ Principal: { AWS: `arn:aws:iam::${account}:root` } });
const everybody = (condition: Statement): Statement => ({ Principal: "*", Condition: condition });

const ROLE_MAY: readonly Statement[] = [
  { Effect: "Allow", Action: "s3:PutObject", Resource: `${BUCKET}/*` },
  { Effect: "Allow", Action: "s3:GetEncryptionConfiguration", Resource: BUCKET },
  { Effect: "Allow", Action: "kms:GenerateDataKey", Resource: "*" },
];

const OWN_KEY: Statement = { Sid: "Own", Effect: "Allow", ...root(ARCHIVE), Action: "kms:*", Resource: "*" };

function letIn(who: Statement): readonly Statement[] {
  return [OWN_KEY, { Sid: "Writers", Effect: "Allow", ...who, Action: "kms:GenerateDataKey", Resource: "*" }];
}

function writers(who: Statement): readonly Statement[] {
  return [
    { Sid: "Write", Effect: "Allow", ...who, Action: "s3:PutObject", Resource: `${BUCKET}/*` },
    { Sid: "See", Effect: "Allow", ...who, Action: "s3:GetEncryptionConfiguration", Resource: BUCKET },
  ];
}

/** A role of one account, and the log bucket and its key of another. */
function stack(it: Case): readonly ExampleResource[] {
  const workload = assuming("workload", WORKLOAD, REGION);
  const archive = it.archive ?? assuming("archive", ARCHIVE, REGION);
  const who = "bucket" in it ? it.bucket : root(WORKLOAD);
  const key = "key" in it ? it.key : letIn(root(WORKLOAD));
  const exists = it.exists ?? true;
  const made = (resource: ExampleResource): ExampleResource =>
    exists ? resource : { ...resource, outputs: {} };
  return [
    {
      type: "aws:ssm/document:Document",
      name: "shell",
      provider: workload,
      props: {
        name: "shell",
        documentType: "Session",
        content: JSON.stringify({
          schemaVersion: "1.0",
          sessionType: "Standard_Stream",
          inputs: { s3BucketName: "acme-archive", s3KeyPrefix: WORKLOAD, s3EncryptionEnabled: true },
        }),
      },
    },
    {
      type: "aws:iam/role:Role",
      name: "role",
      provider: workload,
      props: {
        name: "app",
        assumeRolePolicy: json({
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      },
      outputs: { arn: ROLE },
    },
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "permissions",
      provider: workload,
      props: { role: "app", policy: json(CHANNELS, ...(it.role ?? ROLE_MAY)) },
    },
    {
      type: "aws:s3/bucket:Bucket",
      name: "bucket",
      provider: archive,
      props: { bucket: "acme-archive" },
      outputs: { arn: BUCKET },
    },
    ...(who === undefined
      ? []
      : [
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "bucket-policy",
            provider: archive,
            props: { bucket: "acme-archive", policy: json(...writers(who), ...(it.more ?? [])) },
          },
        ]),
    {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      name: "encryption",
      provider: archive,
      props: {
        bucket: "acme-archive",
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY } }],
      },
    },
    {
      type: "aws:kms/key:Key",
      name: "key",
      provider: archive,
      props: key === undefined ? {} : { policy: json(...key) },
      outputs: { arn: KEY, keyId: "0f1e2d3c" },
    },
  ].map((resource) => (resource.type === "aws:kms/key:Key" ? resource : made(resource)));
}

/** Where it is told, and what: the calls that are refused and by what, or the reasons of what is not known. */
function told(it: Case): readonly unknown[] {
  return capture(sessionLoggingPermitted, stack(it), it.config).map(({ on, kind, message }) => {
    switch (message.id) {
      case "session-logging-refused":
        return [on, message.by, message.guard?.allows ?? [], ...message.calls.map(({ action }) => action)];
      case "session-logging-open":
        return [on, kind, ...message.reasons];
      default:
        return [on, kind];
    }
  });
}

const PERMITTED = [["role", "satisfied"]];
const UPLOAD = ["s3:PutObject", "s3:GetEncryptionConfiguration"];

const CASES: readonly (readonly [string, Case, readonly unknown[]])[] = [
  ["by its account", {}, PERMITTED],
  ["by the number of its account", { bucket: { Principal: { AWS: WORKLOAD } } }, PERMITTED],
  ["by its ARN", { bucket: { Principal: { AWS: ROLE } } }, PERMITTED],
  [
    "by the account of whoever calls",
    { bucket: everybody({ StringEquals: { "aws:PrincipalAccount": [OTHER, WORKLOAD] } }) },
    PERMITTED,
  ],
  [
    "by a pattern of its ARN",
    { bucket: everybody({ ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${WORKLOAD}:role/*` } }) },
    PERMITTED,
  ],
  [
    "by an organisation, which may be its own",
    { bucket: everybody({ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }) },
    [
      [
        "role",
        "undecided",
        "it depends on `Write` of `bucket-policy`",
        "it depends on `See` of `bucket-policy`",
      ],
    ],
  ],
  [
    "by the organisation that configuration names",
    {
      bucket: everybody({ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
      config: { organizationId: "o-a1b2c3d4e5" },
    },
    PERMITTED,
  ],
  [
    "not, by another organisation than configuration names",
    {
      bucket: everybody({ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
      config: { organizationId: "o-0000000000" },
    },
    [
      [
        "bucket-policy",
        "bucket-policy",
        [
          "`Write` for `*` under conditions on `aws:PrincipalOrgID`",
          "`See` for `*` under conditions on `aws:PrincipalOrgID`",
        ],
        ...UPLOAD,
      ],
    ],
  ],
  [
    "not, by another account",
    { bucket: root(OTHER) },
    [
      [
        "bucket-policy",
        "bucket-policy",
        [`\`Write\` for \`arn:aws:iam::${OTHER}:root\``, `\`See\` for \`arn:aws:iam::${OTHER}:root\``],
        ...UPLOAD,
      ],
    ],
  ],
  [
    "not, by the bucket's own account",
    { bucket: root(ARCHIVE) },
    [
      [
        "bucket-policy",
        "bucket-policy",
        [`\`Write\` for \`arn:aws:iam::${ARCHIVE}:root\``, `\`See\` for \`arn:aws:iam::${ARCHIVE}:root\``],
        ...UPLOAD,
      ],
    ],
  ],
  [
    "not, by a role of the same name in another account",
    { bucket: { Principal: { AWS: `arn:aws:iam::${OTHER}:role/app` } } },
    [
      [
        "bucket-policy",
        "bucket-policy",
        [
          `\`Write\` for \`arn:aws:iam::${OTHER}:role/app\``,
          `\`See\` for \`arn:aws:iam::${OTHER}:role/app\``,
        ],
        ...UPLOAD,
      ],
    ],
  ],
  ["not, without a bucket policy", { bucket: undefined }, [["bucket", "bucket-policy", [], ...UPLOAD]]],
  [
    "not, where the bucket lets it in and its own policies do not",
    { role: ROLE_MAY.slice(2) },
    [["role", "role", [], ...UPLOAD]],
  ],
  [
    "not, where neither does",
    { bucket: undefined, role: ROLE_MAY.slice(2) },
    [
      ["role", "role", [], ...UPLOAD],
      ["bucket", "bucket-policy", [], ...UPLOAD],
    ],
  ],
  [
    "not, past a Deny of the bucket's",
    {
      more: [
        {
          Sid: "OwnOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:PutObject",
          Resource: `${BUCKET}/*`,
          Condition: { StringNotEquals: { "aws:PrincipalAccount": ARCHIVE } },
        },
      ],
    },
    [["bucket-policy", "bucket-policy", [`\`Write\` for \`arn:aws:iam::${WORKLOAD}:root\``], "s3:PutObject"]],
  ],
  ["through a key that names it", { key: letIn({ Principal: { AWS: ROLE } }) }, PERMITTED],
  [
    "through a key that lets the account of the caller in",
    { key: letIn(everybody({ StringEquals: { "kms:CallerAccount": WORKLOAD } })) },
    PERMITTED,
  ],
  [
    "not, through a key that lets another caller's account in",
    { key: letIn(everybody({ StringEquals: { "kms:CallerAccount": OTHER } })) },
    [
      [
        "key",
        "key-policy",
        [
          `\`Own\` for \`arn:aws:iam::${ARCHIVE}:root\``,
          "`Writers` for `*` under conditions on `kms:CallerAccount`",
        ],
        "kms:GenerateDataKey",
      ],
    ],
  ],
  [
    "not, through a key that leaves it to its own account",
    { key: [OWN_KEY] },
    [["key", "key-policy", [`\`Own\` for \`arn:aws:iam::${ARCHIVE}:root\``], "kms:GenerateDataKey"]],
  ],
  [
    "not, through a key with KMS's own policy",
    { key: undefined },
    [["key", "key-policy", [], "kms:GenerateDataKey"]],
  ],
  [
    "not, through a key that names it where its own policies do not allow the key",
    { key: letIn({ Principal: { AWS: ROLE } }), role: ROLE_MAY.slice(0, 2) },
    [["role", "role", [], "kms:GenerateDataKey"]],
  ],
];

describe("a role that logs into another account's bucket", () => {
  for (const [how, it_, expected] of CASES) {
    it(`is let in ${how}`, () => {
      assert.deepEqual(told(it_), expected);
    });
  }

  it("is let in by what accounts are planned to hold as by what they hold", () => {
    assert.deepEqual(told({ exists: false }), PERMITTED);
    assert.deepEqual(told({ exists: false, bucket: undefined }), [
      ["bucket", "bucket-policy", [], ...UPLOAD],
    ]);
  });

  it("needs its own policies or the bucket's where both are of one account", () => {
    const archive = assuming("workload", WORKLOAD, REGION);
    const key = [{ ...OWN_KEY, ...root(WORKLOAD) }];
    assert.deepEqual(told({ archive, key, bucket: undefined }), PERMITTED);
    assert.deepEqual(
      told({ archive, key, role: ROLE_MAY.slice(2), bucket: { Principal: { AWS: ROLE } } }),
      PERMITTED,
    );
    assert.deepEqual(told({ archive, key, role: ROLE_MAY.slice(2), bucket: undefined }), [
      ["role", "role", [], ...UPLOAD],
    ]);
  });

  it("is undecided where it is not known whether the bucket is of another account, and it matters", () => {
    const archive: ExampleProvider = { name: "archive", inputs: { region: REGION, profile: "archive" } };
    const key = undefined;
    const role = [
      { Effect: "Allow", Action: "s3:*", Resource: "*" },
      { Effect: "Allow", Action: "kms:*", Resource: "*" },
    ];
    const bucket = "whether `role` and `bucket` are in one account is not known";
    const resources = (it: Case): readonly unknown[] =>
      capture(
        sessionLoggingPermitted,
        stack({ archive, key, role, exists: false, ...it })
          // With AES256 there is no key to ask.
          .filter(({ name }) => name !== "key" && name !== "encryption"),
      ).map(({ on, kind, message }) => [
        on,
        kind,
        ...(message.id === "session-logging-open" ? message.reasons : []),
      ]);
    assert.deepEqual(resources({ bucket: undefined }), [["role", "undecided", bucket]]);
    assert.deepEqual(resources({ bucket: root(WORKLOAD) }), PERMITTED);
    assert.deepEqual(resources({ bucket: undefined, role: [] }), [["role", "violation"]]);
  });
});
