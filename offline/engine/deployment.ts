import type { ChildRegistration, ComponentHost } from "../protocol/component-host.ts";
import type { WireMap } from "../protocol/wire.ts";
import { UNKNOWN } from "../protocol/wire.ts";
import { constructComponent, registrationOfChild } from "./construct.ts";
import { ResourceCreator } from "./create-resource.ts";
import {
  assertDefaultProviderAllowed,
  DefaultProviders,
  describeDefaultProvider,
  withPluginInputs,
} from "./default-providers.ts";
import {
  dependenciesOfTransformed,
  inputsForTransforms,
  sorted,
  sortedByProperty,
  statedDependencies,
  withOutputValues,
} from "./dependencies.ts";
import type { Dependencies } from "./dependencies.ts";
import type { Hooks } from "./hooks.ts";
import { explicitProvider, inheritOptions } from "./inheritance.ts";
import type { InheritedOptions } from "./inheritance.ts";
import { invoke } from "./invoke.ts";
import type { InvokeRequest, InvokeResult } from "./invoke.ts";
import type { PolicyGate } from "./policy-gate.ts";
import { RefusedCall } from "./problem-log.ts";
import {
  isProviderType,
  parseProviderReference,
  providerReference,
  requestFor,
} from "./provider-reference.ts";
import type { ProviderRequest } from "./provider-reference.ts";
import type { ProviderInstance, ProviderRegistry } from "./provider-registry.ts";
import { readState } from "./read-resource.ts";
import type { ReadRequest } from "./read-resource.ts";
import { recordOptions } from "./record-options.ts";
import { NO_OPTIONS, registrationOfDefaultProvider } from "./registration.ts";
import type { Callback, Registration, RegistrationOptions, RegistrationResult } from "./registration.ts";
import type { RunContext } from "./run-context.ts";
import type { ResourceState } from "./state.ts";
import type { ProgramCallbacks, TransformRegistry } from "./transforms.ts";
import { isTypeToken, makeUrn, packageOf, STACK_TYPE } from "./urn.ts";
import { downgradeOutputs, mapValues, upgradeToOutputs } from "./values.ts";

export interface DeploymentParts {
  readonly context: RunContext;
  readonly providers: ProviderRegistry;
  readonly policies: PolicyGate;
  readonly transforms: TransformRegistry;
  readonly callbacks: ProgramCallbacks;
  readonly hooks: Hooks;
}

/**
 * One environment as its program builds it: what the real engine's resource monitor and step generator do with a stack
 * that was never deployed.
 *
 * Source: pulumi/pulumi, pkg/resource/deploy/source_eval.go and step_generator.go.
 */
export class Deployment implements ComponentHost {
  readonly #parts: DeploymentParts;
  readonly #creator: ResourceCreator;
  readonly #defaultProviders = new DefaultProviders();
  readonly #packages = new Map<string, ProviderRequest>();
  readonly #states = new Map<string, ResourceState>();
  readonly #inheritable = new Map<string, InheritedOptions>();
  readonly #componentProviders = new Map<string, { readonly [packageName: string]: string }>();
  #stackOutputs: WireMap | undefined;

  constructor(parts: DeploymentParts) {
    this.#parts = parts;
    this.#creator = new ResourceCreator(parts, (reference) => this.#providerState(reference));
  }

  get preview(): boolean {
    return this.#parts.context.preview;
  }

  /** All resources, in order of registration. */
  get states(): Iterable<ResourceState> {
    return this.#states.values();
  }

  get unknownTypes(): ReadonlyMap<string, readonly string[]> {
    return this.#creator.unknownTypes;
  }

  /** Undefined until the program's last statement has run. */
  get stackOutputs(): WireMap | undefined {
    return this.#stackOutputs;
  }

  state(urn: string): ResourceState | undefined {
    return this.#states.get(urn);
  }

  /** Makes a parameterized package known; answers the reference by which registrations name it. */
  registerPackage(request: ProviderRequest): string {
    const reference = JSON.stringify(request);
    this.#packages.set(reference, request);
    return reference;
  }

