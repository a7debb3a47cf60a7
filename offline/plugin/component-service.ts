import grpc from "@grpc/grpc-js";
import type aliasproto from "@pulumi/pulumi/proto/alias_pb.js";
import type pluginproto from "@pulumi/pulumi/proto/plugin_pb.js";
import providerproto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { MonitorHost } from "../awsx/monitor-host.ts";
import { fromStruct, toStruct } from "../engine/struct.ts";
import type { ComponentProvider, ConstructRequest } from "../protocol/component-host.ts";
import type { WireMap } from "../protocol/wire.ts";
import { commonService } from "./common-service.ts";
import { unary, unimplemented } from "./unary.ts";

/**
 * A provider of components as a plugin. Only what the engine asks of one is answered: its resources are all of other
 * packages.
 *
 * @param engine `host:port` of the engine, which takes warnings; empty where it comes with `Attach`
 */
export function componentService(
  provider: ComponentProvider,
  engine: string,
): grpc.UntypedServiceImplementation {
  let address = engine;
  return {
    ...commonService(provider),
    // Without it the engine goes by what `Configure` accepts, as it does with a provider on the Node.js SDK.
    handshake: unimplemented("handshake"),
    configure: unary(() => {
      const response = new providerproto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setAcceptresources(true);
      response.setAcceptoutputs(true);
      return response;
    }),
    attach: unary((request: pluginproto.PluginAttach) => {
      address = request.getAddress();
      return new empty.Empty();
    }),
    construct: (
      call: { readonly request: providerproto.ConstructRequest },
      callback: grpc.sendUnaryData<providerproto.ConstructResponse>,
    ) => {
      void answer(provider, call.request, address, callback);
    },
  };
}

async function answer(
  provider: ComponentProvider,
  request: providerproto.ConstructRequest,
  engine: string,
  callback: grpc.sendUnaryData<providerproto.ConstructResponse>,
): Promise<void> {
  const host = new MonitorHost({
    monitor: request.getMonitorendpoint(),
    engine,
    preview: request.getDryrun(),
  });
  let response: providerproto.ConstructResponse;
  try {
    response = await construct(provider, request, host);
  } catch (error) {
    // As a provider on the Node.js SDK refuses; the engine puts the component's name before it.
    callback({ code: grpc.status.UNKNOWN, details: messageOf(error) });
    return;
  } finally {
    host.close();
  }
  callback(null, response);
}

/** An error of the engine's own call keeps its text, without gRPC's number before it. */
function messageOf(error: unknown): string {
  if (error instanceof Error) {
    return "details" in error && typeof error.details === "string" ? error.details : error.message;
  }
  return String(error);
}

async function construct(
  provider: ComponentProvider,
  request: providerproto.ConstructRequest,
  host: MonitorHost,
): Promise<providerproto.ConstructResponse> {
  const { urn, outputs, outputDependencies } = await provider.construct(readRequest(request), host);
  const response = new providerproto.ConstructResponse();
  response.setUrn(urn);
  response.setState(toStruct(outputs));
  const dependencies = response.getStatedependenciesMap();
  for (const [output, urns] of Object.entries(outputDependencies)) {
    const message = new providerproto.ConstructResponse.PropertyDependencies();
    message.setUrnsList([...urns]);
    dependencies.set(output, message);
  }
  return response;
}

function readRequest(request: providerproto.ConstructRequest): ConstructRequest {
  const inputDependencies: { [property: string]: readonly string[] } = {};
  request.getInputdependenciesMap().forEach((urns, property) => {
    inputDependencies[property] = urns.getUrnsList();
  });
  const providers: { [name: string]: string } = {};
  request.getProvidersMap().forEach((reference, name) => {
    providers[name] = reference;
  });
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    inputs: fromStruct(request.getInputs()),
    inputDependencies,
    dependencies: request.getDependenciesList(),
    protect: request.getProtect() ?? false,
    providers,
    aliases: request.getAliasesList().map(readAlias),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    retainOnDelete: request.getRetainondelete() ?? false,
  };
}

function readAlias(alias: aliasproto.Alias): WireMap {
  const spec = alias.getSpec();
  return spec === undefined
    ? { urn: alias.getUrn() }
    : {
        name: spec.getName(),
        type: spec.getType(),
        stack: spec.getStack(),
        project: spec.getProject(),
        parent: spec.getParenturn(),
        noParent: spec.getNoparent(),
      };
}
