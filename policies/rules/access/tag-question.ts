import type { Check, Question } from "@bastionless/iam";
import type { PolicyConfigSchema } from "@pulumi/policy";
import type { GrantedDocument } from "../../estate/policy-grant.ts";
import { iam } from "../../iam.ts";
import { patternTable } from "../config.ts";
import type { RuleConfig } from "../rule.ts";

/** Configuration of rules that hold access to machines' tags. */
export const TAGS: PolicyConfigSchema["properties"][string] = {
  type: "object",
  additionalProperties: { type: "array", items: { type: "string" } },
  default: {},
  description:
    'Tags that a machine must carry, each with the values it may have: `{"Environment": ["prod", "staging-*"]}`; an empty list: any value.',
};

/** A tag that a machine must carry, and the values it may have; undefined: any tag that the documents look at. */
export type Tag = { readonly key: string; readonly values: readonly string[] } | undefined;

export function requiredTags(config: RuleConfig): readonly Tag[] {
  const required = Object.entries(patternTable(config, "tags"));
  return required.length === 0 ? [undefined] : required.map(([key, values]) => ({ key, values }));
}

/** The question about a machine that is outside the tag. */
export function outsideTag(asked: Question, tag: Tag, documents: readonly GrantedDocument[]): Question {
  const { absent, outside } = iam();
  return onMachine(asked, {
    keys:
      tag === undefined
        ? documents.flatMap(tagsMentioned).map((key) => absent(`aws:ResourceTag/${key}`))
        : [outside(`aws:ResourceTag/${tag.key}`, ...(tag.values.length === 0 ? ["*"] : tag.values))],
  });
}

/** The question with a further constraint on the machine; its keys are added to those that it has. */
export function onMachine(asked: Question, constraint: Partial<Check>): Question {
  return {
    ...asked,
    scenarios: asked.scenarios.map((scenario) => ({
      ...scenario,
      checks: scenario.checks.map((check) =>
        check.name === "machine"
          ? { ...check, ...constraint, keys: [...(check.keys ?? []), ...(constraint.keys ?? [])] }
          : check,
      ),
    })),
  };
}

const TAG_KEY = /^(?:aws|ec2|ssm):resourceTag\/(.+)$/i;

/** Tags that the document's conditions look at; a session's own tags are none of a machine. */
function tagsMentioned(document: GrantedDocument): readonly string[] {
  if (document.kind !== "document") {
    return [];
  }
  const tags = document.statements
    .flatMap((statement) => statement.conditions)
    .flatMap(({ key }) => TAG_KEY.exec(key)?.[1] ?? [])
    .filter((tag) => !tag.startsWith("aws:"));
  // Tag keys ignore case in conditions.
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()];
}
