import assert from "node:assert/strict";
import type { PolicyDocument as IamPolicyDocument } from "@bastionless/iam";
import {
  policyDocument,
  policyJson,
  type PolicyStatement,
} from "../../../components/core/policy-document.ts";

const STATEMENT: PolicyStatement = { Sid: "S", Effect: "Allow", Action: "a:b", Resource: "*" };

describe("a policy document", () => {
  it("is of the version in which variables work, and one that the IAM engine takes", () => {
    const document: IamPolicyDocument = policyDocument([STATEMENT]);
    assert.deepEqual(document, { Version: "2012-10-17", Statement: [STATEMENT] });
    assert.equal(policyJson([STATEMENT]), JSON.stringify(document));
  });
});
