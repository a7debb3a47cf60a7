import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Estate } from "../../estate/estate.ts";
import type { ResourceFacts } from "../../estate/facts.ts";
import { awsManagedName, type PolicyAttachment } from "../../estate/policy-attachment.ts";
import { resolve } from "../../estate/reference.ts";
import type { AccessRequirement } from "../../messages/access-message.ts";
import { matchesAny, textList } from "../config.ts";
import { holderNames, isExempt } from "./holder.ts";
import type { RuleConfig } from "../rule.ts";
import { type Finding, undecided } from "../verdict.ts";

/** Configuration of rules that read permissions: policies of other stacks that are known to be safe. */
export const TRUSTED_POLICIES: PolicyConfigSchema["properties"][string] = {
  type: "array",
  items: { type: "string" },
  default: [],
  description:
    "ARNs or names of managed policies of other stacks that are known to keep this rule. `*` stands for anything.",
};

/**
 * Undecided, for every attached policy that nobody can read here: of another stack, or not known.
 *
 * @param isAccounted policies that have been taken into account already, by the resource and the path they stand at
 */
export function outsidePolicies(
  estate: Estate,
  facts: ResourceFacts,
  requirement: AccessRequirement,
  config: RuleConfig,
  isAccounted: (urn: string, path: string) => boolean = () => false,
): readonly Finding[] {
  return facts.attachments.flatMap((attachment) => {
    if (
      awsManagedName(attachment.policy) !== undefined ||
      isAccounted(facts.record.urn, attachment.policy.path) ||
      isExempt(holderNames(facts.record, attachment), config)
    ) {
      return [];
    }
    const reason = whyUnread(estate, facts, attachment, config);
    return reason === undefined
      ? []
      : [
          {
            urn: facts.record.urn,
            verdict: undecided({
              id: "policy-outside",
              path: attachment.policy.path,
              requirement,
              policy: reason,
            }),
          },
        ];
  });
}

function whyUnread(
  estate: Estate,
  facts: ResourceFacts,
  { policy }: PolicyAttachment,
  config: RuleConfig,
): string | undefined {
  const target = resolve(estate, facts.record, policy, ["policy"]);
  switch (target.kind) {
    case "absent":
    case "found":
      return undefined;
    case "outside":
      return matchesAny(target.value, textList(config, "trustedPolicies")) ? undefined : target.value;
    case "unreadable":
      return "";
  }
}
