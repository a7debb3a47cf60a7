import type { Model } from "../../model.ts";
import { arn, length, matching, wholeNumber } from "../../rules/formats.ts";
import { iamName, iamPath } from "../../rules/iam-names.ts";
import { policyDocument } from "../../rules/policy-document.ts";
import { exclusive, format } from "../../rules/rule.ts";
import { CREATED, prefixed } from "../common.ts";

/** Letters that descriptions in IAM may hold. Source: IAM API Reference, CreateRole. */
const descriptionText = matching(/^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/u, "printable Latin-1 characters");

/** Source: IAM API Reference, CreateRole; IAM User Guide, "IAM and AWS STS quotas". */
export const role: Model = {
  type: "aws:iam/role:Role",
  id: (reading) => reading.text("name", prefixed("namePrefix")(reading)),
  autoName: { property: "name", unless: ["namePrefix"], maxLength: 64 },
  defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  rules: [
    format("name", iamName(64)),
    format("namePrefix", iamName(38)),
    format("path", iamPath, length(1, 512)),
    format("description", length(0, 1000), descriptionText),
    format("assumeRolePolicy", policyDocument("trust", 4096)),
    format("maxSessionDuration", wholeNumber(3600, 43_200)),
    format("permissionsBoundary", arn("iam")),
    format("managedPolicyArns[]", arn("iam")),
    format("inlinePolicies[].name", iamName(128)),
    format("inlinePolicies[].policy", policyDocument("identity", 10_240)),
    exclusive(["name", "namePrefix"]),
  ],
  replaces: ["name", "namePrefix", "path"],
  comparisons: { assumeRolePolicy: "policy", managedPolicyArns: "set", inlinePolicies: "set" },
  computed: {
    arn: (reading) => reading.arn("iam", `role${reading.text("path", "/")}${reading.id}`, { region: true }),
    createDate: () => CREATED,
    name: (reading) => reading.id,
    uniqueId: (reading) => reading.iamId("AROA"),
  },
  fromId: (id) => ({ name: id }),
};

/** Source: IAM API Reference, CreateInstanceProfile. */
export const instanceProfile: Model = {
  type: "aws:iam/instanceProfile:InstanceProfile",
  id: (reading) => reading.text("name", prefixed("namePrefix")(reading)),
  defaults: { path: "/" },
  rules: [
    format("name", iamName(128)),
    format("path", iamPath, length(1, 512)),
    format("role", iamName(64)),
    exclusive(["name", "namePrefix"]),
  ],
  replaces: ["name", "namePrefix", "path"],
  computed: {
    arn: (reading) =>
      reading.arn("iam", `instance-profile${reading.text("path", "/")}${reading.id}`, { region: true }),
    createDate: () => CREATED,
    name: (reading) => reading.id,
    uniqueId: (reading) => reading.iamId("AIPA"),
  },
  fromId: (id) => ({ name: id }),
};
