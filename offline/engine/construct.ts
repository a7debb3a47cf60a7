import { ComponentError } from "../protocol/component-error.ts";
import type {
  ChildRegistration,
  ComponentHost,
  ComponentProvider,
  ConstructRequest,
  ConstructResponse,
} from "../protocol/component-host.ts";
import { isUnknown, isWireMap, RESOURCE_SIGNATURE, signatureOf } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import type { Alias } from "./aliases.ts";
import type { ResourceCreator } from "./create-resource.ts";
import type { Dependencies } from "./dependencies.ts";
import { sorted, sortedByProperty } from "./dependencies.ts";
import { RefusedCall } from "./problem-log.ts";
import type { ProviderInstance } from "./provider-registry.ts";
import type { Registration, RegistrationOptions, RegistrationResult } from "./registration.ts";
import { NO_OPTIONS } from "./registration.ts";
import { downgradeOutputs, mapChildren, mapValues, outputDependencies, upgradeToOutputs } from "./values.ts";

interface ComponentCall {
  readonly registration: Registration;
  readonly inputs: WireMap;
  readonly options: RegistrationOptions;
  readonly dependencies: Dependencies;
}

/**
 * Has a remote component expanded by its provider. One that nobody expands is registered with its inputs as outputs,
 * as an unknown type.
 */
export async function constructComponent(
  call: ComponentCall,
  instance: ProviderInstance,
  host: ComponentHost,
  creator: ResourceCreator,
  registerLocally: () => Promise<RegistrationResult>,
): Promise<RegistrationResult> {
  const { type } = call.registration;
  if (instance.kind !== "component" || !instance.provider.knowsType(type)) {
    const result = await registerLocally();
    creator.noteUnknownType(type, result.urn);
    return { ...result, outputs: mapValues(call.inputs, downgradeOutputs), unknownRest: true };
  }
  const response = await construct(instance.provider, constructRequest(call), host);
  const outputDependencyMap = Object.fromEntries(
    Object.entries({ ...response.outputDependencies }).map(([key, urns]) => [key, [...urns]]),
  );
  for (const [key, value] of Object.entries(response.outputs)) {
    outputDependencyMap[key] = [...outputDependencies(value, new Set(outputDependencyMap[key]))];
  }
  return {
    urn: response.urn,
    id: "",
    outputs: mapValues(response.outputs, (value) => emptyUnknownIds(downgradeOutputs(value))),
    outputDependencies: outputDependencyMap,
    unknownRest: false,
  };
}

/** What the component refuses is the program's to mend, as where its real provider's call fails. */
async function construct(
  provider: ComponentProvider,
  request: ConstructRequest,
  host: ComponentHost,
): Promise<ConstructResponse> {
  try {
    return await provider.construct(request, host);
  } catch (error) {
    throw error instanceof ComponentError ? new RefusedCall(error.message) : error;
  }
}

/**
 * A reference to a resource that has no id yet reaches the program with an empty one, which its SDK reads as no id:
 * it then gives the URN in the resource's place.
 *
 * Source: pulumi/pulumi, sdk/go/common/resource/properties.go (`IDString`) and sdk/nodejs/runtime/rpc.ts.
 */
function emptyUnknownIds(value: Wire): Wire {
  return signatureOf(value) === RESOURCE_SIGNATURE && isWireMap(value) && isUnknown(value["id"])
    ? { ...value, id: "" }
    : mapChildren(value, emptyUnknownIds);
}

function constructRequest({ registration, inputs, options, dependencies }: ComponentCall): ConstructRequest {
  return {
    type: registration.type,
    name: registration.name,
    parent: registration.parent,
    inputs: mapValues(inputs, upgradeToOutputs),
    inputDependencies: sortedByProperty(dependencies.byProperty),
    dependencies: sorted(dependencies.all),
    protect: options.protect ?? false,
    providers: options.providers,
    aliases: options.aliases.map(aliasToWire),
    ignoreChanges: options.ignoreChanges,
    replaceOnChanges: options.replaceOnChanges,
    retainOnDelete: options.retainOnDelete ?? false,
  };
}

/** A child's registration as its provider's `RegisterResource` call would be. */
export function registrationOfChild(child: ChildRegistration): Registration {
  return {
    type: child.type,
    name: child.name,
    custom: child.custom,
    remote: false,
    parent: child.parent,
    inputs: child.inputs,
    propertyDependencies: child.propertyDependencies,
    packageRef: "",
    transforms: [],
    place: undefined,
    options: {
      ...NO_OPTIONS,
      provider: child.provider,
      providers: child.providers ?? {},
      version: child.version,
      dependsOn: child.dependencies,
      protect: child.protect,
      retainOnDelete: child.retainOnDelete,
      deleteBeforeReplace: child.deleteBeforeReplace,
      ignoreChanges: child.ignoreChanges ?? [],
      replaceOnChanges: child.replaceOnChanges ?? [],
      aliases: (child.aliases ?? []).map(aliasFromWire),
    },
  };
}

function aliasToWire(alias: Alias): WireMap {
  return { ...alias };
}

function aliasFromWire(alias: WireMap): Alias {
  const urn = alias["urn"];
  if (typeof urn === "string") {
    return { urn };
  }
  const text = (value: Wire | undefined): string => (typeof value === "string" ? value : "");
  return {
    name: text(alias["name"]),
    type: text(alias["type"]),
    stack: text(alias["stack"]),
    project: text(alias["project"]),
    parent: text(alias["parent"]),
    noParent: alias["noParent"] === true,
  };
}
