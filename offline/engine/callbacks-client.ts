import grpc from "@grpc/grpc-js";
import callbackrpc from "@pulumi/pulumi/proto/callback_grpc_pb.js";
import callbackproto from "@pulumi/pulumi/proto/callback_pb.js";
import resproto from "@pulumi/pulumi/proto/resource_pb.js";
import type { WireMap } from "../protocol/wire.ts";
import { called, callMessage, UNLIMITED } from "./grpc-calls.ts";
import { readTransformOptions, writeTransformOptions } from "./messages.ts";
import { RefusedCall } from "./problem-log.ts";
import type { Callback, RegistrationOptions } from "./registration.ts";
import { fromStruct, toStruct } from "./struct.ts";
import type {
  HookCall,
  InvokeOptions,
  ProgramCallbacks,
  TransformedInvoke,
  TransformSubject,
} from "./transforms.ts";

/** Calls back into the program, over one connection for each callback server. */
export class CallbacksClient implements ProgramCallbacks {
  readonly #clients = new Map<string, callbackrpc.CallbacksClient>();

  async transformResource(
    callback: Callback,
    subject: TransformSubject,
    inputs: WireMap,
    options: RegistrationOptions,
  ): Promise<{ readonly inputs: WireMap; readonly options: RegistrationOptions }> {
    const request = new resproto.TransformRequest();
    request.setType(subject.type);
    request.setName(subject.name);
    request.setCustom(subject.custom);
    request.setParent(subject.parent);
    request.setProperties(toStruct(inputs));
    request.setOptions(writeTransformOptions(options));
    const answer = await this.#invoke(
      callback,
      request.serializeBinary(),
      `transform of \`${subject.name}\``,
    );
    const response = resproto.TransformResponse.deserializeBinary(answer);
    const changed = response.getOptions();
    return {
      inputs: response.hasProperties() ? fromStruct(response.getProperties()) : inputs,
      options: changed === undefined ? options : readTransformOptions(changed),
    };
  }

  async transformInvoke(
    callback: Callback,
    token: string,
    args: WireMap,
    options: InvokeOptions,
  ): Promise<TransformedInvoke> {
    const request = new resproto.TransformInvokeRequest();
    request.setToken(token);
    request.setArgs(toStruct(args));
    const sent = new resproto.TransformInvokeOptions();
    sent.setProvider(options.provider);
    sent.setVersion(options.version);
    sent.setPluginDownloadUrl(options.pluginDownloadUrl);
    request.setOptions(sent);
    const answer = await this.#invoke(callback, request.serializeBinary(), `transform of \`${token}\``);
    const response = resproto.TransformInvokeResponse.deserializeBinary(answer);
    const changed = response.getOptions();
    return {
      args: response.hasArgs() ? fromStruct(response.getArgs()) : args,
      options:
        changed === undefined
          ? options
          : {
              provider: changed.getProvider(),
              version: changed.getVersion(),
              pluginDownloadUrl: changed.getPluginDownloadUrl(),
            },
    };
  }

  async runHook(callback: Callback, call: HookCall): Promise<string> {
    const request = new resproto.ResourceHookRequest();
    request.setUrn(call.urn);
    request.setId(call.id);
    request.setName(call.name);
    request.setType(call.type);
    request.setNewInputs(toStruct(call.newInputs));
    if (call.newOutputs !== undefined) {
      request.setNewOutputs(toStruct(call.newOutputs));
    }
    const answer = await this.#invoke(callback, request.serializeBinary(), `hook \`${call.hook}\``);
    return resproto.ResourceHookResponse.deserializeBinary(answer).getError();
  }

  close(): void {
    for (const client of this.#clients.values()) {
      client.close();
    }
    this.#clients.clear();
  }

  async #invoke(callback: Callback, body: Uint8Array, what: string): Promise<Uint8Array> {
    const request = new callbackproto.CallbackInvokeRequest();
    request.setToken(callback.token);
    request.setRequest(body);
    const client = this.#client(callback.target);
    try {
      const response = await called<callbackproto.CallbackInvokeResponse>((done) =>
        client.invoke(request, done),
      );
      return response.getResponse_asU8();
    } catch (error) {
      throw new RefusedCall(`${what} failed: ${callMessage(error)}`, { cause: error });
    }
  }

  #client(target: string): callbackrpc.CallbacksClient {
    const known = this.#clients.get(target);
    if (known !== undefined) {
      return known;
    }
    const client = new callbackrpc.CallbacksClient(target, grpc.credentials.createInsecure(), UNLIMITED);
    this.#clients.set(target, client);
    return client;
  }
}
