import assert from "node:assert/strict";
import { SessionLogging, type SessionLoggingArgs } from "@bastionless/components";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "../../../components/core/policy-document.ts";
import type { Grant } from "../../../components/core/permissions.ts";
import { ACCOUNT, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { decisionOf, parsed } from "../support/policies.ts";

const TAGS = { Project: "shop", Environment: "dev" };
const BUCKET = `shop-dev-logs-${ACCOUNT}-eu-west-1`;

function logging(
  args: SessionLoggingArgs = {},
  region = "eu-west-1",
): Promise<MockedProgram<SessionLogging>> {
  return runMocked(() => new SessionLogging("logging", args), { region });
}

/** What a test states of a resource; the provider adds its own defaults. */
function assertInputs(
  program: MockedProgram<unknown>,
  type: string,
  name: string,
  expected: Record<string, unknown>,
): void {
  const inputs = program.inputs(type, name);
  const stated = Object.fromEntries(Object.keys(expected).map((key) => [key, inputs[key]]));
  assert.deepEqual(stated, expected);
}

async function statements(grant: Grant): Promise<readonly PolicyStatement[]> {
  return [...(await valueOf(grant.statements)), ...(await valueOf(grant.keyStatements))];
}

const sids = (list: readonly PolicyStatement[]): string[] => list.map(({ Sid }) => Sid);

describe("session logging", () => {
  let made: MockedProgram<SessionLogging>;
  before(async () => {
    made = await logging({ objectLockDays: 30, objectLockMode: "COMPLIANCE", s3KeyPrefix: "sessions" });
  });

  it("makes a rotating key with an alias", () => {
    assertInputs(made, "aws:kms/key:Key", "logging-key", {
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      tags: TAGS,
    });
    assertInputs(made, "aws:kms/alias:Alias", "logging-alias", { name: "alias/shop-dev-sessions" });
  });

  it("makes a private, versioned, locked bucket that encrypts with the key", () => {
    assertInputs(made, "aws:s3/bucket:Bucket", "logging-bucket", {
      bucket: BUCKET,
      objectLockEnabled: true,
      forceDestroy: false,
      tags: TAGS,
    });
    assertInputs(
      made,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "logging-bucket-public-access",
      {
        bucket: BUCKET,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    );
    assertInputs(made, "aws:s3/bucketOwnershipControls:BucketOwnershipControls", "logging-bucket-ownership", {
      bucket: BUCKET,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    assertInputs(made, "aws:s3/bucketVersioning:BucketVersioning", "logging-bucket-versioning", {
      bucket: BUCKET,
      versioningConfiguration: { status: "Enabled" },
    });
    assertInputs(
      made,
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      "logging-bucket-object-lock",
      { bucket: BUCKET, rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } },
    );
    const keyArn = made.mocks.named("aws:kms/key:Key", "logging-key").outputs["arn"];
    assertInputs(
      made,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "logging-bucket-encryption",
      {
        bucket: BUCKET,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
            bucketKeyEnabled: true,
          },
        ],
      },
    );
  });

  it("makes a log group that is encrypted with the key", () => {
    assertInputs(made, "aws:cloudwatch/logGroup:LogGroup", "logging-log-group", {
      name: "/shop-dev/sessions",
      retentionInDays: 365,
      kmsKeyId: made.mocks.named("aws:kms/key:Key", "logging-key").outputs["arn"],
      tags: TAGS,
    });
  });

  it("says in session documents where logs go, and names the key by its alias", async () => {
    assert.deepEqual(await valueOf(pulumi.output(made.result.preferences)), {
      s3BucketName: BUCKET,
      s3KeyPrefix: "sessions",
      cloudWatchLogGroupName: "/shop-dev/sessions",
      cloudWatchStreaming: true,
      kmsKeyId: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/shop-dev-sessions`,
    });
  });

  it("keeps the key's ARN out of all statements but the key statements", async () => {
    const keyArn = await valueOf(made.result.keyArn);
    const { instances, people, auditors, endpoints } = made.result.permissions;
    const grants = [instances, people, auditors];
    const plain = await Promise.all(grants.map((grant) => valueOf(grant.statements)));
    assert.ok(!JSON.stringify(plain).includes(keyArn));
    const withKey = await Promise.all(grants.map((grant) => valueOf(grant.keyStatements)));
    assert.deepEqual([...new Set(withKey.flat().map(({ Resource }) => Resource))], [keyArn]);
    assert.ok(!JSON.stringify(await valueOf(endpoints.s3Statements)).includes(keyArn));
  });

  it("lets an instance write its log below the prefix and nowhere else", async () => {
    const document = parsed(await valueOf(made.result.permissions.instances.statements));
    const decision = (action: string, resource: string): string =>
      decisionOf({ action, resource, context: {} }, { identity: [document] });
    const group = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/shop-dev/sessions`;
    assert.equal(decision("s3:PutObject", `arn:aws:s3:::${BUCKET}/sessions/a.log`), "allowed");
    assert.equal(decision("s3:PutObject", `arn:aws:s3:::${BUCKET}/a.log`), "implicit-deny");
    assert.equal(decision("s3:GetObject", `arn:aws:s3:::${BUCKET}/sessions/a.log`), "implicit-deny");
    assert.equal(decision("s3:GetEncryptionConfiguration", `arn:aws:s3:::${BUCKET}`), "allowed");
    assert.equal(decision("logs:PutLogEvents", `${group}:log-stream:a`), "allowed");
    assert.equal(decision("logs:PutLogEvents", `${group}-of-others:log-stream:a`), "implicit-deny");
    assert.equal(
      decision("logs:DescribeLogGroups", `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group::log-stream:`),
      "allowed",
    );
    assert.equal(decision("logs:GetLogEvents", `${group}:log-stream:a`), "implicit-deny");
  });

  it("lets auditors read what instances write, and not change it", async () => {
    const document = parsed(await valueOf(made.result.permissions.auditors.statements));
    const decision = (action: string, resource: string): string =>
      decisionOf({ action, resource, context: {} }, { identity: [document] });
    assert.equal(decision("s3:GetObject", `arn:aws:s3:::${BUCKET}/sessions/a.log`), "allowed");
    for (const action of [
      "s3:PutObject",
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "s3:BypassGovernanceRetention",
    ]) {
      assert.equal(decision(action, `arn:aws:s3:::${BUCKET}/sessions/a.log`), "implicit-deny");
    }
    const stream = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/shop-dev/sessions:log-stream:a`;
    assert.equal(decision("logs:GetLogEvents", stream), "allowed");
    assert.equal(decision("logs:DeleteLogStream", stream), "implicit-deny");
  });

  it("has outputs that other programs can use", async () => {
    const { keyAlias, keyAliasArn, bucketName, bucketArn, logGroupName, logGroupArn } = made.result;
    assert.deepEqual(
      await valueOf(pulumi.output([keyAlias, keyAliasArn, bucketName, bucketArn, logGroupName, logGroupArn])),
      [
        "alias/shop-dev-sessions",
        `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/shop-dev-sessions`,
        BUCKET,
        `arn:aws:s3:::${BUCKET}`,
        "/shop-dev/sessions",
        `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/shop-dev/sessions`,
      ],
    );
  });

  it("registers nothing where an argument is wrong", async () => {
    await assert.rejects(logging({ retentionDays: 2 }), /retentionDays: `2`/);
  });
});

describe("what logging asks of others", () => {
  const cases: readonly [
    what: string,
    args: SessionLoggingArgs,
    expected: Record<string, readonly string[]>,
  ][] = [
    [
      "with everything on",
      {},
      {
        instances: [
          "WriteLogsToS3",
          "SeeBucketEncryption",
          "WriteLogsToCloudWatch",
          "FindLogGroup",
          "DecryptSessions",
          "EncryptLogsInS3",
        ],
        people: ["EncryptSessions"],
        auditors: [
          "ReadLogsInS3",
          "ListLogsInS3",
          "ReadLogsInCloudWatch",
          "ReadLogQueries",
          "DecryptLogsInS3",
        ],
        services: ["kms", "logs"],
        s3: ["WriteSessionLogs", "SeeLogBucketEncryption"],
      },
    ],
    [
      "with S3 alone",
      { cloudWatch: false },
      {
        instances: ["WriteLogsToS3", "SeeBucketEncryption", "DecryptSessions", "EncryptLogsInS3"],
        people: ["EncryptSessions"],
        auditors: ["ReadLogsInS3", "ListLogsInS3", "DecryptLogsInS3"],
        services: ["kms"],
        s3: ["WriteSessionLogs", "SeeLogBucketEncryption"],
      },
    ],
    [
      "with CloudWatch alone and no end-to-end encryption",
      { s3: false, encryptSessions: false },
      {
        instances: ["WriteLogsToCloudWatch", "FindLogGroup"],
        people: [],
        auditors: ["ReadLogsInCloudWatch", "ReadLogQueries"],
        services: ["logs"],
        s3: [],
      },
    ],
  ];
  for (const [what, args, expected] of cases) {
    it(what, async () => {
      const { result } = await logging(args);
      const { instances, people, auditors, endpoints } = result.permissions;
      assert.deepEqual(
        {
          instances: sids(await statements(instances)),
          people: sids(await statements(people)),
          auditors: sids(await statements(auditors)),
          services: endpoints.services,
          s3: sids(await valueOf(endpoints.s3Statements)),
        },
        expected,
      );
      const grants = [instances, people, auditors];
      assert.deepEqual(
        grants.map(({ hasStatements, hasKeyStatements }) => [hasStatements, hasKeyStatements]),
        await Promise.all(
          grants.map(async (grant) => [
            (await valueOf(grant.statements)).length > 0,
            (await valueOf(grant.keyStatements)).length > 0,
          ]),
        ),
      );
    });
  }

  for (const [region, partition] of [
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ] as const) {
    it(`has ARNs of ${partition} in ${region}`, async () => {
      const program = await logging({}, region);
      const { instances, people, auditors, endpoints } = program.result.permissions;
      const all = [
        ...(await statements(instances)),
        ...(await statements(people)),
        ...(await statements(auditors)),
        ...(await valueOf(endpoints.s3Statements)),
      ];
      const policies = ["logging-key", "logging-bucket-policy"].map((name) =>
        program.mocks.resources.find((resource) => resource.name === name),
      );
      const text = JSON.stringify([all, policies.map((resource) => resource?.inputs["policy"])]);
      assert.deepEqual([...new Set(text.match(/arn:[a-z-]+/g))], [`arn:${partition}`]);
    });
  }
});

describe("a transform of session logging", () => {
  it("can be had for each child, by its name", async () => {
    const seen: string[] = [];
    const see = (_args: unknown, _opts: unknown, name: string): void => {
      seen.push(name);
    };
    const program = await logging({
      objectLockDays: 1,
      transform: {
        key: see,
        alias: see,
        logGroup: see,
        bucket: see,
        versioning: see,
        encryption: see,
        publicAccessBlock: see,
        ownership: see,
        bucketPolicy: see,
        lifecycle: see,
        objectLock: see,
      },
    });
    const children = program.mocks.resources.filter(({ custom }) => custom).map(({ name }) => name);
    assert.deepEqual(seen.toSorted(), children.toSorted());
  });

  it("changes one child and nothing else", async () => {
    const program = await logging({ transform: { bucket: { forceDestroy: true } } });
    assertInputs(program, "aws:s3/bucket:Bucket", "logging-bucket", { bucket: BUCKET, forceDestroy: true });
  });

  it("has the last word, also against encryption, which is the policy pack's to tell", async () => {
    const program = await logging({
      transform: {
        logGroup: (args) => {
          delete args.kmsKeyId;
        },
      },
    });
    assert.equal(
      program.inputs("aws:cloudwatch/logGroup:LogGroup", "logging-log-group")["kmsKeyId"],
      undefined,
    );
    const untouched = await logging();
    assert.ok("kmsKeyId" in untouched.inputs("aws:cloudwatch/logGroup:LogGroup", "logging-log-group"));
  });
});
