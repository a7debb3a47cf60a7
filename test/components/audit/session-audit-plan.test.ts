import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ExistingTrail, SessionAuditArgs } from "../../../components/audit/args.ts";
import { planSessionAudit, SESSION_EVENTS, type SessionAuditPlan } from "../../../components/audit/plan.ts";
import { LOG_RETENTION_DAYS } from "../../../components/core/log-retention.ts";
import { problemPaths } from "../../support/problem-paths.ts";
import { settled } from "../support/values.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const ROLE = "arn:aws:iam::111122223333:role/break-glass";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

type Args = Partial<SessionAuditArgs>;

const plan = (args: Args = {}): SessionAuditPlan =>
  planSessionAudit("audit", { loggedDocuments: ["shop-dev-shell"], ...args }, DEPLOYMENT);

const paths = (args: Args): readonly string[] => problemPaths(() => plan(args));

function names(count: number, length = 20): string[] {
  return Array.from({ length: count }, (_, index) => String(index).padStart(length, "a"));
}

describe("the plan of an audit", () => {
  it("without more has a trail, alarms, a history of a year, and tells of everything", () => {
    const { alarms, ...rest } = plan();
    assert.deepEqual(rest, {
      namePrefix: "shop-dev",
      tags: { Project: "shop", Environment: "dev" },
      tunnelDocuments: [],
      commandDocuments: [],
      emails: [],
      notifyOn: SESSION_EVENTS,
      trail: { kind: "own", logGroup: true, expirationDays: 365, objectLock: undefined },
      history: {
        regions: undefined,
        accountIds: undefined,
        days: 365,
        queryLimitBytes: 107_374_182_400,
        resultDays: 30,
      },
      dashboard: false,
      retentionDays: 365,
      keyRotationDays: 365,
      keyDeletionWindowDays: 30,
      forceDestroy: false,
    });
    assert.deepEqual(
      alarms.map(({ kind, threshold }) => [kind, threshold]),
      [
        ["unlogged", 1],
        ["root", 1],
        ["denied", 3],
      ],
    );
  });

  it("has an alarm on roles for emergencies where there are some", () => {
    assert.deepEqual(
      plan({ breakGlassRoleArns: [ROLE] }).alarms.map(({ kind }) => kind),
      ["unlogged", "root", "denied", "break-glass"],
    );
  });

  it("has no alarms without a log group", () => {
    assert.deepEqual(plan({ trailLogGroup: false }).alarms, []);
    assert.deepEqual(plan({ trail: { bucketName: "org-trail" } }).alarms, []);
    assert.deepEqual(plan({ alarms: false }).alarms, []);
    assert.deepEqual(paths({ trailLogGroup: false, alarms: true }), ["alarms"]);
    assert.deepEqual(paths({ trail: { bucketName: "org-trail" }, alarms: true }), ["alarms"]);
    assert.equal(plan({ trail: { bucketName: "org-trail", logGroupName: "/trail" } }).alarms.length, 3);
  });

  it("refuses arguments of alarms where there are none", () => {
    assert.deepEqual(paths({ alarms: false, breakGlassRoleArns: [ROLE], deniedStartsThreshold: 1 }), [
      "breakGlassRoleArns",
      "deniedStartsThreshold",
    ]);
  });

  it("refuses arguments of an own trail beside one that is there", () => {
    const own: Args = {
      expirationDays: 30,
      objectLockDays: 1,
      objectLockMode: "GOVERNANCE",
      trailLogGroup: true,
    };
    assert.deepEqual(paths({ ...own, trail: { bucketName: "org-trail" } }), Object.keys(own));
  });

  it("refuses arguments of the history where there is none", () => {
    const history: Args = {
      accountIds: ["111122223333"],
      historyDays: 1,
      queryLimitGib: 1,
      regions: ["eu-west-1"],
      resultDays: 1,
    };
    assert.equal(plan({ history: false }).history, undefined);
    assert.deepEqual(paths({ ...history, history: false }), Object.keys(history));
  });

  const ranges: readonly [argument: keyof SessionAuditArgs, valid: number[], invalid: number[]][] = [
    ["deniedStartsThreshold", [1, 1000], [0, 1001, 1.5]],
    ["expirationDays", [0, 1, 36_500], [-1, 36_501, 0.5]],
    ["historyDays", [1, 3650], [0, 3651, 1.5]],
    ["keyDeletionWindowDays", [7, 30], [6, 31]],
    ["keyRotationDays", [90, 2560], [89, 2561]],
    ["objectLockDays", [1, 36_500], [0, 36_501]],
    ["queryLimitGib", [1, 10_240], [0, 10_241, 1.5]],
    ["resultDays", [1, 365], [0, 366]],
    ["retentionDays", [0, ...LOG_RETENTION_DAYS], [-1, 2, 31, 3654]],
  ];
  for (const [argument, valid, invalid] of ranges) {
    it(`takes ${argument} of ${valid[0]} to ${valid.at(-1)} and not of ${invalid.join(", ")}`, () => {
      for (const value of valid) {
        assert.deepEqual(paths({ [argument]: value }), [], String(value));
      }
      for (const value of invalid) {
        assert.deepEqual(paths({ [argument]: value }), [argument], String(value));
      }
    });
  }

  const texts: readonly [
    argument: "accountIds" | "breakGlassRoleArns" | "emails" | "loggedDocuments" | "regions",
    valid: string[],
    invalid: string[],
  ][] = [
    ["accountIds", ["111122223333"], ["11112222333", "1111222233334", "a11122223333", ""]],
    [
      "breakGlassRoleArns",
      [ROLE, "arn:aws-cn:iam::111122223333:role/ops/b.g@x"],
      ["break-glass", "arn:aws:iam::111122223333:user/jane", "arn:aws:iam::1:role/x", `${ROLE}"`],
    ],
    [
      "emails",
      ["a@b.c", "security+audit@example.co.uk"],
      ["", "a", "a@b", "a b@c.d", "a@b.c d", `${"a".repeat(250)}@b.co`],
    ],
    [
      "loggedDocuments",
      ["abc", "a".repeat(128), "a_b-c.d"],
      ["ab", "a".repeat(129), "a b", 'a"b', "aws-x", "arn:aws:ssm:eu-west-1:111122223333:document/x", ""],
    ],
    ["regions", ["eu-west-1", "us-gov-east-1"], ["eu-west", "EU-WEST-1", "eu-west-1a", ""]],
  ];
  for (const [argument, valid, invalid] of texts) {
    it(`takes ${argument} of their form only`, () => {
      for (const value of valid) {
        assert.deepEqual(paths({ [argument]: [value] }), [], value);
      }
      for (const value of invalid) {
        assert.deepEqual(paths({ [argument]: [value] }), [`${argument}[0]`], value);
      }
    });

    it(`takes none of ${argument} twice`, () => {
      const [value = ""] = valid;
      assert.deepEqual(paths({ [argument]: [value, value] }), [argument]);
    });
  }

  it("takes at most so many", () => {
    assert.deepEqual(paths({ emails: names(10).map((name) => `${name}@b.c`) }), []);
    assert.deepEqual(paths({ emails: names(11).map((name) => `${name}@b.c`) }), ["emails"]);
    assert.deepEqual(paths({ tunnelDocuments: names(20, 3), alarms: false }), []);
    assert.deepEqual(paths({ tunnelDocuments: names(21, 3), alarms: false }), ["tunnelDocuments"]);
    assert.deepEqual(paths({ regions: [], accountIds: [] }), ["regions", "accountIds"]);
  });

  it("refuses names that make a filter pattern or an event pattern too long", () => {
    assert.deepEqual(paths({ loggedDocuments: names(8, 40) }), []);
    assert.deepEqual(paths({ loggedDocuments: names(9, 128) }), ["loggedDocuments"]);
    assert.deepEqual(paths({ breakGlassRoleArns: names(8, 64).map((name) => `${ROLE}${name}`) }), [
      "breakGlassRoleArns",
    ]);
    const many = { tunnelDocuments: names(14, 128), alarms: false };
    assert.deepEqual(paths(many), ["tunnelDocuments"]);
  });

  it("refuses names that make too long a pattern as soon as they are known", async () => {
    const { alarms } = plan({ loggedDocuments: names(9, 128).map((name) => pulumi.output(name)) });
    await assert.rejects(() => settled(alarms[0]?.pattern), /1024 characters/u);
  });

  it("refuses a document in two lists that say different things of it", () => {
    assert.deepEqual(paths({ tunnelDocuments: ["shop-dev-shell"] }), ["tunnelDocuments[0]"]);
    assert.deepEqual(paths({ tunnelDocuments: ["db-1"], commandDocuments: ["db-1"] }), [
      "commandDocuments[0]",
    ]);
    assert.deepEqual(paths({ commandDocuments: ["shop-dev-shell"] }), []);
  });

  it("takes the events that there are", () => {
    assert.deepEqual(plan({ notifyOn: [] }).notifyOn, []);
    assert.deepEqual(paths({ notifyOn: [...SESSION_EVENTS] }), []);
    // As a program in another language might.
    const unknown: Args = JSON.parse('{"notifyOn":["started"]}');
    assert.deepEqual(paths(unknown), ["notifyOn[0]"]);
  });

  it("keeps the trail as long as it is locked, and refuses less", () => {
    assert.deepEqual(plan({ objectLockDays: 1000 }).trail, {
      kind: "own",
      logGroup: true,
      expirationDays: 1000,
      objectLock: { days: 1000, mode: "GOVERNANCE" },
    });
    assert.deepEqual(paths({ objectLockDays: 100, expirationDays: 99 }), ["expirationDays"]);
    assert.deepEqual(paths({ objectLockDays: 100, expirationDays: 100 }), []);
    assert.deepEqual(paths({ objectLockMode: "COMPLIANCE" }), ["objectLockMode"]);
  });

  it("asks as far back as the trail is kept", () => {
    assert.equal(plan({ expirationDays: 30 }).history?.days, 30);
    assert.equal(plan({ expirationDays: 0 }).history?.days, 3650);
    assert.equal(plan({ expirationDays: 30, historyDays: 7 }).history?.days, 7);
    assert.equal(plan({ trail: { bucketName: "org-trail" } }).history?.days, 365);
  });

  const trails: readonly [what: string, trail: Partial<ExistingTrail>, path: string][] = [
    ["a bucket with dots", { bucketName: "org.trail" }, "trail.bucketName"],
    ["a prefix with a slash at its end", { s3KeyPrefix: "a/" }, "trail.s3KeyPrefix"],
    ["a prefix that is empty", { s3KeyPrefix: "" }, "trail.s3KeyPrefix"],
    ["an organization that is none", { organizationId: "r-1234" }, "trail.organizationId"],
    ["a log group with a space", { logGroupName: "a b" }, "trail.logGroupName"],
    ["a key that is an alias", { keyArn: "alias/trail" }, "trail.keyArn"],
  ];
  for (const [what, trail, path] of trails) {
    it(`refuses of a trail that is there ${what}`, () => {
      assert.deepEqual(paths({ trail: { bucketName: "org-trail", ...trail } }), [path]);
    });
  }

  it("takes a trail of an organization", () => {
    const trail: ExistingTrail = {
      bucketName: "org-trail",
      s3KeyPrefix: "trails/main",
      organizationId: "o-a1b2c3d4e5",
      logGroupName: "/org/trail",
      keyArn: KEY,
    };
    assert.deepEqual(plan({ trail }).trail, { kind: "existing", ...trail });
  });

  it("reports everything that is wrong at once", () => {
    assert.deepEqual(
      paths({
        namePrefix: "Shop",
        tags: { "aws:x": "1" },
        loggedDocuments: ["a b"],
        emails: ["nobody"],
        expirationDays: -1,
        retentionDays: 2,
        keyRotationDays: 1,
        deniedStartsThreshold: 0,
        regions: ["mars"],
      }),
      [
        "namePrefix",
        'tags["aws:x"]',
        "loggedDocuments[0]",
        "emails[0]",
        "expirationDays",
        "retentionDays",
        "keyRotationDays",
        "deniedStartsThreshold",
        "regions[0]",
      ],
    );
  });
});
