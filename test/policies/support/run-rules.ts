import type { PolicyResource, ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import { loadIam } from "@bastionless/policies/iam.ts";
import { EXEMPTIONS } from "@bastionless/policies/exemptions/policy.ts";
import { UNUSED_EXEMPTIONS } from "@bastionless/policies/exemptions/unused.ts";
import { packArgs } from "@bastionless/policies/pack.ts";
import type { Rule, RuleConfig } from "@bastionless/policies/rules/rule.ts";
import { SUMMARY } from "@bastionless/policies/summary/policy.ts";
import policy from "@pulumi/policy";
import type { StackResource } from "./stack.ts";

// Once it is there, callbacks answer without a wait.
await loadIam();

export interface Told {
  readonly rule: string;
  /** Name of the resource. */
  readonly on: string;
  readonly kind: "violation" | "undecided";
  readonly by: "resource" | "stack";
  readonly message: string;
}

/** What the engine says of resources whose program says nothing. */
export const OPTIONS = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  additionalSecretOutputs: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
};

/** A pack in this process, called as @pulumi/policy's server calls it: every rule for a resource after another. */
export function startRules(rules: readonly Rule[], configs: { readonly [rule: string]: RuleConfig } = {}) {
  const { policies } = packArgs(rules);
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
  return {
    visit(resource: StackResource): readonly Told[] {
      const told: Told[] = [];
      for (const each of policies) {
        if (each.name === SUMMARY || each.name === UNUSED_EXEMPTIONS) {
          continue;
        }
        if (!("validateResource" in each) || typeof each.validateResource !== "function") {
          throw new TypeError(`${each.name} has no resource callback`);
        }
        const args: ResourceValidationArgs = {
          ...common(each.name),
          type: resource.type,
          urn: resource.urn,
          name: resource.name,
          props: policy.unknownCheckingProxy(resource.inputs),
          opts: OPTIONS,
          ...providerOf(resource),
        };
        void each.validateResource(args, collector(told, each.name, "resource", resource.urn));
      }
      return told.filter(isOfRule);
    },
    join(resources: readonly StackResource[]): readonly Told[] {
      const told: Told[] = [];
      for (const each of policies) {
        if (!("validateStack" in each)) {
          throw new TypeError(`${each.name} has no stack callback`);
        }
        void each.validateStack(
          { ...common(each.name), resources: toPolicyResources(resources) },
          collector(told, each.name, "stack", ""),
        );
      }
      return told.filter(isOfRule);
    },
  };
}

/** The policies around the rules have tests of their own. */
function isOfRule({ rule }: Told): boolean {
  return rule !== EXEMPTIONS && rule !== SUMMARY;
}

/** All that rules say of a stack: of each resource in turn, then of all of them. */
export function runRules(
  rules: readonly Rule[],
  resources: readonly StackResource[],
  configs: { readonly [rule: string]: RuleConfig } = {},
): readonly Told[] {
  const running = startRules(rules, configs);
  return [...resources.flatMap((resource) => running.visit(resource)), ...running.join(resources)];
}

function collector(told: Told[], rule: string, by: Told["by"], visited: string): ReportViolation {
  return (finding: unknown, urn?: string): void => {
    const on = nameOf(by === "resource" ? visited : (urn ?? ""));
    if (typeof finding === "string") {
      told.push({ rule, on, by, kind: "violation", message: finding });
      return;
    }
    if (typeof finding !== "object" || finding === null || !("message" in finding) || !("urn" in finding)) {
      throw new TypeError(`an unexpected finding: ${JSON.stringify(finding)}`);
    }
    told.push({
      rule,
      on: nameOf(String(finding.urn)),
      by,
      kind: "undecided",
      message: String(finding.message),
    });
  };
}

function providerOf({ provider }: StackResource): Pick<ResourceValidationArgs, "provider"> {
  return provider === undefined
    ? {}
    : {
        provider: {
          urn: provider.urn,
          type: "pulumi:providers:aws",
          name: nameOf(provider.urn),
          props: policy.unknownCheckingProxy(provider.inputs),
        },
      };
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

function toPolicyResources(resources: readonly StackResource[]): PolicyResource[] {
  const made = new Map<string, PolicyResource>(
    resources.map((resource) => [
      resource.urn,
      {
        type: resource.type,
        urn: resource.urn,
        name: resource.name,
        props: policy.unknownCheckingProxy(resource.outputs),
        opts: OPTIONS,
        ...providerOf(resource),
        dependencies: [],
        propertyDependencies: {},
        isType: () => false,
        asType: () => undefined,
      },
    ]),
  );
  for (const resource of resources) {
    const target = made.get(resource.urn);
    target?.dependencies.push(...(resource.dependsOn ?? []).flatMap((urn) => made.get(urn) ?? []));
    const parent = made.get(resource.parent ?? "");
    if (target !== undefined && parent !== undefined) {
      target.parent = parent;
    }
    for (const [property, urns] of Object.entries(resource.dependencies)) {
      if (target !== undefined) {
        target.propertyDependencies[property] = urns.flatMap((urn) => made.get(urn) ?? []);
      }
    }
  }
  return [...made.values()];
}
