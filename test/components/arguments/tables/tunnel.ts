import { planSessionAccess, planSessionDocument, planTunnel, Tunnel } from "@bastionless/components";
import { type BadInput, row, told, within } from "../bad-input.ts";
import { COMMON, idRow, PORT } from "./common.ts";
import { ROLE_ROWS } from "./session-access.ts";

const GROUP = { destinationSecurityGroupId: "sg-0a1b2c3d" };
const to = (kind: string, args: object): object => ({ host: undefined, ...GROUP, [kind]: args });
const RDS = to("rds", { address: "db.internal", engine: "postgres" });
const AURORA = to("aurora", { endpoint: "db.internal", engine: "postgres" });
const REDSHIFT = to("redshift", { dnsName: "db.internal" });
const CACHE = to("elastiCache", { primaryEndpoint: "db.internal" });
const TAKEN = ["db", "db.internal", "10.0.0.1", "fd00::1", `${"a".repeat(63)}.b`];
const NO_HOST = [
  "",
  "https://db",
  "db:22",
  "a b",
  "a".repeat(64),
  "169.254.169.254",
  "instance-data",
  "0xa9fea9fe",
];
const host = (beside: object): ReturnType<typeof row> => row(TAKEN, NO_HOST, beside);
const database = (beside: object): ReturnType<typeof row> =>
  row(["d", "_d$.-1", "d".repeat(128)], ["", "1d", "a b", "a/b", "d".repeat(129), "d?x=1"], beside);
const KINDS = {
  rds: { address: "db", engine: "mysql" },
  aurora: { endpoint: "db", engine: "mysql" },
  redshift: { dnsName: "db" },
  elastiCache: { primaryEndpoint: "db" },
  openSearch: { endpoint: "db" },
};
const ACCESS = { access: {} };

export const TUNNEL: BadInput = {
  component: "Tunnel",
  right: {
    host: { host: "db.internal", port: 443 },
    via: { instanceId: "i-0a1b2c3d", securityGroupId: "sg-1a1b2c3d", accessTags: { Team: "web" } },
  },
  plan: planTunnel,
  parts: (name, { document, access }: ReturnType<typeof planTunnel>, deployment) => [
    planSessionDocument(name, document, deployment),
    planSessionAccess(name, access, deployment),
  ],
  construct: Tunnel,
  names: { takes: ["n", "n".repeat(115)], refuses: ["", "n".repeat(120), "a b", "a/b", "ä"] },
  rows: {
    ...COMMON,
    "rds.address": host(RDS),
    "rds.engine": row(["mariadb", "mysql", "oracle", "postgres", "sqlserver"], ["", "toString", "db2"], RDS),
    "rds.port": { ...PORT, beside: RDS },
    "rds.databaseName": database(RDS),
    "aurora.endpoint": host(AURORA),
    "aurora.readerEndpoint": host(to("aurora", { engine: "postgres" })),
    "aurora.engine": row(["mysql", "postgres"], ["", "oracle", "toString"], AURORA),
    "aurora.port": { ...PORT, beside: AURORA },
    "aurora.databaseName": database(AURORA),
    "redshift.dnsName": host(REDSHIFT),
    "redshift.port": { ...PORT, beside: REDSHIFT },
    "redshift.databaseName": database(REDSHIFT),
    "elastiCache.primaryEndpoint": host(CACHE),
    "elastiCache.readerEndpoint": host(to("elastiCache", {})),
    "elastiCache.configurationEndpoint": host(to("elastiCache", {})),
    "elastiCache.port": { ...PORT, beside: CACHE },
    "openSearch.endpoint": host(to("openSearch", {})),
    "host.host": host({}),
    "host.port": PORT,
    "host.protocol": row(["https", "tcp"], ["", "udp", "http"]),
    "via.instanceId": idRow("i"),
    "via.securityGroupId": idRow("sg"),
    "via.accessTags": row(
      [{ Team: "web" }, { ["k".repeat(128)]: "v" }],
      [{}, { Team: "a", team: "b" }, { ["k".repeat(129)]: "v" }, { "aws:x": "v" }, { "a*": "v" }],
    ),

    "via.accessTags.*": row(
      ["", "v".repeat(256)],
      ["v".repeat(257), "a*", "a\nb"].map((value) => told(value, "via.accessTags")),
    ),
    destinationSecurityGroupId: idRow("sg"),
    localPort: PORT,
    "access.mfa": row(["required"], ["", "none"], ACCESS),
    "access.groups": row([[], ["a", "b"]], [told(["a", "a"], "access.groups[1]")], ACCESS),
    "access.groups[]": row(
      ["g", "g".repeat(128)],
      ["", "g".repeat(129), "a b", "arn:aws:iam::111122223333:group/g"],
      ACCESS,
    ),
    ...Object.fromEntries(
      Object.entries(within("access.role", ROLE_ROWS)).map(([pattern, one]) => [
        pattern,
        { ...one, beside: { access: one.beside } },
      ]),
    ),
  },
  unlimited: {},
  conflicts: [
    ["no destination", { host: undefined }, ["rds, aurora, redshift, elastiCache, openSearch, host"]],
    ...Object.entries(KINDS).map(([kind, args]): BadInput["conflicts"][number] => [
      `host and ${kind}`,
      { ...GROUP, [kind]: args },
      [`${kind}, host`],
    ]),
    ...Object.entries(KINDS).map(([kind, args]): BadInput["conflicts"][number] => [
      `${kind} without destinationSecurityGroupId`,
      { host: undefined, [kind]: args },
      ["destinationSecurityGroupId"],
    ]),
    ["openEgress without destinationSecurityGroupId", { openEgress: false }, ["openEgress"]],
    [
      "two endpoints of Aurora",
      to("aurora", { endpoint: "a", readerEndpoint: "b", engine: "mysql" }),
      ["aurora"],
    ],
    ["no endpoint of Aurora", to("aurora", { engine: "mysql" }), ["aurora"]],
    [
      "two endpoints of ElastiCache",
      to("elastiCache", { primaryEndpoint: "a", configurationEndpoint: "b" }),
      ["elastiCache"],
    ],
    ["no endpoint of ElastiCache", to("elastiCache", {}), ["elastiCache"]],
    ["federated without a role", { access: { mfa: "federated" } }, ["access.mfa"]],
    [
      "federated and groups",
      { access: { mfa: "federated", groups: ["g"], role: { trustedPrincipals: ["111122223333"] } } },
      ["access.groups"],
    ],
    [
      "groups without policies",
      { access: { createPolicies: false, groups: ["g"] } },
      ["access.createPolicies"],
    ],
  ],
};
