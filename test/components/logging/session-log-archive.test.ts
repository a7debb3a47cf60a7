import assert from "node:assert/strict";
import type { Principal, RequestContext } from "@bastionless/iam";
import {
  planSessionLogArchive,
  SessionLogArchive,
  type SessionLogArchiveArgs,
  SessionLogging,
  type SessionLoggingArgs,
} from "@bastionless/components";
import type { KnownIdentity } from "../../../components/core/identity.ts";
import type { PolicyStatement } from "../../../components/core/policy-document.ts";
import { archiveBucketPolicy, archiveKeyPolicy } from "../../../components/logging/archive-policies.ts";
import { planSessionLogging } from "../../../components/logging/plan.ts";
import { problemPaths } from "../../support/problem-paths.ts";
import { ACCOUNT, runMocked, valueOf } from "../support/mocked-program.ts";
import { decisionOf, parsed } from "../support/policies.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const WORKLOAD = "222233334444";
const ORGANIZATION = "o-a1b2c3d4e5";
const KEY = "arn:aws:kms:eu-central-1:555566667777:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const IDENTITY: KnownIdentity = {
  accountId: "555566667777",
  region: "eu-central-1",
  partition: "aws",
  dnsSuffix: "amazonaws.com",
};

function machineOf(account: string): Principal {
  return {
    kind: "role-session",
    id: `arn:aws:sts::${account}:assumed-role/app/i-1`,
    roleArn: `arn:aws:iam::${account}:role/app`,
  };
}

const EVERYTHING = parsed([{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }]);
const WRITERS = { accountIds: [WORKLOAD, "333344445555"], organizationId: ORGANIZATION };

/** Across accounts both sides must allow; the machines' own policies allow everything here. */
function decision(
  policy: readonly PolicyStatement[],
  request: { action: string; resource: string; account: string; context: RequestContext },
): string {
  const { account, ...rest } = request;
  return decisionOf(
    {
      ...rest,
      principal: machineOf(account),
      context: { "aws:PrincipalAccount": account, "aws:PrincipalOrgID": ORGANIZATION, ...rest.context },
    },
    { identity: [EVERYTHING], resource: [parsed(policy, "resource")], combine: "both" },
  );
}

describe("the policy of an archive's bucket", () => {
  const policy = archiveBucketPolicy(IDENTITY, "archive", WRITERS);
  const tls = { "aws:SecureTransport": true, "s3:TlsVersion": 1.3 };
  const on = (action: string, path: string, account = WORKLOAD, context: RequestContext = {}): string =>
    decision(policy, {
      action,
      resource: path === "" ? "arn:aws:s3:::archive" : `arn:aws:s3:::archive/${path}`,
      account,
      context: { ...tls, ...context },
    });

  it("lets each account write into its own folder, and into no other", () => {
    assert.equal(on("s3:PutObject", `${WORKLOAD}/jane-1.log`), "allowed");
    assert.equal(on("s3:PutObjectAcl", `${WORKLOAD}/jane-1.log`), "allowed");
    assert.equal(on("s3:PutObject", "333344445555/jane-1.log"), "implicit-deny");
    assert.equal(on("s3:PutObject", "jane-1.log"), "implicit-deny");
    assert.equal(on("s3:PutObject", `${WORKLOAD}0/jane-1.log`), "implicit-deny");
    assert.equal(on("s3:GetEncryptionConfiguration", ""), "allowed");
  });

  it("lets them read, list, change and delete nothing", () => {
    for (const action of [
      "s3:GetObject",
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "s3:PutObjectRetention",
    ]) {
      assert.equal(on(action, `${WORKLOAD}/jane-1.log`), "implicit-deny", action);
    }
    for (const action of ["s3:ListBucket", "s3:PutBucketPolicy"]) {
      assert.equal(on(action, ""), "implicit-deny", action);
    }
  });

  it("lets no other account in, and none that has left the organization", () => {
    assert.equal(on("s3:PutObject", "999900001111/x", "999900001111"), "implicit-deny");
    assert.equal(
      on("s3:PutObject", `${WORKLOAD}/x`, WORKLOAD, { "aws:PrincipalOrgID": "o-0000000000" }),
      "implicit-deny",
    );
    const open = archiveBucketPolicy(IDENTITY, "archive", { ...WRITERS, organizationId: undefined });
    assert.ok(!JSON.stringify(open).includes("PrincipalOrgID"));
  });

  it("refuses other encryption and old TLS, as every log bucket", () => {
    assert.equal(
      on("s3:PutObject", `${WORKLOAD}/x`, WORKLOAD, { "s3:x-amz-server-side-encryption": "AES256" }),
      "explicit-deny",
    );
    assert.equal(on("s3:PutObject", `${WORKLOAD}/x`, WORKLOAD, { "s3:TlsVersion": 1.1 }), "explicit-deny");
  });
});

