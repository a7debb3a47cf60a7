import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import grpc from "@grpc/grpc-js";
import { fromStruct, toStruct } from "@bastionless/offline/engine/struct.ts";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import providerrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerproto from "@pulumi/pulumi/proto/provider_pb.js";

export interface ConstructCall {
  readonly name: string;
  readonly inputs: WireMap;
  readonly preview: boolean;
  readonly monitor: string;
  readonly providers?: { readonly [name: string]: string };
  readonly dependencies?: readonly string[];
  readonly protect?: boolean;
}

/** What a plugin answers to `Construct`; an error as the engine would see it. */
export type Answer =
  | { readonly urn: string; readonly state: WireMap; readonly dependencies: WireMap }
  | { readonly error: string };

const STACK = "urn:pulumi:dev::shapes::pulumi:pulumi:Stack::shapes-dev";

/** A resource plugin, started as the engine would start it. */
export class Plugin {
  readonly #process: ChildProcess;
  readonly #client: providerrpc.ResourceProviderClient;

  private constructor(process: ChildProcess, port: string) {
    this.#process = process;
    this.#client = new providerrpc.ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
    );
  }

  /** @param engine `host:port` of the engine */
  static start(command: string, args: readonly string[], engine: string): Promise<Plugin> {
    const child = spawn(command, [...args, engine], { stdio: ["ignore", "pipe", "inherit"] });
    return new Promise((resolve, reject) => {
      let printed = "";
      child.once("error", reject);
      child.once("exit", (code) =>
        reject(new Error(`\`${command}\` ended with exit code ${code} before it was ready`)),
      );
      child.stdout.on("data", (chunk: Buffer) => {
        printed += chunk.toString("utf8");
        const port = /^(\d+)\n/.exec(printed)?.[1];
        if (port !== undefined) {
          resolve(new Plugin(child, port));
        }
      });
    });
  }

  construct(call: ConstructCall): Promise<Answer> {
    const request = new providerproto.ConstructRequest();
    request.setProject("shapes");
    request.setStack("dev");
    request.setDryrun(call.preview);
    request.setParallel(16);
    request.setMonitorendpoint(call.monitor);
    request.setType("awsx:ec2:Vpc");
    request.setName(call.name);
    request.setParent(STACK);
    request.setInputs(toStruct(call.inputs));
    request.setAcceptsOutputValues(true);
    request.setDependenciesList([...(call.dependencies ?? [])]);
    request.setProtect(call.protect ?? false);
    for (const [name, reference] of Object.entries(call.providers ?? {})) {
      request.getProvidersMap().set(name, reference);
    }
    return new Promise((resolve) => {
      this.#client.construct(request, (error, response) => {
        if (error !== null) {
          resolve({ error: error.details });
          return;
        }
        const dependencies: { [output: string]: string[] } = {};
        response.getStatedependenciesMap().forEach((urns, output) => {
          dependencies[output] = urns.getUrnsList().toSorted();
        });
        resolve({ urn: response.getUrn(), state: fromStruct(response.getState()), dependencies });
      });
    });
  }

  stop(): void {
    this.#client.close();
    this.#process.removeAllListeners("exit");
    this.#process.kill();
  }
}
