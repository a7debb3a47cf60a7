import grpc from "@grpc/grpc-js";
import { RefusedByAws } from "../protocol/refused.ts";

/** An error with which a provider refuses a call; any other error is the provider's own, and is told with its place. */
export class RefusedCall extends Error {}

/** A gRPC handler that answers with what a function returns. */
export function unary<Request, Response>(
  answer: (request: Request) => Promise<Response> | Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void respond(call.request, answer, callback);
  };
}

async function respond<Request, Response>(
  request: Request,
  answer: (request: Request) => Promise<Response> | Response,
  callback: grpc.sendUnaryData<Response>,
): Promise<void> {
  let response: Response;
  try {
    response = await answer(request);
  } catch (error) {
    if (error instanceof RefusedCall || error instanceof RefusedByAws) {
      callback({ code: grpc.status.INVALID_ARGUMENT, details: error.message });
    } else {
      const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
      callback({ code: grpc.status.INTERNAL, details: `the simulated provider failed: ${details}` });
    }
    return;
  }
  callback(null, response);
}

/** Refuses every call, as a provider does that has no such method. */
export function unimplemented(name: string): (call: unknown, callback: grpc.sendUnaryData<never>) => void {
  return (_call, callback) => {
    callback({ code: grpc.status.UNIMPLEMENTED, details: `\`${name}\` is not implemented` });
  };
}
