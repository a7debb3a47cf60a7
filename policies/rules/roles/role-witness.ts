import type { Witness } from "@bastionless/iam";
import type { RoleWitness } from "../../messages/roles.ts";
import { statementName } from "../access/access-fix.ts";

/** What a message shows of a witness: its first check. */
export function roleWitness({ checks }: Witness): RoleWitness {
  const [check] = checks;
  const [statement] = check?.allowedBy ?? [];
  if (check === undefined || statement === undefined) {
    throw new Error("a witness without a check that a statement allows");
  }
  return {
    action: check.request.action,
    resource: check.request.resource,
    context: check.request.context,
    statement: statementName(statement),
    document: statement.document,
  };
}
