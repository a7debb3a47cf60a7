import { stripVTControlCharacters } from "node:util";
import type enginerpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineproto from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { CallObserver } from "./grpc-calls.ts";
import { unary } from "./grpc-calls.ts";
import type { Diagnostic } from "./report.ts";

const LEVELS: ReadonlyMap<engineproto.LogSeverity, Diagnostic["level"]> = new Map([
  [engineproto.LogSeverity.DEBUG, "debug"],
  [engineproto.LogSeverity.INFO, "info"],
  [engineproto.LogSeverity.WARNING, "warning"],
  [engineproto.LogSeverity.ERROR, "error"],
]);

/** Pulumi's Engine service: messages, and which resource is the stack. */
export function engineService(
  observer: CallObserver,
  log: (entry: Omit<Diagnostic, "source">) => void,
): enginerpc.IEngineServer {
  let root = "";
  return {
    log: unary(observer, (request: engineproto.LogRequest) => {
      const level = LEVELS.get(request.getSeverity()) ?? "error";
      // A status message is overwritten by the next one, and debug messages show secrets in plain text.
      if (!request.getEphemeral() && level !== "debug") {
        log({
          level,
          message: stripVTControlCharacters(request.getMessage()),
          urn: request.getUrn(),
        });
      }
      return new empty.Empty();
    }),
    getRootResource: unary(observer, () => {
      const response = new engineproto.GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: unary(observer, (request: engineproto.SetRootResourceRequest) => {
      root = request.getUrn();
      return new engineproto.SetRootResourceResponse();
    }),
    startDebugging: unary(observer, () => new empty.Empty()),
    // There is no CLI here whose version could be too old.
    requirePulumiVersion: unary(observer, () => new engineproto.RequirePulumiVersionResponse()),
  };
}
