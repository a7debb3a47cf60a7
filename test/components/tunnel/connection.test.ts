import assert from "node:assert/strict";
import { connectionString, type LocalEnd, type Protocol } from "../../../components/tunnel/connection.ts";

const FAR = "orders.c0ffee.eu-west-1.rds.amazonaws.com";

function at(protocol: Protocol, more: Partial<LocalEnd> = {}): string {
  return connectionString({
    protocol,
    host: FAR,
    port: 5432,
    localPort: 15_432,
    databaseName: "shop",
    ...more,
  });
}

describe("what a client is told of a tunnel's local end", () => {
  it("lets PostgreSQL's client check the far end's certificate by its name", () => {
    const url = new URL(at("postgres"));
    assert.deepEqual([url.hostname, url.port, url.pathname], [FAR, "15432", "/shop"]);
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      hostaddr: "127.0.0.1",
      sslmode: "verify-full",
      sslrootcert: "global-bundle.pem",
    });
  });

  it("lets Redshift's certificate, of a public authority, be checked with the system's", () => {
    assert.equal(new URL(at("redshift")).searchParams.get("sslrootcert"), "system");
    assert.equal(new URL(at("redshift")).searchParams.get("sslmode"), "verify-full");
  });

  it("lets SQL Server's client check the name that it is told", () => {
    assert.equal(
      at("sqlserver"),
      `Server=tcp:127.0.0.1,15432;Database=shop;Encrypt=true;TrustServerCertificate=false;HostNameInCertificate=${FAR}`,
    );
    assert.doesNotMatch(at("sqlserver", { databaseName: undefined }), /Database/);
  });

  it("lets MySQL's client check the chain", () => {
    assert.equal(at("mysql"), "mysql://127.0.0.1:15432/shop?ssl-mode=VERIFY_CA&ssl-ca=global-bundle.pem");
  });

  it("speaks TLS to Redis where the cache does, and not where it does not", () => {
    assert.equal(at("rediss"), "rediss://127.0.0.1:15432");
    assert.equal(at("redis"), "redis://127.0.0.1:15432");
  });

  it("asks for HTTPS under the far end's own name", () => {
    assert.equal(at("https", { port: 443 }), `curl --connect-to ${FAR}:443:127.0.0.1:15432 https://${FAR}/`);
    assert.equal(
      at("https", { port: 8443, host: "fd00::5" }),
      "curl --connect-to [fd00::5]:8443:127.0.0.1:15432 https://[fd00::5]:8443/",
    );
  });

  it("is an address and a port, or Oracle's service at one, for the others", () => {
    assert.equal(at("tcp"), "127.0.0.1:15432");
    assert.equal(at("oracle"), "//127.0.0.1:15432/shop");
  });

  it("switches no check of a certificate off", () => {
    for (const protocol of ["https", "mysql", "postgres", "redshift", "rediss", "sqlserver"] as const) {
      assert.doesNotMatch(
        at(protocol),
        /disable|insecure|-k\b|TrustServerCertificate=true|sslmode=(?:allow|prefer|require)\b/,
      );
    }
  });
});
