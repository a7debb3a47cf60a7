// The executable `pulumi-language-nodejs` of the tests: `main.ts [FLAGS] ENGINE_ADDRESS`. It writes its port to standard
// output and serves until the engine ends it, or is gone itself.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { Children } from "./children.ts";
import { languageService } from "./service.ts";

/** The engine accepts states and programs of any size; so must a host. Source: sdk/go/common/util/rpcutil. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** How often the host looks whether the engine that started it still runs. */
const ENGINE_CHECK_MILLISECONDS = 1000;

const children = new Children();
const server = new Server({
  "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
  "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
});

let ending = false;
async function end(signal: NodeJS.Signals): Promise<void> {
  if (ending) {
    return;
  }
  ending = true;
  await children.end(signal);
  server.forceShutdown();
  process.exit(0);
}

process.on("SIGINT", () => void end("SIGINT"));
process.on("SIGTERM", () => void end("SIGTERM"));
process.on("SIGHUP", () => void end("SIGTERM"));

// An engine that was killed says nothing, and leaves its children to another parent.
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) {
    void end("SIGTERM");
  }
}, ENGINE_CHECK_MILLISECONDS).unref();

const engineAddress = process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "";
server.addService(LanguageRuntimeService, languageService({ children, engineAddress }));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) {
    process.stderr.write(`cannot serve on 127.0.0.1: ${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(`${port}\n`);
});
