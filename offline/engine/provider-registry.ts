import type { ComponentProvider } from "../protocol/component-host.ts";
import type { CheckFailure, ConfiguredProvider, SimulatedProvider } from "../protocol/provider.ts";
import type { WireMap } from "../protocol/wire.ts";
import { providedPackage } from "./provider-reference.ts";
import { containsUnknown, mapValues, withoutResources, withoutSecrets } from "./values.ts";

/** What stands behind a reference to a provider. */
export type ProviderInstance =
  | {
      readonly kind: "simulated";
      readonly provider: SimulatedProvider;
      readonly configured: ConfiguredProvider;
    }
  /** A simulated package, whose configuration is not known yet: it tells nothing about its resources. */
  | { readonly kind: "unconfigured"; readonly provider: SimulatedProvider }
  | { readonly kind: "component"; readonly provider: ComponentProvider }
  /** The package `pulumi` itself: stack references, stashes, resource lookups. */
  | { readonly kind: "builtin" }
  | { readonly kind: "unmodelled"; readonly packageName: string };

/** The providers of one environment, by reference (`urn::id`). */
export class ProviderRegistry {
  readonly #simulated: readonly SimulatedProvider[];
  readonly #components: readonly ComponentProvider[];
  readonly #instances = new Map<string, ProviderInstance>();

  constructor(simulated: readonly SimulatedProvider[], components: readonly ComponentProvider[]) {
    this.#simulated = simulated;
    this.#components = components;
  }

  get(reference: string): ProviderInstance | undefined {
    return this.#instances.get(reference);
  }

  /** Whether someone models this type's outputs, or expands it. */
  simulated(packageName: string): SimulatedProvider | undefined {
    return this.#simulated.find((provider) => provider.name === packageName);
  }

  /**
   * The inputs of a provider resource as its package accepts them.
   *
   * `version` and `__internal` belong to the engine: the package does not see `__internal` and cannot drop `version`.
   */
  check(
    type: string,
    news: WireMap,
  ): { readonly inputs: WireMap; readonly failures: readonly CheckFailure[] } {
    const provider = this.simulated(providedPackage(type));
    if (provider === undefined) {
      return { inputs: providedPackage(type) === "pulumi" ? {} : news, failures: [] };
    }
    const { __internal: internal, ...visible } = news;
    const response = provider.checkConfig(providerMap(visible));
    const version = visible["version"];
    return {
      inputs: {
        ...response.inputs,
        ...(version === undefined ? {} : { version }),
        ...(internal === undefined ? {} : { __internal: internal }),
      },
      failures: response.failures,
    };
  }

  /** Makes a provider ready for its resources; answers its outputs. */
  configure(reference: string, type: string, inputs: WireMap): WireMap {
    const { __internal: _, ...outputs } = inputs;
    this.#instances.set(reference, this.#instance(providedPackage(type), outputs));
    return outputs;
  }

  #instance(packageName: string, inputs: WireMap): ProviderInstance {
    if (packageName === "pulumi") {
      return { kind: "builtin" };
    }
    const provider = this.simulated(packageName);
    if (provider !== undefined) {
      return containsUnknown(inputs)
        ? { kind: "unconfigured", provider }
        : { kind: "simulated", provider, configured: provider.configure(providerMap(inputs)) };
    }
    const component = this.#components.find((candidate) => candidate.name === packageName);
    return component === undefined
      ? { kind: "unmodelled", packageName }
      : { kind: "component", provider: component };
  }
}

/** Values as a provider sees them: with secrets and unknowns, and with ids for references to resources. */
export function providerMap(map: WireMap): WireMap {
  return mapValues(map, withoutResources);
}

/** Values as a lookup is asked: without what marks them as secret. */
export function lookupArguments(map: WireMap): WireMap {
  return mapValues(map, (value) => withoutResources(withoutSecrets(value)));
}
