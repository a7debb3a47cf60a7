import { child, reportLosses } from "./json.ts";
import type { ParsedDocument, ParsedStatement, ParseResult } from "./parsed.ts";
import { Report, shown } from "./report.ts";
import { parseStatement } from "./parse-statement.ts";
import { isRecord, membersOf, UnknownStructure } from "./values.ts";

export interface ParseOptions {
  /** What findings call the document. Default: `document`. */
  readonly name?: string;
  /** `trust` and `resource` policies name principals, `identity` ones must not. Default: any of them. */
  readonly kind?: "identity" | "resource" | "trust";
  /** Says of a value in an object that it is not known yet, and what it depends on. */
  readonly unknown?: (value: unknown) => string | undefined;
}

const ELEMENTS: ReadonlySet<string> = new Set(["Version", "Id", "Statement"]);

/**
 * Reads a policy document, given as JSON text or as an object.
 *
 * All problems at once; never throws, whatever it is given. A document with an error is `invalid`: AWS would refuse
 * it, or what it means is not certain, and nothing may be concluded from it.
 *
 * Source: IAM User Guide, "Grammar of the IAM JSON policy language".
 */
export function parsePolicyDocument(source: unknown, options: ParseOptions = {}): ParseResult {
  const report = new Report();
  const name = options.name ?? "document";
  try {
    const document = read(source, name, options, report);
    if (report.failed || document === undefined) {
      return { kind: "invalid", problems: report.problems };
    }
    return { kind: "parsed", document, problems: report.problems };
  } catch (error) {
    if (error instanceof UnknownStructure) {
      const reason = `\`${error.path}\` depends on ${error.subject}`;
      return { kind: "unknown", document: { kind: "unknown", name, reason }, problems: report.problems };
    }
    // A getter or a proxy that throws: the value belongs to someone else, and any input must get an answer.
    const why = error instanceof Error ? error.message : shown(error);
    report.error("wrong-type", "$", `the document cannot be read: ${why}`);
    return { kind: "invalid", problems: report.problems };
  }
}

function read(
  source: unknown,
  name: string,
  options: ParseOptions,
  report: Report,
): ParsedDocument | undefined {
  const subject = options.unknown?.(source);
  if (subject !== undefined) {
    throw new UnknownStructure("$", subject);
  }
  const value = typeof source === "string" ? readJson(source, report) : source;
  if (value === NOT_JSON) {
    return undefined;
  }
  if (!isRecord(value)) {
    report.error(
      "wrong-type",
      "$",
      `${shown(value)} is no policy document; expected an object with a \`Statement\``,
    );
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (!ELEMENTS.has(key)) {
      report.error(
        "unknown-element",
        child("$", key),
        "no such element; expected `Version`, `Id` or `Statement`",
      );
    }
  }
  const { Version, Statement, Id } = membersOf(value);
  const version = readVersion(Version, options, report);
  const statements = readStatements(Statement, version, options, report);
  return { kind: "document", name, version, id: readId(Id, options, report), statements };
}

const NOT_JSON = Symbol("not JSON");

function readJson(text: string, report: Report): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    report.error("not-json", "$", `not JSON: ${error instanceof Error ? error.message : String(error)}`);
    return NOT_JSON;
  }
  reportLosses(text, report);
  return value;
}

function readVersion(value: unknown, options: ParseOptions, report: Report): ParsedDocument["version"] {
  const subject = options.unknown?.(value);
  if (subject !== undefined) {
    throw new UnknownStructure("$.Version", subject);
  }
  if (value === "2012-10-17") {
    return value;
  }
  if (value !== undefined && value !== "2008-10-17") {
    report.error("bad-value", "$.Version", `${shown(value)} is no version; expected \`2012-10-17\``);
  }
  return "2008-10-17";
}

function readId(value: unknown, options: ParseOptions, report: Report): string | undefined {
  if (value === undefined || typeof value === "string" || options.unknown?.(value) !== undefined) {
    return typeof value === "string" ? value : undefined;
  }
  report.error("wrong-type", "$.Id", `${shown(value)} where text is expected`);
  return undefined;
}

function readStatements(
  value: unknown,
  version: ParsedDocument["version"],
  options: ParseOptions,
  report: Report,
): readonly ParsedStatement[] {
  const path = "$.Statement";
  const subject = options.unknown?.(value);
  if (subject !== undefined) {
    throw new UnknownStructure(path, subject);
  }
  if (value === undefined) {
    report.error("missing-element", path, "a policy document needs a `Statement`");
    return [];
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    report.error("bad-value", path, "an empty list; expected at least one statement");
  }
  const statements: ParsedStatement[] = [];
  const sids = new Set<string>();
  for (const [index, item] of list.entries()) {
    const itemPath = Array.isArray(value) ? child(path, index) : path;
    const statement = parseStatement(item, { index, path: itemPath, version, options, report });
    if (statement === undefined) {
      continue;
    }
    if (statement.sid !== undefined && statement.sid !== "") {
      if (sids.has(statement.sid)) {
        const message = `\`${statement.sid}\` is the Sid of an earlier statement; expected one that is unique`;
        if (options.kind === "identity") {
          report.error("duplicate-sid", child(itemPath, "Sid"), message);
        } else {
          report.warning("duplicate-sid", child(itemPath, "Sid"), message);
        }
      }
      sids.add(statement.sid);
    }
    statements.push(statement);
  }
  return statements;
}
