import { packArgs } from "@bastionless/policies/pack.ts";
import type { Rule, RuleConfig } from "@bastionless/policies/rules/rule.ts";
import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import policy from "@pulumi/policy";
import { OPTIONS } from "./run-rules.ts";
import type { StackResource } from "./stack.ts";

/** Something that the pack reported, under the name of the policy that it is a finding of. */
export interface Reported {
  readonly policy: string;
  /** Undefined: the policy's own. */
  readonly level: string | undefined;
  readonly urn: string;
  readonly message: string;
}

export interface PackRun {
  readonly configs?: { readonly [policy: string]: RuleConfig };
  readonly disabled?: readonly string[];
  readonly today?: string;
}

/** A pack in this process, with the policies around its rules. Runs one operation after another. */
export function startPack(
  rules: readonly Rule[],
  { configs = {}, disabled = [], today = "2026-11-21" }: PackRun,
) {
  const all = packArgs(rules, { today: () => today }).policies;
  const common = (name: string) => ({
    stackTags: new Map<string, string>(),
    isType: () => false,
    asType: () => undefined,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- its type in @pulumi/policy
    getConfig: <T extends object>() => (configs[name] ?? {}) as T,
    notApplicable: (): never => {
      throw new Error("not applicable");
    },
  });
  return (resources: readonly StackResource[]): readonly Reported[] => {
    const reported: Reported[] = [];
    const policies = all.filter(({ name }) => !disabled.includes(name));
    const collect = (name: string) => (finding: unknown, urn?: string) => {
      if (typeof finding === "string") {
        reported.push({ policy: name, level: undefined, urn: urn ?? "", message: finding });
        return;
      }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what @pulumi/policy takes, see report.ts
      const given = finding as {
        readonly [property in "name" | "enforcementLevel" | "urn" | "message"]?: string;
      };
      reported.push({
        policy: given.name ?? name,
        level: given.enforcementLevel,
        urn: given.urn ?? "",
        message: given.message ?? "",
      });
    };
    for (const resource of resources) {
      for (const each of policies) {
        if ("validateResource" in each && typeof each.validateResource === "function") {
          const args: ResourceValidationArgs = {
            ...common(each.name),
            type: resource.type,
            urn: resource.urn,
            name: resource.name,
            props: policy.unknownCheckingProxy(resource.inputs),
            opts: OPTIONS,
          };
          void each.validateResource(args, collect(each.name));
        }
      }
    }
    for (const each of policies) {
      if ("validateStack" in each) {
        void each.validateStack(
          { ...common(each.name), resources: resources.map(toPolicyResource) },
          collect(each.name),
        );
      }
    }
    return reported;
  };
}

export function runPack(rules: readonly Rule[], resources: readonly StackResource[], run: PackRun = {}) {
  return startPack(rules, run)(resources);
}

function toPolicyResource(resource: StackResource): PolicyResource {
  return {
    type: resource.type,
    urn: resource.urn,
    name: resource.name,
    props: policy.unknownCheckingProxy(resource.outputs),
    opts: OPTIONS,
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  };
}