  async registerResource(registration: Registration): Promise<RegistrationResult> {
    const { parent, type, name, custom, remote } = registration;
    if ((custom || remote) && !isTypeToken(type)) {
      throw new RefusedCall(
        `type \`${type}\` of \`${name}\`: expected three parts, as in \`aws:ec2/vpc:Vpc\``,
      );
    }
    const inherited = inheritOptions(registration, this.#inheritable.get(parent));
    const provider =
      custom || remote
        ? explicitProvider(inherited, packageOf(type), this.#componentProviders.get(parent))
        : inherited.provider;
    const transformed = await this.#transform(registration, { ...inherited, provider });
    const options = custom ? transformed.options : this.#withParentProviders(parent, transformed.options);
    const needsProvider = remote || (custom && !isProviderType(type));
    const reference = needsProvider
      ? await this.#resolveProvider(type, options, registration.packageRef)
      : "";
    const { dependencies, own } = transformed;
    const result = remote
      ? await this.#construct(registration, transformed.inputs, options, dependencies, reference)
      : await this.#create(registration, transformed.inputs, options, dependencies, reference);
    this.#parts.transforms.remember(result.urn, parent, own);
    if (!custom) {
      this.#componentProviders.set(result.urn, options.providers);
    }
    return result;
  }

  registerOutputs(urn: string, outputs: WireMap): Promise<void> {
    const state = this.#states.get(urn);
    if (state === undefined) {
      return Promise.reject(new RefusedCall(`outputs for \`${urn}\`, which was not registered`));
    }
    state.outputs = mapValues(outputs, downgradeOutputs);
    if (state.type === STACK_TYPE) {
      this.#stackOutputs = state.outputs;
    }
    return this.#parts.hooks.run(this.#creator.takeAfterCreate(urn), {
      urn,
      id: "",
      name: state.name,
      type: state.type,
      newInputs: state.inputs,
      newOutputs: state.outputs,
    });
  }

  async readResource(request: ReadRequest): Promise<ResourceState> {
    const reference =
      request.provider === "" && !isProviderType(request.type)
        ? await this.#defaultProvider(this.#request(request.type, request, request.packageRef), request.type)
        : request.provider;
    const urn = this.#newUrn(request.parent, request.type, request.name);
    const state = readState(request, urn, reference, this.#instance(reference), this.#parts.context);
    this.#states.set(urn, state);
    this.#parts.context.progress({ kind: "resource", resource: this.#creator.record(state) });
    return state;
  }

  async invokeFunction(request: InvokeRequest): Promise<InvokeResult> {
    const packageName = packageOf(request.token);
    const provider =
      request.options.provider || (this.#componentProviders.get(request.parent)?.[packageName] ?? "");
    let call = { args: request.args, options: { ...request.options, provider } };
    for (const callback of this.#parts.transforms.ofInvokes) {
      // Each transform sees what the one before it made.
      // oxlint-disable-next-line no-await-in-loop -- as the comment above says
      call = await this.#parts.callbacks.transformInvoke(callback, request.token, call.args, call.options);
    }
    const reference =
      call.options.provider === ""
        ? await this.#defaultProvider(
            this.#request(request.token, call.options, request.packageRef),
            request.token,
          )
        : call.options.provider;
    return invoke(request.token, call.args, this.#instance(reference), this.#parts.context, (urn) =>
      this.#states.get(urn),
    );
  }

  /** A component expansion's way in. */
  async register(child: ChildRegistration): Promise<{ urn: string; id: string; outputs: WireMap }> {
    const result = await this.registerResource(registrationOfChild(child));
    const id = child.custom && result.id === "" ? UNKNOWN : result.id;
    return { urn: result.urn, id, outputs: result.outputs };
  }

  async invoke(
    token: string,
    args: WireMap,
    options: { readonly provider: string; readonly version: string },
  ): Promise<WireMap> {
    const answer = await this.invokeFunction({
      token,
      args,
      parent: "",
      packageRef: "",
      options: { ...options, pluginDownloadUrl: "" },
    });
    if (answer.failures.length > 0) {
      const reasons = answer.failures.map((failure) => `${failure.property}: ${failure.reason}`);
      throw new RefusedCall(`\`${token}\` failed: ${reasons.join("; ")}`);
    }
    return answer.result;
  }

  /** What a component's author warns of. */
  warn(urn: string, message: string): Promise<void> {
    this.#parts.context.diagnose({ source: "engine", level: "warning", message, urn });
    return Promise.resolve();
  }

  async #transform(
    registration: Registration,
    options: RegistrationOptions,
  ): Promise<{
    readonly inputs: WireMap;
    readonly options: RegistrationOptions;
    readonly dependencies: Dependencies;
    readonly own: readonly Callback[];
  }> {
    const { transforms, callbacks } = this.#parts;
    const own = transforms.ownOf(registration, registration.transforms, registration.remote);
    const all = transforms.all(own, registration.parent);
    const stated = statedDependencies(registration);
    if (all.length === 0) {
      const dependencies = withOutputValues(stated, registration.inputs);
      return { inputs: registration.inputs, options, dependencies, own };
    }
    // As the real engine does, only a call with transforms of its own carries its dependencies through them.
    const carries = registration.transforms.length > 0;
    let call = {
      inputs: carries
        ? inputsForTransforms(registration.inputs, stated)
        : mapValues(registration.inputs, upgradeToOutputs),
      options,
    };
    for (const callback of all) {
      // Each transform sees what the one before it made.
      // oxlint-disable-next-line no-await-in-loop -- as the comment above says
      call = await callbacks.transformResource(callback, registration, call.inputs, call.options);
    }
    const dependencies = carries
      ? dependenciesOfTransformed(call.options.dependsOn, call.inputs)
      : withOutputValues(stated, call.inputs);
    return { ...call, dependencies, own };
  }

