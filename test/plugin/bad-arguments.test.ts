import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import schema from "../../components/plugin/schema.json" with { type: "json" };
import { refused } from "./refused.ts";

const { output, secret } = pulumi;

const PLACE = {
  accountId: "111122223333",
  region: "eu-west-1",
  partition: "aws",
  dnsSuffix: "amazonaws.com",
};
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const DESTINATION = {
  place: PLACE,
  encryptSessions: true,
  archived: false,
  logGroupName: "/shop-dev/sessions",
};
const LOGGING = { destination: DESTINATION, keyArn: output(KEY) };
const NETWORK = {
  vpcId: output("vpc-0123456789abcdef0"),
  subnetIds: output(["subnet-0123456789abcdef0"]),
  zones: 1,
  instancesSecurityGroupId: output("sg-0123456789abcdef0"),
};
const PREFERENCES = { cloudWatchLogGroupName: "/shop-dev/sessions" };
const SHELL = { documentName: "shop-dev-shell", sessionType: "Standard_Stream" };

interface Case {
  /** What the component takes without a word. */
  readonly good: Readonly<Record<string, unknown>>;
  /** What takes its place: a value beyond its limits, a known output beyond them, a wrong type, a name there is none of. */
  readonly bad: Readonly<Record<string, unknown>>;
  /** All that is told. */
  readonly paths: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  AgentUpkeep: {
    good: { instanceTags: output({ Fleet: "workers" }) },
    bad: { agentVersion: "3", maxErrors: "many", features: output(["flying"]), schedule: 5, version: "3" },
    paths: ["agentVersion", "features[0]", "maxErrors", "schedule", "version"],
  },
  BastionlessFleet: {
    good: { network: NETWORK, logging: LOGGING },
    bad: {
      minSize: -1,
      spotPercent: "all",
      rootVolumeKmsKeyArn: output("a key"),
      schedules: { night: { cron: "at night", size: 0 } },
      desiredCapacity: 2,
    },
    paths: ["desiredCapacity", "minSize", "rootVolumeKmsKeyArn", "schedules.night.cron", "spotPercent"],
  },
  BastionlessInstance: {
    good: { network: NETWORK, logging: LOGGING },
    bad: {
      rootVolumeGib: 1,
      permissionsBoundaryArn: output("a policy"),
      egress: { database: { port: 0, cidrIpv4: "10.0.0.0/8" } },
      terminationProtection: "yes",
      size: "small",
    },
    paths: [
      "egress.database.port",
      "permissionsBoundaryArn",
      "rootVolumeGib",
      "size",
      "terminationProtection",
    ],
  },
  CommandDocument: {
    good: { healthCheck: {}, instanceTags: { Fleet: "workers" }, logging: PREFERENCES },
    bad: {
      healthCheck: { maxDiskPercent: 101 },
      maxConcurrency: "all",
      deliveryTimeoutSeconds: "1",
      command: "ls",
    },
    paths: ["command", "deliveryTimeoutSeconds", "healthCheck.maxDiskPercent", "maxConcurrency"],
  },
  DefaultHostManagement: {
    good: { logging: LOGGING },
    bad: {
      permissionsBoundaryArn: output("a policy"),
      policyArns: ["a policy"],
      limitTrust: 1,
      role: "mine",
    },
    paths: ["limitTrust", "permissionsBoundaryArn", "policyArns[0]", "role"],
  },
  HybridActivation: {
    good: { tier: "advanced" },
    bad: { tier: output("gold"), registrationLimit: 0, expiresOn: "tomorrow", sessions: "yes", limit: 1 },
    paths: ["expiresOn", "limit", "registrationLimit", "sessions", "tier"],
  },
  PrivateNetwork: {
    good: { logging: LOGGING },
    bad: {
      zones: 4,
      cidrBlock: "8.8.8.0/24",
      flowLogs: { retentionDays: output(2) },
      ec2Messages: "no",
      cidr: "x",
    },
    paths: ["cidr", "cidrBlock", "ec2Messages", "flowLogs.retentionDays", "zones"],
  },
  SessionAccess: {
    good: { profile: "operator", documents: [SHELL], instanceTags: output({ Fleet: "workers" }) },
    bad: {
      documents: [{ documentName: output("a b"), sessionType: "Standard_Stream" }],
      instanceTags: output({ Fleet: "*" }),
      groups: "sre",
      users: [output("a b")],
      policy: "x",
    },
    paths: ["documents[0].documentName", "groups", "instanceTags", "policy", "users[0]"],
  },
  SessionAudit: {
    good: { loggedDocuments: [output("shop-dev-shell")] },
    bad: {
      loggedDocuments: [output("a b")],
      notifyOn: ["login"],
      resultDays: 0,
      alarms: "yes",
      email: "a@b.c",
    },
    paths: ["alarms", "email", "loggedDocuments[0]", "notifyOn[0]", "resultDays"],
  },
  SessionDocument: {
    good: { shell: { logging: PREFERENCES } },
    bad: {
      shell: { logging: PREFERENCES, idleTimeoutMinutes: 61 },
      documentName: "a b",
      description: 1,
      name: "x",
    },
    paths: ["description", "documentName", "name", "shell.idleTimeoutMinutes"],
  },
  SessionLogArchive: {
    good: { accountIds: ["111122223333"] },
    bad: {
      accountIds: [output("1")],
      organizationId: "mine",
      objectLockDays: 0,
      forceDestroy: "no",
      bucket: "x",
    },
    paths: ["accountIds[0]", "bucket", "forceDestroy", "objectLockDays", "organizationId"],
  },
  SessionLogging: {
    good: {},
    bad: {
      retentionDays: 91,
      s3KeyPrefix: "/logs/",
      keyRotationDays: "90",
      destination: { bucketName: output("a.bucket"), keyArn: output("a key") },
      bucket: "mine",
    },
    paths: [
      "bucket",
      "destination.bucketName",
      "destination.keyArn",
      "keyRotationDays",
      "retentionDays",
      "s3KeyPrefix",
    ],
  },
  SessionPermissionSet: {
    good: {
      instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
      access: { policyDocument: output("{}") },
    },
    bad: {
      instanceArn: output("mine"),
      sessionMinutes: 59,
      assignments: [{ accountId: output("1"), groupId: 5 }],
      name: "x",
    },
    paths: ["assignments[0].accountId", "assignments[0].groupId", "instanceArn", "name", "sessionMinutes"],
  },
  SessionPreferences: {
    good: { logging: PREFERENCES },
    bad: {
      idleTimeoutMinutes: 0,
      runAsDefaultUser: "root",
      runAs: "yes",
      permissionsBoundaryArn: output("x"),
      shell: "x",
    },
    paths: ["idleTimeoutMinutes", "permissionsBoundaryArn", "runAs", "runAsDefaultUser", "shell"],
  },
  Tunnel: {
    good: {
      host: { host: "db.internal", port: 5432 },
      via: {
        instanceId: "i-0123456789abcdef0",
        securityGroupId: "sg-0123456789abcdef0",
        accessTags: { A: "b" },
      },
    },
    bad: {
      host: { host: output("169.254.169.254"), port: 0 },
      destinationSecurityGroupId: output("mine"),
      localPort: "15432",
      port: 5432,
    },
    paths: ["destinationSecurityGroupId", "host.host", "host.port", "localPort", "port"],
  },
  Workstation: {
    good: { network: NETWORK, logging: LOGGING },
    bad: {
      environment: "r",
      idleStopMinutes: 5,
      dataVolumeKmsKeyArn: output("a key"),
      packages: "pandas",
      gpu: true,
    },
    paths: ["dataVolumeKmsKeyArn", "environment", "gpu", "idleStopMinutes", "packages"],
  },
};

