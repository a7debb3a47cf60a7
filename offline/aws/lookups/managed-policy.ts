import { createHash } from "node:crypto";

import { MANAGED_POLICIES } from "../tables/managed-policies.ts";
import { asText } from "../values.ts";
import { exactlyOneArgument, result, unanswered } from "./lookup-function.ts";
import type { LookupFunction } from "./lookup-function.ts";

/** `aws.iam.getPolicy` of policies that AWS manages and whose documents the simulation holds. */
export const managedPolicy: LookupFunction = ({ token, args, setting: { place } }) => {
  const refused = exactlyOneArgument(args, ["arn", "name"]);
  if (refused !== undefined) {
    return refused;
  }
  const prefix = `arn:${place.partition}:iam::aws:policy/`;
  const arn = asText(args["arn"]);
  const name = arn.startsWith(prefix) ? arn.slice(prefix.length) : asText(args["name"]);
  const document = MANAGED_POLICIES[name];
  if (document === undefined) {
    return unanswered(token, args, {
      arn: arn === "" ? `${prefix}${name}` : arn,
      attachmentCount: 0,
      description: "",
      id: arn,
      name,
      path: "/",
      policy: "…",
      policyId: "ANPA…",
      tags: {},
    });
  }
  return result({
    ...args,
    arn: `${prefix}${name}`,
    attachmentCount: 1,
    description: "",
    id: `${prefix}${name}`,
    name,
    path: "/",
    policy: JSON.stringify(document),
    policyId: `ANPA${createHash("sha256").update(name).digest("hex").slice(0, 17).toUpperCase()}`,
    tags: {},
  });
};