  #withParentProviders(parent: string, options: RegistrationOptions): RegistrationOptions {
    const inherited = this.#componentProviders.get(parent);
    return inherited === undefined
      ? options
      : { ...options, providers: { ...inherited, ...options.providers } };
  }

  async #resolveProvider(type: string, options: RegistrationOptions, packageRef: string): Promise<string> {
    if (options.provider === "") {
      return this.#defaultProvider(this.#request(type, options, packageRef), type);
    }
    if (parseProviderReference(options.provider) === undefined) {
      throw new RefusedCall(`provider \`${options.provider}\` of \`${type}\`: expected \`urn::id\``);
    }
    return options.provider;
  }

  #request(
    token: string,
    options: { readonly version: string; readonly pluginDownloadUrl: string },
    packageRef: string,
  ): ProviderRequest {
    if (packageRef === "") {
      return requestFor(token, options.version, options.pluginDownloadUrl);
    }
    const request = this.#packages.get(packageRef);
    if (request === undefined) {
      throw new RefusedCall(`package \`${packageRef}\` of \`${token}\` was not registered`);
    }
    return request;
  }

  #defaultProvider(request: ProviderRequest, token: string): Promise<string> {
    assertDefaultProviderAllowed(request, token, this.#parts.context.config);
    return this.#defaultProviders.reference(request, async () => {
      const described = describeDefaultProvider(request, this.#parts.context.config);
      const result = await this.#create(
        registrationOfDefaultProvider(described.type, described.name, described.inputs),
        described.inputs,
        NO_OPTIONS,
        { all: new Set(), byProperty: new Map() },
        "",
      );
      return providerReference(result.urn, result.id);
    });
  }

  #instance(reference: string): ProviderInstance {
    const instance = this.#parts.providers.get(reference);
    if (instance === undefined) {
      throw new RefusedCall(`unknown provider \`${reference}\`: it was not registered before its first use`);
    }
    return instance;
  }

  #providerState(reference: string): ResourceState | undefined {
    const parsed = parseProviderReference(reference);
    return parsed === undefined ? undefined : this.#states.get(parsed.urn);
  }

  #newUrn(parent: string, type: string, name: string): string {
    const { stack, project } = this.#parts.context;
    if (parent !== "" && !this.#states.has(parent)) {
      throw new RefusedCall(`parent \`${parent}\` of \`${name}\` was not registered`);
    }
    const urn = makeUrn(stack, project, parent, type, name);
    if (this.#states.has(urn)) {
      const place = this.#states.get(urn)?.place;
      const first = place === undefined ? "" : ` (the first is at ${place.file}:${place.line})`;
      const message = `duplicate resource URN \`${urn}\`: give one of the two another name or parent${first}`;
      this.#parts.context.problems.add({ kind: "registration", urn, message });
      throw new RefusedCall(message);
    }
    return urn;
  }

  async #create(
    registration: Registration,
    inputs: WireMap,
    options: RegistrationOptions,
    dependencies: Dependencies,
    reference: string,
  ): Promise<RegistrationResult> {
    const { parent, type, name, custom } = registration;
    const urn = this.#newUrn(parent, type, name);
    const state: ResourceState = {
      urn,
      type,
      name,
      custom,
      external: false,
      parent,
      provider: reference,
      dependencies: sorted(dependencies.all),
      propertyDependencies: sortedByProperty(dependencies.byProperty),
      options: recordOptions(
        registration,
        options,
        this.#parts.context,
        this.#states.get(parent)?.options.aliases ?? [],
      ),
      place: registration.place,
      inputs: mapValues(
        isProviderType(type)
          ? withPluginInputs(inputs, this.#request(type, options, registration.packageRef))
          : inputs,
        downgradeOutputs,
      ),
      outputs: {},
      id: "",
    };
    this.#states.set(urn, state);
    this.#inheritable.set(urn, {
      provider: reference,
      protect: options.protect,
      retainOnDelete: options.retainOnDelete,
      deletedWith: options.deletedWith,
    });
    return this.#creator.create(
      state,
      reference === "" ? undefined : this.#instance(reference),
      options.hooks,
    );
  }

  async #construct(
    registration: Registration,
    inputs: WireMap,
    options: RegistrationOptions,
    dependencies: Dependencies,
    reference: string,
  ): Promise<RegistrationResult> {
    const providers = options.providers;
    const local = (): Promise<RegistrationResult> =>
      this.#create({ ...registration, remote: false }, inputs, options, dependencies, reference);
    return constructComponent(
      { registration, inputs, options: { ...options, providers }, dependencies },
      this.#instance(reference),
      this,
      this.#creator,
      local,
    );
  }
}