describe("arguments that come through the plugin", () => {
  it("are tried of every component", () => {
    assert.deepEqual(
      Object.keys(schema.resources),
      Object.keys(CASES).map((component) => `bastionless:index:${component}`),
    );
  });

  for (const [component, { good, bad, paths }] of Object.entries(CASES)) {
    it(`are taken by ${component} where they are good`, async () => {
      assert.deepEqual([...(await refused(component, good)).keys()], []);
    });

    it(`are refused by ${component} all at once, by type, name and value, also the values of known outputs`, async () => {
      assert.deepEqual([...(await refused(component, { ...good, ...bad })).keys()].toSorted(), paths);
    });
  }

  it("are told of by what is wrong with them", async () => {
    const told = await refused("SessionLogging", { retentionDays: output(91), bucket: "mine", s3: "yes" });
    assert.match(told.get("retentionDays") ?? "", /^`91`, expected /);
    assert.match(told.get("bucket") ?? "", /^`mine`, expected no such argument; /);
    assert.match(told.get("s3") ?? "", /^`yes`, expected a boolean; /);
  });

  it("are not decided while they are unknown", async () => {
    const unknown = output(pulumi.unknown);
    const told = await refused("BastionlessInstance", {
      ...CASES["BastionlessInstance"]?.good,
      userData: unknown,
      permissionsBoundaryArn: unknown,
    });
    assert.deepEqual([...told.keys()], []);
  });

  it("are refused, and not shown, where they are secrets", async () => {
    const told = await refused("SessionAccess", {
      ...CASES["SessionAccess"]?.good,
      instanceTags: secret({ Fleet: "hunter-*" }),
      users: secret(["hunter two"]),
      role: { trustedPrincipals: [secret("hunter")], permissionsBoundaryArn: secret(3) },
    });
    assert.deepEqual([...told.keys()].toSorted(), [
      "instanceTags",
      "role.permissionsBoundaryArn",
      "role.trustedPrincipals[0]",
      "users[0]",
    ]);
    assert.ok([...told.values()].every((reason) => reason.startsWith("`[secret]`, expected ")));
    assert.doesNotMatch([...told.values()].join(), /hunter|`3`/);
  });
});

describe("a reference to logging", () => {
  const archived = { ...DESTINATION, archived: true, bucketName: "archive" };

  it("names the key of a bucket that is somebody else's", async () => {
    const told = await refused("DefaultHostManagement", { logging: { ...LOGGING, destination: archived } });
    assert.deepEqual([...told.keys()], ["logging.archiveKeyArn"]);
  });

  it("names none where the bucket is the SessionLogging's own", async () => {
    const told = await refused("DefaultHostManagement", {
      logging: { ...LOGGING, archiveKeyArn: output(KEY) },
    });
    assert.deepEqual([...told.keys()], ["logging.archiveKeyArn"]);
  });

  it("may name one that comes to nothing, as the output of a SessionLogging with a bucket of its own does", async () => {
    const told = await refused("DefaultHostManagement", {
      logging: { ...LOGGING, archiveKeyArn: output(null) },
    });
    assert.deepEqual([...told.keys()], []);
  });

  it("may name one that is not known yet, which is how Python tells of nothing in a preview", async () => {
    const told = await refused("DefaultHostManagement", {
      logging: { ...LOGGING, archiveKeyArn: output(pulumi.unknown) },
    });
    assert.deepEqual([...told.keys()], []);
  });

  it("is told of with all else that is wrong, where a part of it is missing", async () => {
    const told = await refused("DefaultHostManagement", {
      logging: { keyArn: KEY },
      policyArns: ["a policy"],
    });
    assert.deepEqual([...told.keys()].toSorted(), ["logging.destination", "policyArns[0]"]);
  });
});
