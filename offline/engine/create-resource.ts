import type { Wire, WireMap } from "../protocol/wire.ts";
import { isUnknown, UNKNOWN } from "../protocol/wire.ts";
import type { Hooks } from "./hooks.ts";
import { placeholderId, uuidFor } from "./identifiers.ts";
import type { PolicyGate } from "./policy-gate.ts";
import { RefusedCall } from "./problem-log.ts";
import { isProviderType, providerReference } from "./provider-reference.ts";
import { providerMap } from "./provider-registry.ts";
import type { ProviderInstance, ProviderRegistry } from "./provider-registry.ts";
import type { HookBinding, RegistrationResult } from "./registration.ts";
import type { CheckFailure } from "../protocol/provider.ts";
import type { ResourceRecord } from "./report.ts";
import type { RunContext } from "./run-context.ts";
import { toRecord } from "./state.ts";
import type { ResourceState } from "./state.ts";
import { asSecret, containsUnknown, isSecret, mapValues } from "./values.ts";

interface Created {
  readonly id: string;
  readonly outputs: WireMap;
  readonly unknownRest: boolean;
}

export interface CreatorParts {
  readonly context: RunContext;
  readonly providers: ProviderRegistry;
  readonly policies: PolicyGate;
  readonly hooks: Hooks;
}

/** Takes a registered resource through check, policies and creation, as a stack's first deployment does. */
export class ResourceCreator {
  readonly #parts: CreatorParts;
  readonly #providerState: (reference: string) => ResourceState | undefined;
  readonly #unknownTypes = new Map<string, string[]>();
  /** Hooks of components, which run once their outputs are there. */
  readonly #afterOutputs = new Map<string, readonly string[]>();

  constructor(parts: CreatorParts, providerState: (reference: string) => ResourceState | undefined) {
    this.#parts = parts;
    this.#providerState = providerState;
  }

  get unknownTypes(): ReadonlyMap<string, readonly string[]> {
    return this.#unknownTypes;
  }

  record(state: ResourceState): ResourceRecord {
    return toRecord(state);
  }

  takeAfterCreate(urn: string): readonly string[] {
    const names = this.#afterOutputs.get(urn) ?? [];
    this.#afterOutputs.delete(urn);
    return names;
  }

  noteUnknownType(type: string, urn: string): void {
    const urns = this.#unknownTypes.get(type);
    if (urns === undefined) {
      this.#unknownTypes.set(type, [urn]);
    } else {
      urns.push(urn);
    }
  }