describe("the policy of an archive's key", () => {
  const policy = archiveKeyPolicy(IDENTITY, "archive", WRITERS);
  const through = {
    "kms:ViaService": "s3.eu-central-1.amazonaws.com",
    "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::archive",
  };
  const use = (action: string, account: string, context: RequestContext): string =>
    decision(policy, { action, resource: KEY, account, context });

  it("lets the accounts use it through S3, for the one bucket", () => {
    assert.equal(use("kms:GenerateDataKey", WORKLOAD, through), "allowed");
    assert.equal(use("kms:GenerateDataKey", WORKLOAD, {}), "implicit-deny");
    assert.equal(
      use("kms:GenerateDataKey", WORKLOAD, {
        ...through,
        "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::another",
      }),
      "implicit-deny",
    );
    assert.equal(use("kms:GenerateDataKey", "999900001111", through), "implicit-deny");
    assert.equal(
      use("kms:GenerateDataKey", WORKLOAD, { ...through, "aws:PrincipalOrgID": "o-0000000000" }),
      "implicit-deny",
    );
    assert.equal(use("kms:PutKeyPolicy", WORKLOAD, {}), "implicit-deny");
  });

  it("lets its own account read through S3 and manage it, and write nothing", () => {
    assert.equal(use("kms:Decrypt", "555566667777", through), "allowed");
    assert.equal(use("kms:GenerateDataKey", "555566667777", through), "implicit-deny");
    assert.equal(use("kms:PutKeyPolicy", "555566667777", {}), "allowed");
  });
});

describe("the plan of an archive", () => {
  const paths = (args: Partial<SessionLogArchiveArgs>): readonly string[] =>
    problemPaths(() => planSessionLogArchive("archive", { accountIds: [WORKLOAD], ...args }, DEPLOYMENT));

  it("takes 1 to 100 accounts of twelve digits, each once", () => {
    const accounts = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => String(111_122_223_000 + index));
    assert.deepEqual(paths({ accountIds: accounts(100) }), []);
    assert.deepEqual(paths({ accountIds: accounts(101) }), ["accountIds"]);
    assert.deepEqual(paths({ accountIds: [] }), ["accountIds"]);
    assert.deepEqual(paths({ accountIds: [WORKLOAD, WORKLOAD] }), ["accountIds[1]"]);
    for (const id of ["22223333444", "2222333344445", "22223333444a", ""]) {
      assert.deepEqual(paths({ accountIds: [id] }), ["accountIds[0]"], id);
    }
  });

  const ranges: readonly [argument: keyof SessionLogArchiveArgs, valid: number[], invalid: number[]][] = [
    ["expirationDays", [0, 1, 36_500], [-1, 36_501]],
    ["objectLockDays", [1, 36_500], [0, 36_501]],
    ["keyRotationDays", [90, 2560], [89, 2561]],
    ["keyDeletionWindowDays", [7, 30], [6, 31]],
  ];
  for (const [argument, valid, invalid] of ranges) {
    it(`takes ${argument} of ${valid.join(", ")} and not of ${invalid.join(", ")}`, () => {
      for (const value of valid) {
        assert.deepEqual(paths({ [argument]: value }), [], String(value));
      }
      for (const value of invalid) {
        assert.ok(paths({ [argument]: value }).includes(argument), String(value));
      }
    });
  }

  it("reports everything that is wrong at once", () => {
    assert.deepEqual(
      paths({
        namePrefix: "Shop",
        accountIds: ["1"],
        organizationId: "r-1234",
        keyRotationDays: 1,
        coldStorageDays: -1,
      }),
      ["namePrefix", "accountIds[0]", "organizationId", "keyRotationDays", "coldStorageDays"],
    );
  });
});

