import type { CheckFailure } from "../../protocol/provider.ts";
import { isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { hashOf } from "../terraform-hash.ts";
import { asText, parseJson } from "../values.ts";
import { goJson } from "./go-json.ts";
import { result } from "./lookup-function.ts";
import type { LookupFunction } from "./lookup-function.ts";
import {
  DocumentError,
  statementFromArguments,
  statementFromDocument,
  writeStatement,
} from "./policy-statement.ts";
import type { Statement } from "./policy-statement.ts";

interface Document {
  readonly version: string;
  readonly id: string;
  readonly statements: readonly Statement[];
}

const EMPTY: Document = { version: "", id: "", statements: [] };

/** The later document's id and version win; its statements replace those of the same id, the others follow. */
function merge(before: Document, after: Document): Document {
  const statements = [...before.statements];
  for (const statement of after.statements) {
    const at = statement.sid === "" ? -1 : statements.findIndex((one) => one.sid === statement.sid);
    if (at < 0) {
      statements.push(statement);
    } else {
      statements[at] = statement;
    }
  }
  return {
    version: after.version > before.version ? after.version : before.version,
    id: after.id === "" ? before.id : after.id,
    statements,
  };
}

function readDocument(text: Wire, place: string): Document {
  const parsed = typeof text === "string" ? parseJson(text) : undefined;
  if (!isWireMap(parsed)) {
    throw new DocumentError(`${place} is not a policy document in JSON`);
  }
  const statements = parsed["Statement"] ?? [];
  if (!Array.isArray(statements)) {
    throw new DocumentError(`${place} has a \`Statement\` that is no list`);
  }
  return {
    version: asText(parsed["Version"]),
    id: asText(parsed["Id"]),
    statements: statements.map((statement: Wire) => statementFromDocument(statement)),
  };
}

function list(value: Wire | undefined): readonly Wire[] {
  return Array.isArray(value) ? value.filter((part: Wire) => part !== null) : [];
}

function refuseRepeated(statements: readonly Statement[], place: string): void {
  const sids = statements.map((statement) => statement.sid).filter((sid) => sid !== "");
  const repeated = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (repeated !== undefined) {
    throw new DocumentError(
      `the statement id \`${repeated}\` occurs twice in ${place}: remove it or make it unique`,
    );
  }
}

function compose(args: WireMap): Document {
  const sources = list(args["sourcePolicyDocuments"]).map((text, index) =>
    readDocument(text, `sourcePolicyDocuments[${index}]`),
  );
  refuseRepeated(
    sources.flatMap((source) => source.statements),
    "sourcePolicyDocuments",
  );
  const version = asText(args["version"] ?? "2012-10-17");
  const given = list(args["statements"]).filter((statement) => isWireMap(statement));
  const own: Document = {
    version,
    id: asText(args["policyId"]),
    statements: given.map((statement) => statementFromArguments(statement, version)),
  };
  refuseRepeated(own.statements, "statements");
  const overrides = list(args["overridePolicyDocuments"]).map((text, index) =>
    readDocument(text, `overridePolicyDocuments[${index}]`),
  );
  let merged = EMPTY;
  for (const document of [...sources, own, ...overrides]) {
    merged = merge(merged, document);
  }
  return merged;
}

function write(document: Document): WireMap {
  return {
    ...(document.version === "" ? {} : { Version: document.version }),
    ...(document.id === "" ? {} : { Id: document.id }),
    ...(document.statements.length === 0
      ? {}
      : { Statement: document.statements.map((statement) => writeStatement(statement)) }),
  };
}

function argumentFailures(args: WireMap): readonly CheckFailure[] {
  const failures: CheckFailure[] = [];
  const version = args["version"];
  if (version !== undefined && version !== "2008-10-17" && version !== "2012-10-17") {
    failures.push({
      property: "version",
      reason: `\`${asText(version)}\` is refused: expected 2008-10-17 or 2012-10-17`,
    });
  }
  for (const [index, statement] of list(args["statements"]).entries()) {
    if (isWireMap(statement)) {
      const { effect, sid } = statement;
      if (effect !== undefined && effect !== "Allow" && effect !== "Deny") {
        failures.push({
          property: `statements[${index}].effect`,
          reason: `\`${asText(effect)}\` is refused: expected Allow or Deny`,
        });
      }
      if (sid !== undefined && !/^[a-zA-Z0-9]*$/u.test(asText(sid))) {
        failures.push({
          property: `statements[${index}].sid`,
          reason: `\`${asText(sid)}\` is refused: expected letters and digits`,
        });
      }
    }
  }
  return failures;
}

/**
 * `aws.iam.getPolicyDocument`, character by character as the provider writes it.
 *
 * Two blocks of principals of one type, or of conditions with one operator and key, keep the order of the arguments;
 * the provider orders them by a hash of its own.
 *
 * Source: terraform-provider-aws, internal/service/iam/policy_document_data_source.go and policy_model.go.
 */
export const policyDocument: LookupFunction = ({ args }) => {
  const failures = argumentFailures(args);
  if (failures.length > 0) {
    return { kind: "failures", failures };
  }
  try {
    const document = write(compose(args));
    const json = goJson(document, 2);
    const statements = list(args["statements"]).map((statement) =>
      isWireMap(statement) ? { effect: "Allow", ...statement } : statement,
    );
    return result({
      ...args,
      id: String(hashOf(json)),
      json,
      minifiedJson: goJson(document),
      version: asText(args["version"] ?? "2012-10-17"),
      ...(args["statements"] === undefined ? {} : { statements }),
    });
  } catch (error) {
    if (error instanceof DocumentError) {
      return { kind: "failures", failures: [{ property: "", reason: error.message }] };
    }
    throw error;
  }
};
