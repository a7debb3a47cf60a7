import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer, { type AnalyzeResponse, type AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import type { StackResource } from "./stack.ts";

export interface Diagnostic {
  readonly rule: string;
  readonly level: "advisory" | "mandatory";
  readonly urn: string;
  readonly message: string;
}

const PACK = join(import.meta.dirname, "..", "..", "..", "policies");
const RUNNER = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** A policy pack in a process of its own, started and spoken to as the engine does it. */
export class PackProcess {
  readonly #process: ChildProcess;
  readonly #client: analyzerGrpc.AnalyzerClient;

  private constructor(process: ChildProcess, port: string) {
    this.#process = process;
    this.#client = new analyzerGrpc.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  static async start(folder = PACK): Promise<PackProcess> {
    const child = spawn(process.execPath, [RUNNER, "127.0.0.1:1", "."], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = new Promise<never>((_, reject) => {
      child.once("exit", (code) => {
        reject(new Error(`the pack ended with ${code} before it said its port`));
      });
    });
    const lines = createInterface({ input: child.stdout });
    const port = new Promise<string>((resolve) => {
      lines.once("line", resolve);
    });
    return new PackProcess(child, await Promise.race([port, exited]));
  }

  stop(): void {
    this.#client.close();
    this.#process.kill();
  }

  async info(): Promise<AnalyzerInfo> {
    return await new Promise((resolve, reject) => {
      this.#client.getAnalyzerInfo(new empty.Empty(), (error, response) => {
        if (error === null) {
          resolve(response);
        } else {
          reject(error);
        }
      });
    });
  }

  async configure(
    policies: { readonly [rule: string]: { readonly [property: string]: JavaScriptValue } },
    levels: { readonly [rule: string]: "advisory" | "disabled" } = {},
  ): Promise<void> {
    const request = new analyzer.ConfigureAnalyzerRequest();
    for (const [rule, properties] of Object.entries(policies)) {
      const config = new analyzer.PolicyConfig();
      const level = levels[rule];
      config.setEnforcementlevel(
        level === undefined
          ? analyzer.EnforcementLevel.MANDATORY
          : level === "advisory"
            ? analyzer.EnforcementLevel.ADVISORY
            : analyzer.EnforcementLevel.DISABLED,
      );
      config.setProperties(struct.Struct.fromJavaScript(properties));
      request.getPolicyconfigMap().set(rule, config);
    }
    await new Promise<void>((resolve, reject) => {
      this.#client.configure(request, (error) => {
        if (error === null) {
          resolve();
        } else {
          reject(error);
        }
      });
    });
  }

  async analyze(resource: StackResource): Promise<readonly Diagnostic[]> {
    const request = new analyzer.AnalyzeRequest();
    request.setUrn(resource.urn);
    request.setType(resource.type);
    request.setName(resource.name);
    request.setProperties(toStruct(resource.inputs));
    request.setOptions(new analyzer.AnalyzerResourceOptions());
    return await new Promise((resolve, reject) => {
      this.#client.analyze(request, answer(resolve, reject));
    });
  }

  async analyzeStack(resources: readonly StackResource[]): Promise<readonly Diagnostic[]> {
    const request = new analyzer.AnalyzeStackRequest();
    for (const resource of resources) {
      const member = new analyzer.AnalyzerResource();
      member.setUrn(resource.urn);
      member.setType(resource.type);
      member.setName(resource.name);
      member.setProperties(toStruct(resource.outputs));
      member.setOptions(new analyzer.AnalyzerResourceOptions());
      for (const [property, urns] of Object.entries(resource.dependencies)) {
        const dependencies = new analyzer.AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        member.getPropertydependenciesMap().set(property, dependencies);
      }
      request.addResources(member);
    }
    return await new Promise((resolve, reject) => {
      this.#client.analyzeStack(request, answer(resolve, reject));
    });
  }
}

function toStruct(properties: { readonly [property: string]: unknown }): struct.Struct {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fixtures are plain JSON
  return struct.Struct.fromJavaScript(properties as { [property: string]: JavaScriptValue });
}

function answer(
  resolve: (diagnostics: readonly Diagnostic[]) => void,
  reject: (error: Error) => void,
): (error: grpc.ServiceError | null, response: AnalyzeResponse) => void {
  return (error, response) => {
    if (error !== null) {
      reject(error);
      return;
    }
    resolve(
      response.getDiagnosticsList().map((diagnostic) => ({
        rule: diagnostic.getPolicyname(),
        level:
          diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.ADVISORY ? "advisory" : "mandatory",
        urn: diagnostic.getUrn(),
        message: diagnostic.getMessage(),
      })),
    );
  };
}