  async create(
    state: ResourceState,
    instance: ProviderInstance | undefined,
    hooks: HookBinding,
  ): Promise<RegistrationResult> {
    const failures = this.#check(state, instance);
    state.inputs = await this.#parts.policies.checkResource(state, this.#providerState(state.provider));
    if (failures.length > 0) {
      const message = this.#reportFailures(state, failures);
      if (this.#parts.context.explains) {
        throw new RefusedCall(message);
      }
      this.#parts.context.progress({ kind: "resource", resource: toRecord(state) });
      return result(state, true);
    }
    const subject = { urn: state.urn, name: state.name, type: state.type };
    await this.#parts.hooks.run(hooks.beforeCreate, {
      ...subject,
      id: "",
      newInputs: state.inputs,
      newOutputs: undefined,
    });
    const created = this.#createCustom(state, instance);
    state.id = created.id;
    state.outputs = this.#markSecrets(state, created.outputs);
    if (state.custom) {
      await this.#parts.hooks.run(hooks.afterCreate, {
        ...subject,
        id: state.id,
        newInputs: state.inputs,
        newOutputs: state.outputs,
      });
    } else if (hooks.afterCreate.length > 0) {
      this.#afterOutputs.set(state.urn, hooks.afterCreate);
    }
    this.#parts.context.progress({ kind: "resource", resource: toRecord(state) });
    return result(state, created.unknownRest);
  }

  #check(state: ResourceState, instance: ProviderInstance | undefined): readonly CheckFailure[] {
    if (!state.custom) {
      return [];
    }
    if (isProviderType(state.type)) {
      const checked = this.#parts.providers.check(state.type, state.inputs);
      state.inputs = checked.failures.length > 0 ? state.inputs : checked.inputs;
      return checked.failures;
    }
    if (instance?.kind !== "simulated" || !instance.provider.knowsType(state.type)) {
      return [];
    }
    const { urn, type, name } = state;
    const response = instance.configured.check({
      urn,
      type,
      name,
      olds: undefined,
      news: providerMap(state.inputs),
    });
    if (response.failures.length === 0) {
      state.inputs = response.inputs;
    }
    return response.failures;
  }

  #createCustom(state: ResourceState, instance: ProviderInstance | undefined): Created {
    if (!state.custom) {
      return { id: "", outputs: {}, unknownRest: false };
    }
    const { preview } = this.#parts.context;
    if (isProviderType(state.type)) {
      const id = preview ? UNKNOWN : uuidFor(state.urn);
      const outputs = this.#parts.providers.configure(
        providerReference(state.urn, id),
        state.type,
        state.inputs,
      );
      return { id, outputs, unknownRest: false };
    }
    switch (instance?.kind) {
      case "simulated":
        return instance.provider.knowsType(state.type)
          ? this.#createSimulated(state, instance)
          : this.#createUnmodelled(state);
      case "builtin":
        return createBuiltin(state, preview);
      case "unconfigured":
        return { id: preview ? "" : placeholderId(state.urn, state.name), outputs: {}, unknownRest: true };
      case "component":
      case "unmodelled":
      case undefined:
        return this.#createUnmodelled(state);
    }
  }

  #createSimulated(
    state: ResourceState,
    instance: ProviderInstance & { readonly kind: "simulated" },
  ): Created {
    const { preview } = this.#parts.context;
    const { urn, type, name } = state;
    const response = instance.configured.create({
      urn,
      type,
      name,
      inputs: providerMap(state.inputs),
      preview,
    });
    const { outputs } = response;
    const id = state.options.importId === "" ? response.id : state.options.importId;
    return { id, outputs, unknownRest: !preview && containsUnknown(outputs) };
  }

  #createUnmodelled(state: ResourceState): Created {
    this.noteUnknownType(state.type, state.urn);
    const { preview } = this.#parts.context;
    const imported = state.options.importId;
    const id = imported === "" && !preview ? placeholderId(state.urn, state.name) : imported;
    return { id, outputs: state.inputs, unknownRest: true };
  }

  /** What went in as a secret, or is declared one, is one. */
  #markSecrets(state: ResourceState, outputs: WireMap): WireMap {
    const declared = new Set(state.options.additionalSecretOutputs);
    if (declared.has("id")) {
      this.#parts.context.diagnose({
        source: "engine",
        level: "warning",
        message: "`id` cannot be made secret by `additionalSecretOutputs`",
        urn: state.urn,
      });
      declared.delete("id");
    }
    return mapValues(outputs, (value: Wire, key) =>
      declared.has(key) || isSecret(state.inputs[key]) ? asSecret(value) : value,
    );
  }

  #reportFailures(state: ResourceState, failures: readonly CheckFailure[]): string {
    const lines = failures.map((failure) =>
      failure.property === "" ? failure.reason : `\`${failure.property}\`: ${failure.reason}`,
    );
    const message = `\`${state.type}\` \`${state.name}\` has inputs that its provider rejects:\n  ${lines.join("\n  ")}`;
    this.#parts.context.problems.add({
      kind: "check",
      urn: state.urn,
      failures,
      message,
      ...(state.place === undefined ? {} : { place: state.place }),
    });
    return message;
  }
}

/** Stashes of the package `pulumi`. Its other types are read or are no resources. */
function createBuiltin(state: ResourceState, preview: boolean): Created {
  const id = preview ? "" : uuidFor(state.urn);
  if (state.type !== "pulumi:index:Stash") {
    return { id, outputs: {}, unknownRest: true };
  }
  const input = state.inputs["input"] ?? null;
  return { id, outputs: { input, output: input }, unknownRest: false };
}

function result(state: ResourceState, unknownRest: boolean): RegistrationResult {
  return {
    urn: state.urn,
    id: isUnknown(state.id) && !isProviderType(state.type) ? "" : state.id,
    outputs: state.custom ? state.outputs : {},
    outputDependencies: {},
    unknownRest,
  };
}
