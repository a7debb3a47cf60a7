import grpc from "@grpc/grpc-js";
import { fromStruct, toStruct } from "@bastionless/offline/engine/struct.ts";
import { UNKNOWN } from "@bastionless/offline/protocol/wire.ts";
import type { Wire, WireMap } from "@bastionless/offline/protocol/wire.ts";
import enginerpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineproto from "@pulumi/pulumi/proto/engine_pb.js";
import resrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resproto from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

/** One call of `RegisterResource`, without what tells where in a program it was made. */
export type RegisterCall = { readonly urn: string } & WireMap;

/** What a plugin asked of the engine, in an order that does not depend on timing. */
export interface Recorded {
  readonly registered: readonly RegisterCall[];
  readonly outputs: readonly WireMap[];
  readonly invokes: readonly WireMap[];
  readonly warnings: readonly string[];
}

const ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
/** Outputs that AWS would choose, by the last part of a type. */
const SETTLED: { readonly [type: string]: (name: string, inputs: WireMap) => WireMap } = {
  Vpc: (_name, inputs) => ({
    cidrBlock: "10.44.0.0/20",
    ...(inputs["assignGeneratedIpv6CidrBlock"] === true
      ? { ipv6CidrBlock: "2600:1f18:abc:de00::/56" }
      : { ipv6CidrBlock: "" }),
  }),
  Eip: (name) => ({ allocationId: `eipalloc-${name}` }),
};

/** The engine's side of a plugin: its resource monitor and its log, which keep what they are asked and answer it. */
export class RecordingMonitor {
  readonly address: string;
  readonly #server: grpc.Server;
  readonly #state: State;

  private constructor(server: grpc.Server, state: State, port: number) {
    this.#server = server;
    this.#state = state;
    this.address = `127.0.0.1:${port}`;
  }

  static start(): Promise<RecordingMonitor> {
    const server = new grpc.Server();
    const state: State = { preview: false, registered: [], outputs: [], invokes: [], warnings: [] };
    server.addService(resrpc.ResourceMonitorService, monitorService(state));
    server.addService(enginerpc.EngineService, engineService(state));
    return new Promise((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(new RecordingMonitor(server, state, port)) : reject(error),
      );
    });
  }

  /** Forgets what was asked before. */
  begin(preview: boolean): void {
    Object.assign(this.#state, { preview, registered: [], outputs: [], invokes: [], warnings: [] });
  }

  get recorded(): Recorded {
    const { registered, outputs, invokes, warnings } = this.#state;
    return {
      registered: registered.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)),
      outputs: [...outputs],
      invokes: [...invokes],
      warnings: warnings.toSorted(),
    };
  }

  stop(): void {
    this.#server.forceShutdown();
  }
}

interface State {
  preview: boolean;
  registered: RegisterCall[];
  outputs: WireMap[];
  invokes: WireMap[];
  warnings: string[];
}

function monitorService(state: State): grpc.UntypedServiceImplementation {
  return {
    ...unimplemented(resrpc.ResourceMonitorService),
    supportsFeature: unary(() => {
      const response = new resproto.SupportsFeatureResponse();
      response.setHassupport(true);
      return response;
    }),
    registerResource: unary((request: resproto.RegisterResourceRequest) => register(state, request)),
    registerResourceOutputs: unary((request: resproto.RegisterResourceOutputsRequest) => {
      state.outputs.push({ urn: request.getUrn(), outputs: fromStruct(request.getOutputs()) });
      return new empty.Empty();
    }),
    invoke: unary((request: resproto.ResourceInvokeRequest) => {
      const response = new resproto.ResourceInvokeResponse();
      // A provider on Pulumi's SDK looks up the provider resource that it is handed.
      const lookUp = request.getTok() === "pulumi:pulumi:getResource";
      const args = fromStruct(request.getArgs());
      if (!lookUp) {
        state.invokes.push({
          token: request.getTok(),
          args,
          provider: request.getProvider(),
          version: request.getVersion(),
        });
      }
      response.setReturn(
        toStruct(lookUp ? { urn: args["urn"] ?? "", id: "id", state: {} } : { names: ZONES }),
      );
      return response;
    }),
  };
}

function engineService(state: State): grpc.UntypedServiceImplementation {
  return {
    ...unimplemented(enginerpc.EngineService),
    log: unary((request: engineproto.LogRequest) => {
      if (request.getSeverity() === engineproto.LogSeverity.WARNING) {
        state.warnings.push(`${request.getUrn()}: ${request.getMessage()}`);
      }
      return new empty.Empty();
    }),
  };
}

function register(
  state: State,
  request: resproto.RegisterResourceRequest,
): resproto.RegisterResourceResponse {
  const [type, name] = [request.getType(), request.getName()];
  const parents = request.getParent().split("::")[2] ?? "";
  const urn = `urn:pulumi:dev::shapes::${parents.endsWith("pulumi:Stack") ? "" : `${parents}$`}${type}::${name}`;
  const inputs = fromStruct(request.getObject());
  const byProperty: { [property: string]: Wire } = {};
  request.getPropertydependenciesMap().forEach((urns, property) => {
    byProperty[property] = urns.getUrnsList().toSorted();
  });
  state.registered.push({
    urn,
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: request.getParent(),
    inputs,
    propertyDependencies: byProperty,
    dependencies: request.getDependenciesList().toSorted(),
    provider: request.getProvider(),
    providers: Object.fromEntries(request.getProvidersMap().getEntryList()),
    version: request.getVersion(),
    pluginDownloadUrl: request.getPlugindownloadurl(),
    protect: request.hasProtect() ? (request.getProtect() ?? null) : null,
    retainOnDelete: request.hasRetainondelete() ? (request.getRetainondelete() ?? null) : null,
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : null,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: request.getAliasesList().length,
    importId: request.getImportid(),
    deletedWith: request.getDeletedwith(),
    acceptSecrets: request.getAcceptsecrets(),
    acceptResources: request.getAcceptresources(),
    supportsPartialValues: request.getSupportspartialvalues(),
  });
  const response = new resproto.RegisterResourceResponse();
  response.setUrn(urn);
  if (request.getCustom()) {
    const kind = type.split(":").at(-1) ?? type;
    const settled = Object.entries(SETTLED[kind]?.(name, inputs) ?? {}).map(
      ([key, value]): [string, Wire] => [key, state.preview ? UNKNOWN : value],
    );
    response.setId(state.preview ? "" : `id-${kind}-${name}`);
    response.setObject(toStruct({ ...Object.fromEntries(settled), ...inputs }));
  } else {
    response.setObject(toStruct(inputs));
  }
  return response;
}

function unary<Request, Response>(
  answer: (request: Request) => Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => callback(null, answer(call.request));
}

function unimplemented(service: object): grpc.UntypedServiceImplementation {
  return Object.fromEntries(
    Object.keys(service).map((method): [string, grpc.UntypedHandleCall] => [
      method,
      (_call: unknown, callback?: unknown) => {
        if (typeof callback === "function") {
          callback({ code: grpc.status.UNIMPLEMENTED, details: method });
        }
      },
    ]),
  );
}
