import grpc from "@grpc/grpc-js";
import aliasproto from "@pulumi/pulumi/proto/alias_pb.js";
import enginerpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineproto from "@pulumi/pulumi/proto/engine_pb.js";
import resrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resproto from "@pulumi/pulumi/proto/resource_pb.js";
import { fromStruct, toStruct } from "../engine/struct.ts";
import type { ChildRegistration, ComponentHost, RegisteredChild } from "../protocol/component-host.ts";
import { UNKNOWN } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";

/** No limit on messages, as between Pulumi's own processes. */
const UNLIMITED: grpc.ChannelOptions = {
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
};

export interface MonitorHostOptions {
  /** `host:port` of the engine's resource monitor. */
  readonly monitor: string;
  /** `host:port` of the engine, which takes warnings; empty: nobody is told. */
  readonly engine: string;
  readonly preview: boolean;
}

/** A component's view of a real engine, over the resource monitor that `Construct` names. */
export class MonitorHost implements ComponentHost {
  readonly preview: boolean;
  readonly #monitor: resrpc.ResourceMonitorClient;
  readonly #engine: enginerpc.EngineClient | undefined;

  constructor({ monitor, engine, preview }: MonitorHostOptions) {
    const credentials = grpc.credentials.createInsecure();
    this.preview = preview;
    this.#monitor = new resrpc.ResourceMonitorClient(monitor, credentials, UNLIMITED);
    this.#engine = engine === "" ? undefined : new enginerpc.EngineClient(engine, credentials, UNLIMITED);
  }

  async register(child: ChildRegistration): Promise<RegisteredChild> {
    const response = await called<resproto.RegisterResourceResponse>((callback) =>
      this.#monitor.registerResource(registrationMessage(child), callback),
    );
    // In a preview a resource that does not exist yet has no id, and what the provider cannot tell is unknown.
    if (response.getResult() !== resproto.Result.SUCCESS) {
      throw new Error(`resource ${child.name} [${child.type}] failed to register`);
    }
    return {
      urn: response.getUrn(),
      id: response.getId() === "" && this.preview ? UNKNOWN : response.getId(),
      outputs: fromStruct(response.getObject()),
    };
  }

  async registerOutputs(urn: string, outputs: WireMap): Promise<void> {
    const request = new resproto.RegisterResourceOutputsRequest();
    request.setUrn(urn);
    request.setOutputs(toStruct(outputs));
    await called((callback) => this.#monitor.registerResourceOutputs(request, callback));
  }

  async invoke(
    token: string,
    args: WireMap,
    { provider, version }: { provider: string; version: string },
  ): Promise<WireMap> {
    const request = new resproto.ResourceInvokeRequest();
    request.setTok(token);
    request.setArgs(toStruct(args));
    request.setProvider(provider);
    request.setVersion(version);
    request.setAcceptresources(true);
    const response = await called<resproto.ResourceInvokeResponse>((callback) =>
      this.#monitor.invoke(request, callback),
    );
    const failures = response.getFailuresList();
    if (failures.length > 0) {
      const reasons = failures.map((failure) => `${failure.getReason()} (${failure.getProperty()})`);
      throw new Error(`Invoke of '${token}' failed: ${reasons.join("; ")}`);
    }
    return fromStruct(response.getReturn());
  }

  async warn(urn: string, message: string): Promise<void> {
    const engine = this.#engine;
    if (engine !== undefined) {
      const request = new engineproto.LogRequest();
      request.setSeverity(engineproto.LogSeverity.WARNING);
      request.setMessage(message);
      request.setUrn(urn);
      await called((callback) => engine.log(request, callback));
    }
  }

  close(): void {
    this.#monitor.close();
    this.#engine?.close();
  }
}

function called<Response>(
  make: (callback: (error: grpc.ServiceError | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    make((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}

/** The request that an SDK would make. */
function registrationMessage(child: ChildRegistration): resproto.RegisterResourceRequest {
  const request = new resproto.RegisterResourceRequest();
  request.setType(child.type);
  request.setName(child.name);
  request.setParent(child.parent);
  request.setCustom(child.custom);
  request.setObject(toStruct(child.inputs));
  if (child.protect !== undefined) {
    request.setProtect(child.protect);
  }
  if (child.retainOnDelete !== undefined) {
    request.setRetainondelete(child.retainOnDelete);
  }
  request.setProvider(child.provider);
  request.setVersion(child.version);
  request.setDependenciesList([...child.dependencies]);
  request.setDeletebeforereplace(child.deleteBeforeReplace ?? false);
  request.setDeletebeforereplacedefined(child.deleteBeforeReplace !== undefined);
  request.setIgnorechangesList([...(child.ignoreChanges ?? [])]);
  request.setReplaceonchangesList([...(child.replaceOnChanges ?? [])]);
  request.setAliasesList((child.aliases ?? []).map((alias) => aliasMessage(alias, child.parent)));
  request.setAliasspecs(true);
  request.setAcceptsecrets(true);
  request.setAcceptresources(true);
  request.setSupportspartialvalues(true);
  request.setSupportsresultreporting(true);
  request.setCustomtimeouts(new resproto.RegisterResourceRequest.CustomTimeouts());
  const byProperty = request.getPropertydependenciesMap();
  for (const [property, urns] of Object.entries(child.propertyDependencies)) {
    const dependencies = new resproto.RegisterResourceRequest.PropertyDependencies();
    dependencies.setUrnsList([...urns]);
    byProperty.set(property, dependencies);
  }
  const providers = request.getProvidersMap();
  for (const [name, reference] of Object.entries(child.providers ?? {})) {
    providers.set(name, reference);
  }
  return request;
}

function aliasMessage(alias: WireMap, parent: string): aliasproto.Alias {
  const message = new aliasproto.Alias();
  const urn = alias["urn"];
  if (typeof urn === "string") {
    message.setUrn(urn);
    return message;
  }
  const spec = new aliasproto.Alias.Spec();
  spec.setName(text(alias["name"]));
  spec.setType(text(alias["type"]));
  spec.setStack(text(alias["stack"]));
  spec.setProject(text(alias["project"]));
  if (alias["noParent"] === true) {
    spec.setNoparent(true);
  } else {
    // An alias that says nothing of a parent means the present one, which older engines did not fill in themselves.
    spec.setParenturn(text(alias["parent"]) || parent);
  }
  message.setSpec(spec);
  return message;
}

function text(value: Wire | undefined): string {
  return typeof value === "string" ? value : "";
}
