import type { Model } from "../../model.ts";
import { arn, length, wholeNumber } from "../../rules/formats.ts";
import { iamName, iamPath } from "../../rules/iam-names.ts";
import { policyDocument } from "../../rules/policy-document.ts";
import { exclusive, format } from "../../rules/rule.ts";
import type { Rule } from "../../rules/rule.ts";
import { always, prefixed } from "../common.ts";

/** Source: IAM API Reference, CreatePolicy; a managed policy holds 6144 characters besides white space. */
export const policy: Model = {
  type: "aws:iam/policy:Policy",
  id: (reading) => {
    const name = reading.text("name", prefixed("namePrefix")(reading));
    return reading.arn("iam", `policy${reading.text("path", "/")}${name}`, { region: true });
  },
  autoName: { property: "name", unless: ["namePrefix"], maxLength: 128 },
  defaults: { path: "/" },
  rules: [
    format("name", iamName(128)),
    format("path", iamPath, length(1, 512)),
    format("description", length(0, 1000)),
    format("policy", policyDocument("identity", 6144)),
    format("delayAfterPolicyCreationInMs", wholeNumber(0, 3_600_000)),
    exclusive(["name", "namePrefix"]),
  ],
  replaces: ["description", "name", "namePrefix", "path"],
  comparisons: { policy: "policy" },
  computed: {
    arn: (reading) => reading.id,
    attachmentCount: always(0),
    name: (reading) => reading.id.slice(reading.id.lastIndexOf("/") + 1),
    policyId: (reading) => reading.iamId("ANPA"),
  },
  fromId: (id) => {
    const path = id.slice(id.indexOf("/"));
    const end = path.lastIndexOf("/") + 1;
    return { name: path.slice(end), path: path.slice(0, end) };
  },
};

/** An inline policy of a role, user or group; `most` characters is what all of its inline policies may have together. */
function inlinePolicy(type: string, holder: string, most: number): Model {
  return {
    type,
    id: (reading) => `${reading.text(holder)}:${reading.text("name", prefixed("namePrefix")(reading))}`,
    autoName: { property: "name", unless: ["namePrefix"], maxLength: 128 },
    rules: [
      format("name", iamName(128)),
      format(holder, iamName(128)),
      format("policy", policyDocument("identity", most)),
      exclusive(["name", "namePrefix"]),
    ],
    replaces: ["name", "namePrefix", holder],
    comparisons: { policy: "policy" },
    computed: { name: (reading) => reading.id.slice(reading.id.indexOf(":") + 1) },
  };
}

export const rolePolicy: Model = inlinePolicy("aws:iam/rolePolicy:RolePolicy", "role", 10_240);
export const userPolicy: Model = inlinePolicy("aws:iam/userPolicy:UserPolicy", "user", 2048);
export const groupPolicy: Model = inlinePolicy("aws:iam/groupPolicy:GroupPolicy", "group", 5120);

function attachment(type: string, holder: string): Model {
  return {
    type,
    id: (reading) => `${reading.text(holder)}-${reading.text("policyArn")}`,
    rules: [format(holder, iamName(128)), format("policyArn", arn("iam"))],
    replaces: [holder, "policyArn"],
  };
}

export const rolePolicyAttachment: Model = attachment(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "role",
);
export const userPolicyAttachment: Model = attachment(
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "user",
);
export const groupPolicyAttachment: Model = attachment(
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "group",
);

const holders: Rule = (subject) =>
  ["groups", "roles", "users"].every((name) => subject.inputs[name] === undefined)
    ? [
        {
          property: "",
          reason: "no groups, roles or users to attach to: set one of `groups`, `roles`, `users`",
        },
      ]
    : [];

/** The exclusive form: it takes the policy from everyone else. */
export const policyAttachment: Model = {
  type: "aws:iam/policyAttachment:PolicyAttachment",
  id: (reading) => reading.text("name"),
  rules: [
    holders,
    format("policyArn", arn("iam")),
    format("roles[]", iamName(64)),
    format("users[]", iamName(64)),
    format("groups[]", iamName(128)),
  ],
  replaces: ["name", "policyArn"],
  comparisons: { groups: "set", roles: "set", users: "set" },
};
