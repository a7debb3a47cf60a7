import { isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { asText, parseJson } from "../values.ts";
import type { Format } from "./rule.ts";

/**
 * Whose document it is: `identity` of a user, group or role; `resource` with principals; `trust` of a role, with
 * principals and without resources.
 */
export type DocumentKind = "identity" | "resource" | "trust";

const VERSIONS = ["2008-10-17", "2012-10-17"];

function hasExactlyOne(statement: WireMap, plain: string, negated: string): boolean {
  return (statement[plain] === undefined) !== (statement[negated] === undefined);
}

function statementProblem(statement: Wire, kind: DocumentKind): string | undefined {
  if (!isWireMap(statement)) {
    return "a statement is not an object";
  }
  const { Effect: effect, Sid: sid } = statement;
  if (effect !== "Allow" && effect !== "Deny") {
    return "a statement has no `Effect` of `Allow` or `Deny`";
  }
  if (!hasExactlyOne(statement, "Action", "NotAction")) {
    return "a statement needs either `Action` or `NotAction`";
  }
  if (sid !== undefined && kind === "identity" && !/^[A-Za-z0-9]*$/u.test(asText(sid))) {
    return `the statement id \`${asText(sid)}\` has characters other than letters and digits`;
  }
  const principals = ["Principal", "NotPrincipal"].filter((key) => statement[key] !== undefined).length;
  if (kind === "identity" && principals > 0) {
    return "a policy of an identity names no principals: remove `Principal`";
  }
  if (kind !== "identity" && principals !== 1) {
    return "a statement needs either `Principal` or `NotPrincipal`";
  }
  if (kind === "trust") {
    return statement["Resource"] === undefined && statement["NotResource"] === undefined
      ? undefined
      : "a trust policy names no resources: remove `Resource`";
  }
  return hasExactlyOne(statement, "Resource", "NotResource")
    ? undefined
    : "a statement needs either `Resource` or `NotResource`";
}

/** Why AWS refuses a parsed policy document ("malformed"); undefined where it accepts its form. */
export function documentProblem(document: Wire | undefined, kind: DocumentKind): string | undefined {
  if (!isWireMap(document)) {
    return "is not a JSON object: expected a policy document";
  }
  const { Version: version, Statement: statement } = document;
  if (version !== undefined && !VERSIONS.includes(asText(version))) {
    return `has the version \`${asText(version)}\`: expected one of ${VERSIONS.join(", ")}`;
  }
  if (statement === undefined) {
    return "has no `Statement`: add one";
  }
  const statements: readonly Wire[] = Array.isArray(statement) ? statement : [statement];
  if (statements.length === 0 && kind !== "resource") {
    return "has no statement: add one";
  }
  const sids = statements
    .map((one) => (isWireMap(one) ? one["Sid"] : undefined))
    .filter((sid) => sid !== undefined);
  const repeated = sids.find((sid, index) => sid !== "" && sids.indexOf(sid) !== index);
  if (repeated !== undefined) {
    return `repeats the statement id \`${asText(repeated)}\`: ids are unique in a document`;
  }
  const problem = statements.map((one) => statementProblem(one, kind)).find((text) => text !== undefined);
  return problem === undefined ? undefined : `is malformed: ${problem}`;
}

/** IAM does not count white space: that outside of texts is gone once the document is written again. */
function size(text: string, document: Wire): number {
  return Math.min(text.length, JSON.stringify(document).length);
}

/**
 * A policy document of a kind, of at most so many characters.
 *
 * Sources: IAM User Guide, "IAM and AWS STS quotas" and "Grammar of the IAM JSON policy language".
 */
export function policyDocument(kind: DocumentKind, most: number): Format {
  return (value) => {
    const text = asText(value);
    const document = parseJson(text);
    const problem = documentProblem(document, kind);
    if (problem !== undefined) {
      return problem;
    }
    const count = size(text, document ?? null);
    return count > most ? `has ${count} characters: expected at most ${most}` : undefined;
  };
}
