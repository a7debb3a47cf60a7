import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Estate } from "../../estate/estate.ts";
import type { Launch } from "../../estate/launch.ts";
import { resolveSource } from "../../estate/launch-source.ts";
import type { ResourceRecord } from "../../estate/resource-record.ts";
import type { MachineQuestion } from "../../messages/machines.ts";
import { matchesAny, textList } from "../config.ts";
import type { RuleConfig } from "../rule.ts";
import { undecided, type Verdict } from "../verdict.ts";

/** Configuration of rules that read launches: templates of other stacks that are known to keep the rule. */
export const TRUSTED_LAUNCH_TEMPLATES: PolicyConfigSchema["properties"][string] = {
  type: "array",
  items: { type: "string" },
  default: [],
  description:
    "Ids or names of launch templates and configurations of other stacks that are known to keep this rule. `*` stands for anything.",
};

/** What a launch takes from templates and configurations. */
export interface LaunchSettings {
  /** Those of the stack: the rule holds them to itself, where they stand. */
  readonly settings: readonly { readonly launch: Launch; readonly record: ResourceRecord }[];
  /** Undecided, for each that nobody can read here. */
  readonly unread: readonly Verdict[];
  /** Whether every one of them is of another stack, and configuration vouches for it. */
  readonly trusted: boolean;
}

export function readSources(
  estate: Estate,
  record: ResourceRecord,
  launch: Launch,
  question: MachineQuestion,
  what: string,
  config: RuleConfig,
): LaunchSettings {
  const trustedNames = textList(config, "trustedLaunchTemplates");
  const resolved = launch.sources.flatMap((source) => resolveSource(estate, record, source));
  const isTrusted = (each: (typeof resolved)[number]): boolean =>
    each.kind === "outside" && matchesAny(each.name, trustedNames);
  return {
    settings: resolved.filter((each) => each.kind === "settings"),
    unread: resolved.flatMap((each): readonly Verdict[] => {
      switch (each.kind) {
        case "settings":
          return [];
        case "other-version":
          return [
            undecided({
              id: "launch-version-other",
              question,
              template: each.template,
              version: each.version,
            }),
          ];
        case "outside":
          return isTrusted(each)
            ? []
            : [undecided({ id: "launch-source-outside", question, source: each.source, name: each.name })];
        case "unreadable":
          return [undecided({ id: "unreadable-value", what, cause: each.cause })];
      }
    }),
    trusted: resolved.length > 0 && resolved.every(isTrusted),
  };
}
