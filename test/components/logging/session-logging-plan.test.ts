import assert from "node:assert/strict";
import type { SessionLoggingArgs } from "../../../components/logging/args.ts";
import { planSessionLogging, type SessionLoggingPlan } from "../../../components/logging/plan.ts";
import { LOG_RETENTION_DAYS } from "../../../components/core/log-retention.ts";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };

const plan = (args: SessionLoggingArgs = {}): SessionLoggingPlan =>
  planSessionLogging("logging", args, DEPLOYMENT);

const paths = (args: SessionLoggingArgs): readonly string[] => problemPaths(() => plan(args));

describe("the plan of session logging", () => {
  it("without arguments logs to both places, encrypts sessions, and keeps logs for a year", () => {
    assert.deepEqual(plan(), {
      namePrefix: "shop-dev",
      tags: { Project: "shop", Environment: "dev" },
      aliasName: "alias/shop-dev-sessions",
      keyRotationDays: 365,
      keyDeletionWindowDays: 30,
      encryptSessions: true,
      bucket: {
        keyPrefix: undefined,
        coldStorage: { days: 90, storageClass: "GLACIER_IR" },
        expirationDays: 365,
        objectLock: undefined,
        forceDestroy: false,
      },
      destination: undefined,
      logGroup: { name: "/shop-dev/sessions", retentionDays: 365, streaming: true },
    });
  });

  it("can leave out the bucket or the log group, and not both", () => {
    assert.equal(plan({ s3: false }).bucket, undefined);
    assert.equal(plan({ cloudWatch: false }).logGroup, undefined);
    assert.deepEqual(paths({ s3: false, cloudWatch: false }), ["cloudWatch"]);
  });

  it("refuses arguments of what is switched off", () => {
    const bucket: SessionLoggingArgs = {
      s3KeyPrefix: "a",
      coldStorageDays: 30,
      coldStorageClass: "GLACIER",
      expirationDays: 90,
      objectLockDays: 1,
      objectLockMode: "GOVERNANCE",
      forceDestroy: true,
    };
    assert.deepEqual(paths({ ...bucket, s3: false }), Object.keys(bucket));
    const group: SessionLoggingArgs = { retentionDays: 30, streaming: false };
    assert.deepEqual(paths({ ...group, cloudWatch: false }), Object.keys(group));
  });

  it("takes every retention that CloudWatch Logs takes, 0 for ever, and no other", () => {
    for (const retentionDays of [0, ...LOG_RETENTION_DAYS]) {
      assert.deepEqual(paths({ retentionDays }), [], String(retentionDays));
    }
    for (const retentionDays of [-1, 2, 31, 364, 366, 3654, 1.5]) {
      assert.deepEqual(paths({ retentionDays }), ["retentionDays"], String(retentionDays));
    }
  });

  const ranges: readonly [argument: keyof SessionLoggingArgs, valid: number[], invalid: number[]][] = [
    ["keyRotationDays", [90, 2560], [89, 2561, 90.5]],
    ["keyDeletionWindowDays", [7, 30], [6, 31]],
    ["objectLockDays", [1, 36_500], [0, 36_501, -1]],
    ["expirationDays", [0, 1, 36_500], [-1, 36_501, 0.5]],
    ["coldStorageDays", [0, 1, 364], [-1, 1.5, 365]],
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

  it("keeps logs as long as they are locked, and refuses less", () => {
    assert.equal(plan({ objectLockDays: 1000 }).bucket?.expirationDays, 1000);
    assert.deepEqual(paths({ objectLockDays: 100, expirationDays: 100 }), []);
    assert.deepEqual(paths({ objectLockDays: 100, expirationDays: 99 }), ["expirationDays"]);
    assert.equal(plan({ objectLockDays: 100, expirationDays: 0 }).bucket?.expirationDays, undefined);
  });

  it("locks in governance mode, unless compliance is asked for, and takes no mode without days", () => {
    assert.deepEqual(plan({ objectLockDays: 7 }).bucket?.objectLock, { days: 7, mode: "GOVERNANCE" });
    assert.deepEqual(plan({ objectLockDays: 7, objectLockMode: "COMPLIANCE" }).bucket?.objectLock, {
      days: 7,
      mode: "COMPLIANCE",
    });
    assert.deepEqual(paths({ objectLockMode: "COMPLIANCE" }), ["objectLockMode"]);
  });

  it("moves logs to colder storage before they expire, or not at all", () => {
    assert.equal(plan({ expirationDays: 90 }).bucket?.coldStorage, undefined);
    assert.deepEqual(plan({ expirationDays: 91 }).bucket?.coldStorage?.days, 90);
    assert.equal(plan({ coldStorageDays: 0 }).bucket?.coldStorage, undefined);
    assert.deepEqual(paths({ coldStorageDays: 30, expirationDays: 30 }), ["coldStorageDays"]);
    assert.deepEqual(paths({ coldStorageDays: 30, expirationDays: 31 }), []);
    assert.deepEqual(paths({ coldStorageDays: 0, coldStorageClass: "GLACIER" }), ["coldStorageClass"]);
  });

  it("waits the 30 days that S3 asks for before infrequent access", () => {
    assert.deepEqual(paths({ coldStorageClass: "STANDARD_IA", coldStorageDays: 29 }), ["coldStorageDays"]);
    assert.deepEqual(paths({ coldStorageClass: "STANDARD_IA", coldStorageDays: 30 }), []);
    assert.deepEqual(paths({ coldStorageClass: "GLACIER_IR", coldStorageDays: 1 }), []);
  });

  it("takes a prefix of folders without a slash at either end", () => {
    for (const s3KeyPrefix of ["sessions", "a/b", "a_b/c.d!*'()-"]) {
      assert.deepEqual(paths({ s3KeyPrefix }), [], s3KeyPrefix);
    }
    for (const s3KeyPrefix of ["", "/a", "a/", "a//b", "a b", "a{b"]) {
      assert.deepEqual(paths({ s3KeyPrefix }), ["s3KeyPrefix"], s3KeyPrefix);
    }
  });

  it("reports everything that is wrong at once", () => {
    assert.deepEqual(
      paths({
        namePrefix: "Shop",
        tags: { "aws:x": "1" },
        keyRotationDays: 1,
        coldStorageDays: -1,
        expirationDays: 1.5,
        retentionDays: 2,
      }),
      [
        "namePrefix",
        'tags["aws:x"]',
        "keyRotationDays",
        "coldStorageDays",
        "expirationDays",
        "retentionDays",
      ],
    );
  });
});
