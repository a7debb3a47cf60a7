/**
 * What a client is told to connect to the local end of a tunnel. Pure.
 *
 * Law: wherever a client can check the certificate of the far end by its own name although it connects to this machine,
 * it does; nowhere is a check of the certificate switched off that the client makes by default.
 */

export type Protocol =
  | "https"
  | "mysql"
  | "oracle"
  | "postgres"
  | "redis"
  | "rediss"
  | "redshift"
  | "sqlserver"
  | "tcp";

export interface LocalEnd {
  readonly protocol: Protocol;
  /** The far end, as its certificate names it. */
  readonly host: string;
  readonly port: number;
  readonly localPort: number;
  readonly databaseName: string | undefined;
}

const HERE = "127.0.0.1";

/**
 * A connection string or, for HTTPS, an address.
 *
 * - PostgreSQL and Redshift: libpq connects to `hostaddr` and checks the certificate for the host: `verify-full` holds. The
 *   certificates of RDS are not in systems' stores: `sslrootcert` names the bundle that AWS publishes.
 * - MySQL and MariaDB: the client has no other name to check: the chain is (`VERIFY_CA`), the name is not.
 * - SQL Server: `HostNameInCertificate` says which name to check.
 * - Oracle: without TLS, as RDS offers at this port; the option of native network encryption is negotiated by itself.
 * - Redis: `rediss:` checks the chain; tell the client the name, as `servername` or `--sni`.
 * - HTTPS: to this machine under the far end's name: `curl --connect-to`.
 */
export function connectionString(end: LocalEnd): string {
  const { host, localPort, databaseName = "" } = end;
  switch (end.protocol) {
    case "postgres":
    case "redshift":
      return `postgresql://${host}:${localPort}/${databaseName}?hostaddr=${HERE}&sslmode=verify-full&sslrootcert=${end.protocol === "redshift" ? "system" : "global-bundle.pem"}`;
    case "mysql":
      return `mysql://${HERE}:${localPort}/${databaseName}?ssl-mode=VERIFY_CA&ssl-ca=global-bundle.pem`;
    case "sqlserver":
      return `Server=tcp:${HERE},${localPort};${databaseName === "" ? "" : `Database=${databaseName};`}Encrypt=true;TrustServerCertificate=false;HostNameInCertificate=${host}`;
    case "oracle":
      return `//${HERE}:${localPort}/${databaseName}`;
    case "redis":
    case "rediss":
      return `${end.protocol}://${HERE}:${localPort}`;
    case "https":
      return `curl --connect-to ${bracketed(host)}:${end.port}:${HERE}:${localPort} https://${bracketed(host)}${end.port === 443 ? "" : `:${end.port}`}/`;
    case "tcp":
      return `${HERE}:${localPort}`;
  }
}

/** An IPv6 address as it stands before a port. */
function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
