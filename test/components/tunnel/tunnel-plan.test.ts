import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { planTunnel, type TunnelArgs } from "@bastionless/components";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const GROUP = "sg-0a1b2c3d4e5f60718";
const VIA: TunnelArgs["via"] = {
  instanceId: "i-0a1b2c3d4e5f60718",
  securityGroupId: "sg-0a1b2c3d4e5f60719",
  accessTags: { Project: "shop" },
};
const RDS = { address: "orders.internal", engine: "postgres" } as const;
const GOOD: TunnelArgs = { rds: RDS, via: VIA, destinationSecurityGroupId: GROUP };

const paths = (args: Partial<TunnelArgs>, name = "orders"): readonly string[] =>
  problemPaths(() => planTunnel(name, { ...GOOD, ...args }, DEPLOYMENT));

/** To another destination than RDS. */
const to = (args: Omit<TunnelArgs, "via">): readonly string[] =>
  problemPaths(() =>
    planTunnel("orders", { via: VIA, destinationSecurityGroupId: GROUP, ...args }, DEPLOYMENT),
  );

describe("the plan of a tunnel", () => {
  it("knows the port of each destination, and listens ten thousand above", () => {
    const ports: readonly (readonly [Omit<TunnelArgs, "via">, number, number])[] = [
      [{ rds: RDS }, 5432, 15_432],
      [{ rds: { ...RDS, engine: "mysql" } }, 3306, 13_306],
      [{ rds: { ...RDS, engine: "mariadb" } }, 3306, 13_306],
      [{ rds: { ...RDS, engine: "sqlserver" } }, 1433, 11_433],
      [{ rds: { ...RDS, engine: "oracle" } }, 1521, 11_521],
      [{ rds: { ...RDS, port: 6000 } }, 6000, 16_000],
      [{ aurora: { endpoint: "a.internal", engine: "postgres" } }, 5432, 15_432],
      [{ aurora: { readerEndpoint: "a-ro.internal", engine: "mysql" } }, 3306, 13_306],
      [{ redshift: { dnsName: "r.internal" } }, 5439, 15_439],
      [{ elastiCache: { primaryEndpoint: "c.internal" } }, 6379, 16_379],
      [{ openSearch: { endpoint: "s.internal" } }, 443, 10_443],
      [{ host: { host: "h.internal", port: 65_000 } }, 65_000, 55_000],
      [{ rds: RDS, localPort: 5432 }, 5432, 5432],
    ];
    for (const [args, port, localPort] of ports) {
      const plan = planTunnel("t", { via: VIA, destinationSecurityGroupId: GROUP, ...args }, DEPLOYMENT);
      assert.deepEqual([plan.destination.port, plan.localPort], [port, localPort], JSON.stringify(args));
    }
  });

  it("leads to exactly one destination", () => {
    const kinds = "rds, aurora, redshift, elastiCache, openSearch, host";
    assert.deepEqual(
      problemPaths(() => planTunnel("t", { via: VIA }, DEPLOYMENT)),
      [kinds],
    );
    assert.deepEqual(paths({ openSearch: { endpoint: "s.internal" } }), ["rds, openSearch"]);
  });

  it("leads to exactly one endpoint", () => {
    assert.deepEqual(to({ aurora: { engine: "mysql" } }), ["aurora"]);
    assert.deepEqual(to({ aurora: { endpoint: "a", readerEndpoint: "b", engine: "mysql" } }), ["aurora"]);
    assert.deepEqual(to({ elastiCache: {} }), ["elastiCache"]);
    assert.deepEqual(to({ elastiCache: { primaryEndpoint: "a", readerEndpoint: "b" } }), ["elastiCache"]);
  });

  it("takes ports within their limits, and not beyond", () => {
    for (const port of [1, 65_535]) {
      assert.deepEqual(paths({ rds: { ...RDS, port } }), []);
      assert.deepEqual(to({ aurora: { endpoint: "a", engine: "mysql", port } }), []);
      assert.deepEqual(to({ redshift: { dnsName: "r", port } }), []);
      assert.deepEqual(to({ elastiCache: { primaryEndpoint: "c", port } }), []);
      assert.deepEqual(to({ host: { host: "h", port } }), []);
      assert.deepEqual(paths({ localPort: port }), []);
    }
    for (const port of [0, 65_536, 1.5]) {
      assert.deepEqual(paths({ rds: { ...RDS, port } }), ["rds.port"]);
      assert.deepEqual(to({ aurora: { endpoint: "a", engine: "mysql", port } }), ["aurora.port"]);
      assert.deepEqual(to({ redshift: { dnsName: "r", port } }), ["redshift.port"]);
      assert.deepEqual(to({ elastiCache: { primaryEndpoint: "c", port } }), ["elastiCache.port"]);
      assert.deepEqual(to({ host: { host: "h", port } }), ["host.port"]);
      assert.deepEqual(paths({ localPort: port }), ["localPort"]);
    }
  });

  it("refuses hosts that are none or the metadata service, under the name of their argument", () => {
    for (const host of ["https://db.internal", "db.internal:5432", "", "169.254.169.254", "2852039166"]) {
      assert.deepEqual(paths({ rds: { ...RDS, address: host } }), ["rds.address"], host);
      assert.deepEqual(to({ aurora: { readerEndpoint: host, engine: "mysql" } }), ["aurora.readerEndpoint"]);
      assert.deepEqual(to({ redshift: { dnsName: host } }), ["redshift.dnsName"]);
      assert.deepEqual(to({ elastiCache: { configurationEndpoint: host } }), [
        "elastiCache.configurationEndpoint",
      ]);
      assert.deepEqual(to({ openSearch: { endpoint: host } }), ["openSearch.endpoint"]);
      assert.deepEqual(to({ host: { host, port: 80 } }), ["host.host"]);
    }
  });

  it("refuses names of databases that a connection string would take for something else", () => {
    for (const databaseName of ["orders", "_o$1", "d".repeat(128)]) {
      assert.deepEqual(paths({ rds: { ...RDS, databaseName } }), []);
    }
    for (const databaseName of ["", "a b", "a?sslmode=disable", "a/b", "a;b", "1a", "d".repeat(129)]) {
      assert.deepEqual(paths({ rds: { ...RDS, databaseName } }), ["rds.databaseName"]);
      assert.deepEqual(to({ redshift: { dnsName: "r", databaseName } }), ["redshift.databaseName"]);
    }
  });

  it("refuses engines and protocols that it does not know", () => {
    const json = (text: string): Omit<TunnelArgs, "via"> => JSON.parse(text);
    assert.deepEqual(to(json('{"rds":{"address":"a","engine":"db2"}}')), ["rds.engine"]);
    assert.deepEqual(to(json('{"aurora":{"endpoint":"a","engine":"oracle"}}')), ["aurora.engine"]);
    assert.deepEqual(to(json('{"host":{"host":"a","port":80,"protocol":"udp"}}')), ["host.protocol"]);
  });

  it("needs the destination's group, but for a host of somebody else's", () => {
    assert.deepEqual(
      problemPaths(() => planTunnel("t", { rds: RDS, via: VIA }, DEPLOYMENT)),
      ["destinationSecurityGroupId"],
    );
    const host = { host: "h", port: 80 };
    assert.deepEqual(
      problemPaths(() => planTunnel("t", { host, via: VIA }, DEPLOYMENT)),
      [],
    );
    assert.deepEqual(
      problemPaths(() => planTunnel("t", { host, via: VIA, openEgress: false }, DEPLOYMENT)),
      ["openEgress"],
    );
    assert.deepEqual(paths({ destinationSecurityGroupId: "database" }), ["destinationSecurityGroupId"]);
  });

  it("checks the instance that it goes through", () => {
    assert.deepEqual(paths({ via: { ...VIA, instanceId: "jump" } }), ["via.instanceId"]);
    assert.deepEqual(paths({ via: { ...VIA, securityGroupId: "jump" } }), ["via.securityGroupId"]);
    assert.deepEqual(paths({ via: { ...VIA, accessTags: {} } }), ["via.accessTags"]);
    assert.deepEqual(paths({ via: { ...VIA, accessTags: { a: "*" } } }), ["via.accessTags"]);
  });

  it("checks who may use it as SessionAccess does", () => {
    assert.deepEqual(paths({ access: { mfa: "federated" } }), ["access.mfa"]);
    assert.deepEqual(paths({ access: { groups: ["a b"] } }), ["access.groups[0]"]);
    assert.deepEqual(paths({ access: { groups: ["sre"], createPolicies: false } }), [
      "access.createPolicies",
    ]);
    assert.deepEqual(paths({ access: { role: { trustedPrincipals: [] } } }), [
      "access.role.trustedPrincipals",
    ]);
  });

  it("tells of a wrong name, prefix or tag once", () => {
    assert.deepEqual(paths({}, "a b"), ["name"]);
    assert.deepEqual(paths({}, "a".repeat(128)), ["name"]);
    assert.deepEqual(paths({ namePrefix: "Shop" }), ["namePrefix"]);
    assert.deepEqual(paths({ tags: { "aws:x": "y" } }), ['tags["aws:x"]']);
  });

  it("reports everything that is wrong at once", () => {
    assert.deepEqual(
      paths({
        rds: { ...RDS, address: "a b", port: 0 },
        via: { ...VIA, instanceId: "jump" },
        destinationSecurityGroupId: "x",
        localPort: 0,
        access: { groups: ["a b"] },
        namePrefix: "",
      }),
      [
        "rds.port",
        "via.instanceId",
        "destinationSecurityGroupId",
        "localPort",
        "namePrefix",
        "rds.address",
        "access.groups[0]",
      ],
    );
  });

  it("leaves an output to be checked when it is known", () => {
    assert.deepEqual(paths({ rds: { ...RDS, address: pulumi.output("a b") } }), []);
  });
});
