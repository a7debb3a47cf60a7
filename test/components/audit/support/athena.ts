import { DuckDBInstance } from "@duckdb/node-api";
import type { CloudTrailEvent } from "./samples.ts";

/**
 * The table `cloudtrail` in DuckDB, whose SQL is near enough to Athena's to run the audit's queries as they are: the columns
 * are of the types that the Glue table declares, and the few functions that are called otherwise are macros.
 *
 * What this cannot show is that Athena reads the files: the serializer is AWS's own.
 */

/** Functions of Trino's that DuckDB has under another name. */
const MACROS = [
  "CREATE MACRO json_extract_scalar(doc, path) AS json_extract_string(doc, path)",
  "CREATE MACRO json_format(doc) AS CAST(doc AS VARCHAR)",
  "CREATE MACRO from_iso8601_timestamp(text) AS CAST(text AS TIMESTAMPTZ)",
  "CREATE MACRO date_format(moment, form) AS strftime(moment, form)",
  "CREATE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern)",
];

/** A type of Hive's as DuckDB writes it. */
export function duckType(hive: string): string {
  const { type, rest } = parseType(hive);
  if (rest !== "") {
    throw new Error(`\`${rest}\` behind the type in \`${hive}\``);
  }
  return type;
}

function parseType(text: string): { readonly type: string; readonly rest: string } {
  if (text.startsWith("string")) {
    return { type: "VARCHAR", rest: text.slice("string".length) };
  }
  if (text.startsWith("array<")) {
    const of = parseType(text.slice("array<".length));
    return { type: `${of.type}[]`, rest: closed(of.rest) };
  }
  if (text.startsWith("map<string,")) {
    const of = parseType(text.slice("map<string,".length));
    return { type: `MAP(VARCHAR, ${of.type})`, rest: closed(of.rest) };
  }
  if (!text.startsWith("struct<")) {
    throw new Error(`an unknown type \`${text}\``);
  }
  const fields: string[] = [];
  let rest = text.slice("struct<".length);
  for (;;) {
    const name = /^([a-z0-9_]+):/u.exec(rest)?.[1];
    if (name === undefined) {
      throw new Error(`no field at \`${rest}\``);
    }
    const of = parseType(rest.slice(name.length + 1));
    fields.push(`"${name}" ${of.type}`);
    if (!of.rest.startsWith(",")) {
      return { type: `STRUCT(${fields.join(", ")})`, rest: closed(of.rest) };
    }
    rest = of.rest.slice(1);
  }
}

function closed(rest: string): string {
  if (!rest.startsWith(">")) {
    throw new Error(`expected \`>\` at \`${rest}\``);
  }
  return rest.slice(1);
}

/** A value as the serializer reads it: keys in lower case, and objects as text where the column is text. */
function read(value: unknown, type: string): unknown {
  if (value === null || value === undefined) {
    return null;
  }
  if (type === "string") {
    return typeof value === "string" ? value : JSON.stringify(value);
  }
  return lowered(value);
}

function lowered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(lowered);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key.toLowerCase(), lowered(part)]))
    : value;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function insertion(event: CloudTrailEvent, columns: readonly Column[]): string {
  const fields = new Map(Object.entries(event).map(([key, value]) => [key.toLowerCase(), value]));
  const record = Object.fromEntries(columns.map(({ name, type }) => [name, read(fields.get(name), type)]));
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, duckType(type)]));
  const row = `from_json(${quoted(JSON.stringify(record))}, ${quoted(JSON.stringify(types))})`;
  const day = event.eventTime.slice(0, 10).replaceAll("-", "/");
  const partitions = [event.recipientAccountId, event.awsRegion, day].map(quoted).join(", ");
  return `INSERT INTO cloudtrail SELECT unnest(entry), ${partitions} FROM (SELECT ${row} AS entry)`;
}

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** Runs one query over events; those without a day of their own happened today. */
export async function ask(
  sql: string,
  events: readonly CloudTrailEvent[],
  columns: readonly Column[],
  parameters: readonly string[] = [],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(MACROS.join(";\n"));
    const declared = columns.map(({ name, type }) => `"${name}" ${duckType(type)}`).join(", ");
    await connection.run(
      `CREATE TABLE cloudtrail (${declared}, account VARCHAR, region VARCHAR, day VARCHAR)`,
    );
    await connection.run(events.map((event) => insertion(event, columns)).join(";\n"));
    const reader = await connection.runAndReadAll(sql, [...parameters]);
    return reader.getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
