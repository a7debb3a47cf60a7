import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type EnvironmentConfig, parseConfig } from "../../stacks/config/config.ts";
import { KEYS } from "../../stacks/config/keys.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };

/** As the engine hands values over: strings as they are, everything else as JSON. */
function raw(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      `shop:${name}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

const parse = (
  values: Readonly<Record<string, unknown>> = {},
  secret: readonly string[] = [],
): EnvironmentConfig =>
  parseConfig({ values: raw(values), secretKeys: secret.map((name) => `shop:${name}`) }, DEPLOYMENT);

/** The keys that are complained about, without the project. */
function mistakes(values: Readonly<Record<string, unknown>>, secret?: readonly string[]): string[] {
  try {
    parse(values, secret);
    return [];
  } catch (error) {
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => /^ {2}- shop:(.*?): /.exec(line)?.[1] ?? line);
  }
}

const DEFAULTS = Object.fromEntries(Object.entries(KEYS).map(([name, key]) => [name, key.default]));

describe("the configuration of an environment", () => {
  it("without values is two zones with endpoints, everything logged, and nobody let in by a group", () => {
    assert.deepEqual(parse(), {
      common: {},
      zones: 2,
      logging: {},
      network: {},
      shell: {},
      forward: undefined,
      ssh: false,
      tunnels: {},
      instances: {},
      access: [
        { name: "auditors", prefix: "auditor", args: { profile: "auditor", mfa: "required", groups: [] } },
        {
          name: "operators",
          prefix: "operator",
          args: {
            profile: "operator",
            mfa: "required",
            groups: [],
            instanceTags: { Project: "shop", Environment: "dev" },
          },
        },
      ],
    });
  });

  it("is the same whether the engine fills in defaults or not", () => {
    assert.deepEqual(parse(DEFAULTS), parse());
  });

  it("does not let a default conflict with anything", () => {
    assert.deepEqual(mistakes({ ...DEFAULTS, logToS3: false }), []);
    assert.deepEqual(mistakes({ ...DEFAULTS, logToCloudWatch: false }), []);
    assert.deepEqual(
      mistakes({
        ...DEFAULTS,
        vpcId: "vpc-0a1b2c3d",
        subnetIds: ["subnet-0a1b2c3d"],
        routeTableIds: ["rtb-0a1b2c3d"],
      }),
      [],
    );
  });

  it("takes every value to the component that it is of", () => {
    const config = parse({
      namePrefix: "web",
      tags: { Owner: "web" },
      egress: "nat",
      zones: 1,
      flowLogDays: 30,
      logRetentionDays: 30,
      logColdStorageDays: 0,
      objectLockDays: 7,
      idleTimeoutMinutes: 5,
      runAsUser: "jane",
      terminationProtection: true,
      forwardPorts: [8888],
      tunnels: { db: { host: "db.internal", port: 5432 }, web: { ports: [80, 443] } },
      instances: { app: { os: "ubuntu-24.04", egress: { db: { port: 5432, cidrIpv4: "10.1.0.0/16" } } } },
      operatorGroups: ["sre"],
      tunnelPrincipals: ["arn:aws:iam::111122223333:root"],
    });
    const common = { namePrefix: "web", tags: { Owner: "web" } };
    const access = { ...common, mfa: "required", groups: [] };
    const instanceTags = { Project: "shop", Environment: "dev" };
    assert.deepEqual(config, {
      common,
      zones: 1,
      logging: { ...common, coldStorageDays: 0, objectLockDays: 7, retentionDays: 30 },
      network: { ...common, egress: "nat", zones: 1, flowLogs: { retentionDays: 30 } },
      shell: { idleTimeoutMinutes: 5, runAsDefaultUser: "jane" },
      forward: { ports: [8888] },
      ssh: false,
      tunnels: {
        db: { ...common, remotePort: { host: "db.internal", port: 5432 } },
        web: { ...common, port: { ports: [80, 443] } },
      },
      instances: {
        app: {
          ...common,
          terminationProtection: true,
          os: "ubuntu-24.04",
          egress: { db: { port: 5432, cidrIpv4: "10.1.0.0/16" } },
        },
      },
      access: [
        { name: "auditors", prefix: "auditor", args: { ...access, profile: "auditor" } },
        {
          name: "operators",
          prefix: "operator",
          args: { ...access, profile: "operator", instanceTags, groups: ["sre"] },
        },
        {
          name: "tunnels",
          prefix: "tunnel",
          args: {
            ...access,
            profile: "tunnel",
            instanceTags,
            role: { trustedPrincipals: ["arn:aws:iam::111122223333:root"] },
          },
        },
      ],
    });
  });

  it("lets people in by the tags that instances carry, also where the owner sets them", () => {
    const operators = parse({ tags: { Environment: "blue", Owner: "web" } }).access.find(
      ({ name }) => name === "operators",
    );
    assert.deepEqual(operators?.args.instanceTags, { Project: "shop", Environment: "blue" });
  });

  it("leaves the configuration of providers alone", () => {
    const values = { ...raw({}), "aws:region": "eu-west-1", "awsx:x": "y" };
    assert.deepEqual(parseConfig({ values, secretKeys: [] }, DEPLOYMENT), parse());
  });
});

describe("a mistake in the configuration", () => {
  const cases: readonly [what: string, values: Record<string, unknown>, keys: readonly string[]][] = [
    ["an unknown key", { zoness: 2 }, ["zoness"]],
    ["an unknown name within a value", { instances: { app: { type: "t4g.small" } } }, ["instances.app.type"]],
    ["a string for a number", { zones: "two" }, ["zones"]],
    ["a fraction", { zones: 1.5 }, ["zones"]],
    ["a string for a boolean", { ssh: "yes" }, ["ssh"]],
    ["a string for a list", { operatorGroups: "sre" }, ["operatorGroups"]],
    ["a wrong element of a list", { operatorGroups: ["sre", 1] }, ["operatorGroups[1]"]],
    ["a list for an object", { instances: [], tunnels: [1] }, ["instances", "tunnels"]],
    ["a value that is none of a few", { egress: "internet" }, ["egress"]],
    ["zones out of range", { zones: 4 }, ["zones"]],
    ["more endpoint zones than zones", { zones: 1, endpointZones: 2 }, ["endpointZones"]],
    ["a public block of addresses", { cidrBlock: "8.8.0.0/16" }, ["cidrBlock"]],
    ["endpoints' arguments with NAT", { egress: "nat", ec2Messages: true }, ["ec2Messages"]],
    [
      "two networks at once",
      { vpcId: "vpc-0a1b2c3d", zones: 3, subnetIds: ["subnet-0a1b2c3d"], routeTableIds: ["rtb-0a1b2c3d"] },
      ["zones"],
    ],
    [
      "a retention that CloudWatch refuses",
      { logRetentionDays: 31, flowLogDays: 2 },
      ["flowLogDays", "logRetentionDays"],
    ],
    ["no log at all", { logToS3: false, logToCloudWatch: false }, ["logToCloudWatch"]],
    [
      "arguments of a log that is off",
      { logToS3: false, objectLockDays: 1, logPrefix: "a" },
      ["logPrefix", "objectLockDays"],
    ],
    [
      "logs that expire before their lock",
      { objectLockDays: 400, logExpirationDays: 399 },
      ["logExpirationDays"],
    ],
    [
      "timeouts out of range",
      { idleTimeoutMinutes: 61, maxDurationMinutes: 1441 },
      ["idleTimeoutMinutes", "maxDurationMinutes"],
    ],
    ["root", { runAsUser: "root" }, ["runAsUser"]],
    ["a port out of range", { forwardPorts: [8888, 0] }, ["forwardPorts[1]"]],
    ["a tunnel without a port", { tunnels: { db: { host: "db" } } }, ["tunnels.db.port"]],
    [
      "a tunnel to the metadata service",
      { tunnels: { db: { host: "169.254.169.254", port: 80 } } },
      ["tunnels.db.host"],
    ],
    [
      "a pattern that limits nothing",
      { tunnels: { db: { hostPattern: "^.*$", port: 80 } } },
      ["tunnels.db.hostPattern"],
    ],
    [
      "a name that makes no names",
      { tunnels: { Db: { port: 80 } }, instances: { "a b": {} } },
      ["instances.a b", "tunnels.Db"],
    ],
    ["an instance called like a role", { instances: { operators: {} } }, ["instances.operators"]],
    ["a zone that is not there", { zones: 2, instances: { app: { zone: 3 } } }, ["instances.app.zone"]],
    [
      "an image of another architecture",
      { instances: { app: { os: "windows-2022", architecture: "arm64" } } },
      ["instances.app.architecture"],
    ],
    ["a reserved prefix", { namePrefix: "aws-web" }, ["namePrefix"]],
    ["a reserved tag", { tags: { "aws:owner": "web" } }, ['tags["aws:owner"]']],
    ["a wildcard for a principal", { operatorPrincipals: ["*"] }, ["operatorPrincipals[0]"]],
    ["an ARN for a group", { auditorGroups: ["arn:aws:iam::111122223333:group/x"] }, ["auditorGroups[0]"]],
    ["people for tunnels that are not there", { tunnelGroups: ["dba"] }, ["tunnels"]],
    ["federated people without a role", { mfa: "federated" }, ["mfa"]],
    [
      "federated people in groups",
      { mfa: "federated", operatorGroups: ["sre"], auditorPrincipals: ["111122223333"] },
      ["operatorGroups"],
    ],
  ];
  for (const [what, values, keys] of cases) {
    it(`such as ${what} is reported by its key, whether defaults are filled in or not`, () => {
      assert.deepEqual([...new Set(mistakes(values))], keys);
      assert.deepEqual([...new Set(mistakes({ ...DEFAULTS, ...values }))], keys);
    });
  }

  it("such as a secret is reported without its value", () => {
    assert.deepEqual(mistakes({ linuxProfile: "hunter2" }, ["linuxProfile"]), ["linuxProfile"]);
    assert.throws(
      () => parse({ linuxProfile: "hunter2" }, ["linuxProfile"]),
      (error) => {
        assert.ok(error instanceof Error && !error.message.includes("hunter2"));
        return true;
      },
    );
  });

  it("is reported with all others, in words that name keys and not arguments", () => {
    assert.throws(() => parse({ zoness: 2, logToS3: false, logExpirationDays: 30, idleTimeoutMinutes: 0 }), {
      message: [
        "the configuration of stack `dev` has 3 mistakes",
        "  - shop:idleTimeoutMinutes: `0`, expected a whole number of minutes from 1 to 60; choose one in that range",
        "  - shop:logExpirationDays: `30`, expected nothing, as `logToS3` is off; leave it out, or switch `logToS3` on",
        "  - shop:zoness: unknown; did you mean `zones`?",
      ].join("\n"),
    });
  });

  it("is no mistake of the program, which would be shown with a stack trace", () => {
    assert.throws(
      () => parse({ zones: 9 }),
      (error) => pulumi.RunError.isInstance(error),
    );
  });
});
