import type { ExampleProvider, ExampleResource } from "@bastionless/policies/rules/examples/example.ts";

/** Pulumi's sentinel for a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: { readonly [property: string]: unknown };
  readonly outputs: { readonly [property: string]: unknown };
  /** URNs, by property. */
  readonly dependencies: { readonly [property: string]: readonly string[] };
  /** URNs. */
  readonly dependsOn?: readonly string[];
  readonly parent?: string;
  readonly provider?: {
    readonly urn: string;
    readonly inputs: { readonly [property: string]: unknown };
  };
}

export function urnOf(type: string, name: string, stack = "test"): string {
  return `urn:pulumi:${stack}::project::${type}::${name}`;
}

/** What the engine would tell a pack of these resources. A value written `{ unknown: true }` becomes the sentinel. */
export function toStack(resources: readonly ExampleResource[], stack = "test"): readonly StackResource[] {
  const urns = new Map(resources.map(({ type, name }) => [name, urnOf(type, name, stack)]));
  return resources.map(({ type, name, props, outputs, from = {}, dependsOn = [], provider }) => {
    const inputs = toWire(props);
    return {
      urn: urnOf(type, name, stack),
      type,
      name,
      inputs,
      outputs: { ...withoutUnknowns(inputs), ...toWire(outputs ?? {}) },
      dependsOn: dependsOn.flatMap((other) => urns.get(other) ?? []),
      dependencies: Object.fromEntries(
        Object.entries(from).map(([property, names]) => [
          property,
          names.map((other) => urns.get(other) ?? `no resource ${other} in the example`),
        ]),
      ),
      ...(provider === undefined ? {} : { provider: providerOf(provider, stack) }),
    };
  });
}

/** The engine hands a provider's configuration on as texts, what is no text as JSON. */
function providerOf(
  { name, inputs }: ExampleProvider,
  stack: string,
): NonNullable<StackResource["provider"]> {
  return {
    urn: urnOf("pulumi:providers:aws", name, stack),
    inputs: Object.fromEntries(
      Object.entries(toWire(inputs)).map(([property, value]) => [
        property,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  };
}

function toWire(props: { readonly [key: string]: unknown }): { readonly [key: string]: unknown } {
  return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, wireValue(value)]));
}

function wireValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(wireValue);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return "unknown" in value && entries.length === 1 ? UNKNOWN : toWire(Object.fromEntries(entries));
  }
  return value;
}

/** In a preview's outputs a property that holds an unknown is missing (pulumi #7854). */
function withoutUnknowns(props: { readonly [key: string]: unknown }): { readonly [key: string]: unknown } {
  return Object.fromEntries(
    Object.entries(props).filter(([, value]) => !JSON.stringify(value ?? null).includes(UNKNOWN)),
  );
}
