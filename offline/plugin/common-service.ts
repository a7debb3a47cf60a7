import type grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import { unary, unimplemented } from "./unary.ts";

/** A package as its plugin presents it. */
export interface PluginIdentity {
  readonly name: string;
  readonly version: string;
}

function handshakeResponse(): pb.ProviderHandshakeResponse {
  const response = new pb.ProviderHandshakeResponse();
  response.setAcceptSecrets(true);
  // Resource references travel as the ids that they stand for.
  response.setAcceptResources(false);
  response.setAcceptOutputs(true);
  return response;
}

/** What every plugin answers alike: who it is, and what it does not do. */
export function commonService({ name, version }: PluginIdentity): grpc.UntypedServiceImplementation {
  return {
    handshake: unary(handshakeResponse),
    getPluginInfo: unary(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(version);
      return info;
    }),
    getSchema: unary(() => {
      const response = new pb.GetSchemaResponse();
      response.setSchema(JSON.stringify({ name, version }));
      return response;
    }),
    attach: unary(() => new empty.Empty()),
    cancel: unary(() => new empty.Empty()),
    getMapping: unary(() => new pb.GetMappingResponse()),
    getMappings: unary(() => new pb.GetMappingsResponse()),
    ...Object.fromEntries(
      ["call", "construct", "parameterize"].map((method) => [method, unimplemented(method)]),
    ),
    list: (call: grpc.ServerWritableStream<pb.ListRequest, pb.ListResponse>) => {
      call.end();
    },
  };
}
