import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import { arn, ec2Id, length, matching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { exclusive, format } from "../../rules/rule.ts";
import { always, prefixed } from "../common.ts";

const PORTS: { readonly [engine: string]: number } = {
  mariadb: 3306,
  mysql: 3306,
  oracle: 1521,
  postgres: 5432,
  sqlserver: 1433,
};

function port(reading: Reading): number {
  const given = reading.read("port");
  const engine = reading.text("engine").split("-")[0] ?? "";
  return typeof given === "number" ? given : (PORTS[engine] ?? 3306);
}

function identifier(reading: Reading): string {
  return reading.text("identifier", prefixed("identifierPrefix")(reading));
}

function address(reading: Reading): string {
  return `${identifier(reading)}.${reading.hex("host", 12)}.${reading.place.region}.rds.${reading.place.dnsSuffix}`;
}

/** Source: RDS API Reference, CreateDBInstance. */
export const database: Model = {
  type: "aws:rds/instance:Instance",
  id: (reading) => `db-${reading.hex("resource", 26).toUpperCase()}`,
  autoName: { property: "identifier", unless: ["identifierPrefix"], maxLength: 63, lowerCase: true },
  defaults: {
    applyImmediately: false,
    autoMinorVersionUpgrade: true,
    copyTagsToSnapshot: false,
    dedicatedLogVolume: false,
    deleteAutomatedBackups: true,
    monitoringInterval: 0,
    performanceInsightsEnabled: false,
    publiclyAccessible: false,
    skipFinalSnapshot: false,
  },
  rules: [
    format(
      "identifier",
      matching(/^[a-z](?:-?[a-z0-9])*$/u, "lower-case letters, digits and single hyphens, a letter first"),
      length(1, 63),
    ),
    format(
      "instanceClass",
      matching(/^db\.[a-z0-9-]+\.[a-z0-9.]+$/u, "an instance class such as db.t4g.micro"),
    ),
    format("allocatedStorage", wholeNumber(5, 65_536)),
    format("backupRetentionPeriod", wholeNumber(0, 35)),
    format("monitoringInterval", oneOf(0, 1, 5, 10, 15, 30, 60)),
    format("port", wholeNumber(1150, 65_535)),
    format("storageType", oneOf("gp2", "gp3", "io1", "io2", "standard")),
    format("kmsKeyId", arn("kms")),
    format("vpcSecurityGroupIds[]", ec2Id("sg")),
    exclusive(["identifier", "identifierPrefix"]),
    exclusive(["manageMasterUserPassword", "password"]),
    exclusive(["snapshotIdentifier", "replicateSourceDb", "restoreToPointInTime"]),
  ],
  replaces: [
    "availabilityZone",
    "characterSetName",
    "customIamInstanceProfile",
    "dbName",
    "engine",
    "kmsKeyId",
    "ncharCharacterSetName",
    "storageEncrypted",
    "timezone",
    "username",
  ],
  comparisons: { vpcSecurityGroupIds: "set", enabledCloudwatchLogsExports: "set" },
  computed: {
    address,
    arn: (reading) => reading.arn("rds", `db:${identifier(reading)}`),
    endpoint: (reading) => `${address(reading)}:${port(reading)}`,
    engineVersionActual: (reading) => reading.text("engineVersion"),
    hostedZoneId: always(""),
    identifier,
    latestRestorableTime: always(""),
    listenerEndpoints: always([]),
    masterUserSecrets: (reading) =>
      reading.read("manageMasterUserPassword") === true
        ? [
            {
              kmsKeyId: reading.arn("kms", `key/${reading.uuid("secret-key")}`),
              secretArn: reading.arn(
                "secretsmanager",
                `secret:rds!db-${reading.uuid("secret")}-${reading.hex("suffix", 6)}`,
              ),
              secretStatus: "active",
            },
          ]
        : [],
    port,
    replicas: always([]),
    resourceId: (reading) => reading.id,
    status: always("available"),
    upgradeRolloutOrder: always("second"),
  },
};

export const databaseSubnetGroup: Model = {
  type: "aws:rds/subnetGroup:SubnetGroup",
  id: (reading) => reading.text("name", prefixed("namePrefix")(reading)),
  autoName: { property: "name", unless: ["namePrefix"], maxLength: 255, lowerCase: true },
  defaults: { description: "Managed by Pulumi" },
  rules: [
    format("name", matching(/^[.a-z0-9_\- ]{1,255}$/u, "lower-case letters, digits and . _ -")),
    format("subnetIds[]", ec2Id("subnet")),
    exclusive(["name", "namePrefix"]),
  ],
  replaces: ["name", "namePrefix"],
  comparisons: { subnetIds: "set" },
  computed: {
    arn: (reading) => reading.arn("rds", `subgrp:${reading.id}`),
    name: (reading) => reading.id,
    supportedNetworkTypes: always(["IPV4"]),
    vpcId: (reading) => reading.ec2Id("vpc"),
  },
};
