import grpc from "@grpc/grpc-js";
import { RefusedCall, UnansweredLookup } from "./problem-log.ts";

/** No limit on messages: an environment of thousands of resources is analysed in one. */
export const UNLIMITED: grpc.ChannelOptions = {
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
};

/** Told of every call that the program makes. */
export interface CallObserver {
  started(): void;
  ended(): void;
  /** Whether a lookup without an answer is left open, so that the program can tell where it waits for it. */
  holds(): boolean;
  /** The engine itself failed: a bug. */
  crashed(error: Error): void;
}

/**
 * A gRPC handler that answers with what a function returns.
 *
 * A `RefusedCall` becomes the program's error. Any other error is the engine's own, and fails the run.
 */
export function unary<Request, Response>(
  observer: CallObserver,
  answer: (request: Request) => Promise<Response> | Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    observer.started();
    void answerCall(observer, call.request, answer, callback);
  };
}

async function answerCall<Request, Response>(
  observer: CallObserver,
  request: Request,
  answer: (request: Request) => Promise<Response> | Response,
  callback: grpc.sendUnaryData<Response>,
): Promise<void> {
  callback(...(await respond(observer, request, answer)));
}

/** The arguments of a gRPC callback. */
type Settled<Response> = readonly [Partial<grpc.StatusObject> | null, Response?];

async function respond<Request, Response>(
  observer: CallObserver,
  request: Request,
  answer: (request: Request) => Promise<Response> | Response,
): Promise<Settled<Response>> {
  try {
    return [null, await answer(request)];
  } catch (error) {
    if (error instanceof UnansweredLookup && observer.holds()) {
      return await new Promise<never>(() => undefined);
    }
    if (!(error instanceof RefusedCall)) {
      observer.crashed(error instanceof Error ? error : new Error(String(error)));
    }
    const details = error instanceof Error ? error.message : String(error);
    return [{ code: grpc.status.UNKNOWN, details }];
  } finally {
    observer.ended();
  }
}

/** Makes a client's call a promise. */
export function called<Response>(
  make: (callback: (error: grpc.ServiceError | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    // gRPC takes the stack of every call, should it fail; what is told of a failure is its message.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      make((error, response) => {
        if (error === null) {
          resolve(response);
        } else {
          reject(error);
        }
      });
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  });
}

/** What a failed call says, without gRPC's number before it. */
export function callMessage(error: unknown): string {
  if (error instanceof Error) {
    return "details" in error && typeof error.details === "string" ? error.details : error.message;
  }
  return String(error);
}

export function isUnimplemented(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === grpc.status.UNIMPLEMENTED;
}
