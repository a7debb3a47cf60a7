import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type aliasproto from "@pulumi/pulumi/proto/alias_pb.js";
import pluginproto from "@pulumi/pulumi/proto/plugin_pb.js";
import providerrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerproto from "@pulumi/pulumi/proto/provider_pb.js";
import { fromStruct, toStruct } from "../engine/struct.ts";
import type { ComponentProvider, ConstructRequest } from "../protocol/component-host.ts";
import type { WireMap } from "../protocol/wire.ts";
import { MonitorHost } from "./monitor-host.ts";

type Handler<Request, Response> = (request: Request) => Promise<Response> | Response;

/**
 * Serves a component provider as a Pulumi resource plugin, on a free port of the loopback interface.
 *
 * Only what the engine asks of a provider of components is answered: its resources are all of other packages.
 *
 * @param engine `host:port` of the engine, as a plugin is given it; empty where it comes with `Attach`
 * @returns the port
 */
export async function serveComponents(provider: ComponentProvider, engine: string): Promise<number> {
  let engineAddress = engine;
  const construct: Handler<providerproto.ConstructRequest, providerproto.ConstructResponse> = async (
    request,
  ) => {
    const host = new MonitorHost({
      monitor: request.getMonitorendpoint(),
      engine: engineAddress,
      preview: request.getDryrun(),
    });
    try {
      const response = new providerproto.ConstructResponse();
      const { urn, outputs, outputDependencies } = await provider.construct(readRequest(request), host);
      response.setUrn(urn);
      response.setState(toStruct(outputs));
      const dependencies = response.getStatedependenciesMap();
      for (const [output, urns] of Object.entries(outputDependencies)) {
        const message = new providerproto.ConstructResponse.PropertyDependencies();
        message.setUrnsList([...urns]);
        dependencies.set(output, message);
      }
      return response;
    } finally {
      host.close();
    }
  };

  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(providerrpc.ResourceProviderService, {
    ...unimplemented(),
    getPluginInfo: unary(() => {
      const info = new pluginproto.PluginInfo();
      info.setVersion(provider.version);
      return info;
    }),
    getSchema: unary(() => {
      const schema = new providerproto.GetSchemaResponse();
      schema.setSchema(JSON.stringify({ name: provider.name, version: provider.version }));
      return schema;
    }),
    configure: unary(() => {
      const response = new providerproto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setAcceptresources(true);
      response.setAcceptoutputs(true);
      return response;
    }),
    attach: unary((request: pluginproto.PluginAttach) => {
      engineAddress = request.getAddress();
      return new empty.Empty();
    }),
    cancel: unary(() => new empty.Empty()),
    construct: unary(construct),
  });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
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

function unary<Request, Response>(
  handler: Handler<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void answer(handler, call.request, callback);
  };
}

async function answer<Request, Response>(
  handler: Handler<Request, Response>,
  request: Request,
  callback: grpc.sendUnaryData<Response>,
): Promise<void> {
  callback(...(await settle(handler, request)));
}

async function settle<Request, Response>(
  handler: Handler<Request, Response>,
  request: Request,
): Promise<readonly [Partial<grpc.StatusObject> | null, Response?]> {
  try {
    return [null, await handler(request)];
  } catch (error) {
    // An error of the engine's own call keeps its text; the engine puts the component's name before it.
    const details =
      error instanceof Error && "details" in error && typeof error.details === "string"
        ? error.details
        : error instanceof Error
          ? error.message
          : String(error);
    return [{ code: grpc.status.UNKNOWN, details }];
  }
}

/** An answer for every method of the service that says that it is not there. */
function unimplemented(): grpc.UntypedServiceImplementation {
  return Object.fromEntries(
    Object.keys(providerrpc.ResourceProviderService).map((method) => [
      method,
      (_call: unknown, callback: unknown) => {
        if (typeof callback === "function") {
          callback({ code: grpc.status.UNIMPLEMENTED, details: `Not yet implemented: ${method}` });
        }
      },
    ]),
  );
}
