import analyzerproto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { WireMap } from "../protocol/wire.ts";
import type { ResourceState } from "./state.ts";
import { toStruct } from "./struct.ts";
import { mapValues, withoutInternalKeys, withoutResources } from "./values.ts";

/** Resources as a policy pack receives them. */

export function analyzeRequest(
  state: ResourceState,
  inputs: WireMap,
  provider: analyzerproto.AnalyzerProviderResource | undefined,
  keepInternalKeys: boolean,
): analyzerproto.AnalyzeRequest {
  const request = new analyzerproto.AnalyzeRequest();
  request.setUrn(state.urn);
  request.setType(state.type);
  request.setName(state.name);
  const visible = keepInternalKeys ? inputs : withoutInternalKeys(inputs);
  request.setProperties(toStruct(mapValues(visible, withoutResources)));
  request.setOptions(resourceOptions(state));
  request.setProvider(provider);
  return request;
}

/** Stack policies see outputs. */
export function stackResource(
  state: ResourceState,
  provider: analyzerproto.AnalyzerProviderResource | undefined,
): analyzerproto.AnalyzerResource {
  const resource = new analyzerproto.AnalyzerResource();
  resource.setUrn(state.urn);
  resource.setType(state.type);
  resource.setName(state.name);
  resource.setProperties(toStruct(mapValues(withoutInternalKeys(state.outputs), withoutResources)));
  resource.setOptions(resourceOptions(state));
  resource.setProvider(provider);
  resource.setParent(state.parent);
  resource.setDependenciesList([...state.dependencies]);
  for (const [property, urns] of Object.entries(state.propertyDependencies)) {
    if (urns.length > 0) {
      const dependencies = new analyzerproto.AnalyzerPropertyDependencies();
      dependencies.setUrnsList([...urns]);
      resource.getPropertydependenciesMap().set(property, dependencies);
    }
  }
  return resource;
}

export function providerResource(state: ResourceState): analyzerproto.AnalyzerProviderResource {
  const provider = new analyzerproto.AnalyzerProviderResource();
  provider.setUrn(state.urn);
  provider.setType(state.type);
  provider.setName(state.name);
  provider.setProperties(toStruct(mapValues(withoutInternalKeys(state.inputs), withoutResources)));
  return provider;
}

/** Aliases are those that were found in the last deployment: there is none. */
function resourceOptions(state: ResourceState): analyzerproto.AnalyzerResourceOptions {
  const { options } = state;
  const message = new analyzerproto.AnalyzerResourceOptions();
  message.setProtect(options.protect);
  message.setIgnorechangesList([...options.ignoreChanges]);
  message.setDeletebeforereplace(options.deleteBeforeReplace ?? false);
  message.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined);
  message.setAdditionalsecretoutputsList([...options.additionalSecretOutputs]);
  const timeouts = new analyzerproto.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(options.customTimeouts.create);
  timeouts.setUpdate(options.customTimeouts.update);
  timeouts.setDelete(options.customTimeouts.delete);
  message.setCustomtimeouts(timeouts);
  message.setParent(state.parent);
  return message;
}
