// Writes policies/estate/aws-managed-policies.json anew: `node test/policies/support/write-managed-policies.ts`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeManagedPolicyTable, tableText } from "./managed-policies.ts";

const file = join(import.meta.dirname, "..", "..", "..", "policies", "estate", "aws-managed-policies.json");
writeFileSync(file, tableText(makeManagedPolicyTable()));
