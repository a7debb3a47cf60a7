import grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";

/** The engine sends and takes states of any size. */
const UNLIMITED: grpc.ServerOptions = {
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
};

/** How often a plugin looks whether the engine that started it still runs. */
const ENGINE_CHECK_MILLISECONDS = 1000;

export interface RunningPlugin {
  readonly port: number;
  close(): void;
}

/** Serves a provider on a free port of this machine. */
export function startPlugin(implementation: grpc.UntypedServiceImplementation): Promise<RunningPlugin> {
  const server = new grpc.Server(UNLIMITED);
  server.addService(ResourceProviderService, implementation);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) {
        resolve({
          port,
          close: () => {
            server.forceShutdown();
          },
        });
      } else {
        reject(error);
      }
    });
  });
}

/**
 * Runs this process as a plugin: writes the port to standard output, as the engine expects, and ends with the engine,
 * also with one that was killed and could not say so.
 */
export async function runAsPlugin(implementation: grpc.UntypedServiceImplementation): Promise<void> {
  const engine = process.ppid;
  const plugin = await startPlugin(implementation);
  const end = (): void => {
    plugin.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, end);
  }
  setInterval(() => {
    if (process.ppid !== engine) {
      end();
    }
  }, ENGINE_CHECK_MILLISECONDS).unref();
  process.stdout.write(`${plugin.port}\n`);
}
