import type { Input } from "@pulumi/pulumi";
import { matching, oneOf, port } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import type { DatabaseEngine, TunnelArgs } from "./args.ts";
import type { Protocol } from "./connection.ts";

/** Where a tunnel leads, whatever it is called there. */
export interface Destination {
  /** The argument that names the host, as `rds.address`. */
  readonly hostPath: string;
  readonly host: Input<string>;
  readonly portPath: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly databaseName: string | undefined;
  /** What it is, in a sentence. */
  readonly what: string;
}

export const KINDS = ["rds", "aurora", "redshift", "elastiCache", "openSearch", "host"] as const;

const ENGINES: Readonly<Record<DatabaseEngine, { readonly port: number; readonly protocol: Protocol }>> = {
  mariadb: { port: 3306, protocol: "mysql" },
  mysql: { port: 3306, protocol: "mysql" },
  oracle: { port: 1521, protocol: "oracle" },
  postgres: { port: 5432, protocol: "postgres" },
  sqlserver: { port: 1433, protocol: "sqlserver" },
};

const database = matching(
  /^[A-Za-z_][\w$.-]{0,127}$/,
  "a name of letters, digits and `_$.-`, no digit first",
  "name the database as its server does",
);

/** Every destination that is given, so that two of them do not hide each other's mistakes. */
export function planDestinations(problems: Problems, args: TunnelArgs): readonly Destination[] {
  const { rds, aurora, redshift, elastiCache, openSearch, host } = args;
  const planned: Destination[] = [];
  if (rds !== undefined) {
    planned.push({
      hostPath: "rds.address",
      host: rds.address,
      ...planEngine(problems, "rds", rds),
      what: "an RDS instance",
    });
  }
  if (aurora !== undefined) {
    const chosen = onlyOne(problems, "aurora", aurora, ["endpoint", "readerEndpoint"]);
    problems.check("aurora.engine", aurora.engine, oneOf(["mysql", "postgres"] as const));
    planned.push({ ...chosen, ...planEngine(problems, "aurora", aurora), what: "an Aurora cluster" });
  }
  if (redshift !== undefined) {
    problems.check("redshift.databaseName", redshift.databaseName, database);
    planned.push({
      hostPath: "redshift.dnsName",
      host: redshift.dnsName,
      ...portOf(problems, "redshift", redshift.port ?? 5439),
      protocol: "redshift",
      databaseName: redshift.databaseName ?? "dev",
      what: "Redshift",
    });
  }
  if (elastiCache !== undefined) {
    const endpoints = ["primaryEndpoint", "readerEndpoint", "configurationEndpoint"] as const;
    planned.push({
      ...onlyOne(problems, "elastiCache", elastiCache, endpoints),
      ...portOf(problems, "elastiCache", elastiCache.port ?? 6379),
      protocol: (elastiCache.tls ?? true) ? "rediss" : "redis",
      databaseName: undefined,
      what: "ElastiCache",
    });
  }
  if (openSearch !== undefined) {
    planned.push({
      hostPath: "openSearch.endpoint",
      host: openSearch.endpoint,
      portPath: "openSearch",
      port: 443,
      protocol: "https",
      databaseName: undefined,
      what: "OpenSearch",
    });
  }
  if (host !== undefined) {
    problems.check("host.protocol", host.protocol, oneOf(["https", "tcp"] as const));
    planned.push({
      hostPath: "host.host",
      host: host.host,
      ...portOf(problems, "host", host.port),
      protocol: host.protocol ?? "tcp",
      databaseName: undefined,
      what: "a host",
    });
  }
  return planned;
}

function portOf(problems: Problems, path: string, value: number): { portPath: string; port: number } {
  problems.check(`${path}.port`, value, port);
  return { portPath: `${path}.port`, port: value };
}

function planEngine(
  problems: Problems,
  path: string,
  given: { readonly engine: DatabaseEngine; readonly port?: number; readonly databaseName?: string },
): Pick<Destination, "databaseName" | "port" | "portPath" | "protocol"> {
  const engines = ["mariadb", "mysql", "oracle", "postgres", "sqlserver"] as const;
  const isKnown = engines.includes(given.engine);
  if (!isKnown && path === "rds") {
    problems.check(`${path}.engine`, given.engine, oneOf(engines));
  }
  problems.check(`${path}.databaseName`, given.databaseName, database);
  const engine = ENGINES[isKnown ? given.engine : "postgres"];
  return {
    ...portOf(problems, path, given.port ?? engine.port),
    protocol: engine.protocol,
    databaseName: given.databaseName,
  };
}

function onlyOne<K extends string>(
  problems: Problems,
  path: string,
  given: { readonly [key in K]?: Input<string> },
  keys: readonly K[],
): Pick<Destination, "host" | "hostPath"> {
  const present = keys.flatMap((key) => {
    const host: Input<string> | undefined = given[key];
    return host === undefined ? [] : [{ hostPath: `${path}.${key}`, host }];
  });
  const [first] = present;
  if (first === undefined || present.length > 1) {
    problems.add(path, first === undefined ? undefined : present.map(({ hostPath }) => hostPath).join(", "), {
      expected: `exactly one of ${keys.map((key) => `\`${path}.${key}\``).join(", ")}`,
      remedy: first === undefined ? "say which endpoint" : "make a tunnel of each",
    });
  }
  return first ?? { hostPath: path, host: "missing" };
}
