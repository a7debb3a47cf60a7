import assert from "node:assert/strict";
import table from "@bastionless/policies/estate/aws-managed-policies.json" with { type: "json" };
import { makeManagedPolicyTable } from "./support/managed-policies.ts";

describe("the table of AWS's managed policies", () => {
  it("is what deciding all of them gives (else: node test/policies/support/write-managed-policies.ts)", function () {
    this.timeout(60_000);
    assert.deepEqual(table, makeManagedPolicyTable());
  });

  it("knows those that everybody knows", () => {
    for (const name of [
      "AWSDenyAll",
      "AdministratorAccess",
      "AmazonEC2RoleforSSM",
      "AmazonSSMFullAccess",
      "AmazonSSMMaintenanceWindowRole",
      "AmazonSSMManagedEC2InstanceDefaultPolicy",
      "AmazonSSMManagedInstanceCore",
      "PowerUserAccess",
    ]) {
      assert.ok(name in table.documents, name);
    }
    for (const name of ["CloudWatchAgentServerPolicy", "IAMReadOnlyAccess", "ViewOnlyAccess"]) {
      assert.ok(table.withoutAccess.includes(name), name);
    }
  });
});
