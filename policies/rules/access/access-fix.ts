import type { ParsedDocument, ParsedStatement, StatementRef } from "@bastionless/iam";
import type { AccessFix } from "../../messages/access-message.ts";

const MFA_KEY = "aws:multifactorauthpresent";

/** What to change in a document that allows sessions without MFA: what is there and does not do, before what is not. */
export function mfaFix(document: ParsedDocument, allowedBy: StatementRef): AccessFix {
  const loose = document.statements.find((statement) => statement.index === allowedBy.index);
  const operator = loose === undefined ? undefined : operatorOnMfa(loose, true);
  if (operator !== undefined) {
    return { kind: "strict-allow", statement: statementName(allowedBy), operator };
  }
  for (const statement of document.statements) {
    const narrow = statement.effect === "Deny" ? operatorOnMfa(statement, false) : undefined;
    if (narrow !== undefined) {
      return { kind: "wider-deny", statement: statementName(statement), operator: narrow };
    }
  }
  return { kind: "require-mfa", statement: statementName(allowedBy) };
}

/** The `Bool` operator by which a statement asks for MFA, with or without `IfExists`. */
function operatorOnMfa(statement: ParsedStatement, ifExists: boolean): string | undefined {
  return statement.conditions.find(
    ({ key, operator }) =>
      key.toLowerCase() === MFA_KEY && operator.base === "Bool" && operator.ifExists === ifExists,
  )?.operator.text;
}

export function statementName(statement: {
  readonly sid: string | undefined;
  readonly path: string;
}): string {
  // `aws.iam.getPolicyDocument` writes an empty Sid where there is none.
  return statement.sid === undefined || statement.sid === "" ? statement.path : statement.sid;
}