describe("logging into a bucket that is there", () => {
  const destination = { bucketName: "archive", keyArn: KEY };
  const paths = (args: SessionLoggingArgs): readonly string[] =>
    problemPaths(() => planSessionLogging("logging", args, DEPLOYMENT));

  it("takes nothing that only the bucket's owner decides", () => {
    const own: SessionLoggingArgs = {
      coldStorageDays: 30,
      coldStorageClass: "GLACIER",
      expirationDays: 90,
      objectLockDays: 1,
      objectLockMode: "GOVERNANCE",
      forceDestroy: true,
    };
    assert.deepEqual(paths({ ...own, destination }), Object.keys(own));
    assert.deepEqual(paths({ destination, s3KeyPrefix: WORKLOAD }), []);
    assert.deepEqual(paths({ destination, s3: false }), ["destination"]);
  });

  it("takes a bucket without dots, a key by its ARN, and a prefix without a slash at its end", () => {
    assert.deepEqual(
      paths({ destination: { bucketName: "a.b.c", keyArn: "alias/logs" }, s3KeyPrefix: "a/" }),
      ["s3KeyPrefix", "destination.bucketName", "destination.keyArn"],
    );
  });

  it("makes no bucket, keeps its own key for sessions, and asks for the other account's for logs", async () => {
    const program = await runMocked(
      () => new SessionLogging("logging", { destination, s3KeyPrefix: WORKLOAD }),
    );
    const types = program.mocks.resources.map(({ type }) => type);
    assert.ok(!types.some((type) => type.startsWith("aws:s3/")));
    assert.ok(types.includes("aws:kms/key:Key"));
    const { permissions, preferences, keyArn } = program.result;
    const own = await valueOf(keyArn);
    const keyStatements = await valueOf(permissions.instances.keyStatements);
    assert.deepEqual(
      keyStatements.map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ["DecryptSessions", own],
        ["EncryptLogsInS3", KEY],
      ],
    );
    assert.deepEqual(keyStatements[1]?.Condition?.["StringEquals"], {
      "kms:ViaService": ["s3.eu-central-1.amazonaws.com"],
    });
    const statements = await valueOf(permissions.instances.statements);
    assert.deepEqual(statements[0], {
      Sid: "WriteLogsToS3",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:PutObjectAcl"],
      Resource: `arn:aws:s3:::archive/${WORKLOAD}/*`,
    });
    assert.equal(preferences.s3KeyPrefix, WORKLOAD);
    assert.ok(
      !program.document("aws:kms/key:Key", "logging-key").Statement.some(({ Sid }) => Sid === "LogBucket"),
    );
  });

  it("gives auditors of this account nothing of the other account's", async () => {
    const program = await runMocked(() => new SessionLogging("logging", { destination, cloudWatch: false }));
    const { auditors, endpoints } = program.result.permissions;
    assert.deepEqual([auditors.hasStatements, auditors.hasKeyStatements], [false, false]);
    assert.deepEqual(await valueOf(auditors.statements), []);
    assert.deepEqual(
      (await valueOf(endpoints.s3Statements)).map(({ Action }) => Action),
      [["s3:PutObject", "s3:PutObjectAcl"], "s3:GetEncryptionConfiguration"],
    );
  });
});

describe("an archive", () => {
  it("is a bucket of one owner, encrypted with its key, whose name is known beforehand", async () => {
    const program = await runMocked(
      () => new SessionLogArchive("archive", { accountIds: [WORKLOAD], objectLockDays: 30 }),
    );
    const bucket = `shop-dev-logs-${ACCOUNT}-eu-west-1`;
    assert.equal(program.inputs("aws:s3/bucket:Bucket", "archive-bucket")["bucket"], bucket);
    assert.equal(await valueOf(program.result.bucketName), bucket);
    assert.deepEqual(
      program.inputs("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "archive-bucket-ownership")[
        "rule"
      ],
      { objectOwnership: "BucketOwnerEnforced" },
    );
    assert.deepEqual(
      program
        .document("aws:s3/bucketPolicy:BucketPolicy", "archive-bucket-policy")
        .Statement.slice(0, 2)
        .map(({ Sid, Principal }) => [Sid, Principal]),
      [
        ["WriteOwnFolder", { AWS: [`arn:aws:iam::${WORKLOAD}:root`] }],
        ["SeeEncryption", { AWS: [`arn:aws:iam::${WORKLOAD}:root`] }],
      ],
    );
  });

  it("names nothing of another partition in China", async () => {
    const program = await runMocked(() => new SessionLogArchive("archive", { accountIds: [WORKLOAD] }), {
      region: "cn-north-1",
    });
    assert.ok(!JSON.stringify(program.mocks.resources.map(({ inputs }) => inputs)).includes("arn:aws:"));
  });
});
