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

const LEVELS = {
  advisory: analyzer.EnforcementLevel.ADVISORY,
  disabled: analyzer.EnforcementLevel.DISABLED,
  mandatory: analyzer.EnforcementLevel.MANDATORY,
  remediate: analyzer.EnforcementLevel.REMEDIATE,
} as const;

const PACK = join(import.meta.dirname, "..", "..", "..", "policies");
const RUNNER = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** A policy pack in a process of its own, started and spoken to as the engine does it. */
export class PackProcess {
  readonly #process: ChildProcess;
  readonly #client: analyzerGrpc.AnalyzerClient;

  /** Of its process, while it runs. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  private constructor(process: ChildProcess, port: string) {
    this.#process = process;
    this.#client = new analyzerGrpc.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      "grpc.max_send_message_length": -1,
      "grpc.max_receive_message_length": -1,
    });
  }

  /** @param preload its environment, and a CommonJS module that is loaded before anything else, to watch it. */
  static async start(
    folder = PACK,
    preload?: { readonly module?: string; readonly env: { readonly [name: string]: string } },
  ): Promise<PackProcess> {
    const flags = preload?.module === undefined ? [] : ["--require", preload.module];
    const child = spawn(process.execPath, [...flags, RUNNER, "127.0.0.1:1", "."], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...preload?.env },
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
    levels: { readonly [rule: string]: "advisory" | "disabled" | "remediate" } = {},
  ): Promise<void> {
    const request = new analyzer.ConfigureAnalyzerRequest();
    for (const [rule, properties] of Object.entries(policies)) {
      const config = new analyzer.PolicyConfig();
      const level = levels[rule];
      config.setEnforcementlevel(LEVELS[level ?? "mandatory"]);
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
    return diagnosticsOf(await this.send(analyzeRequest(resource)));
  }

  async analyzeStack(resources: readonly StackResource[]): Promise<readonly Diagnostic[]> {
    return diagnosticsOf(await this.sendStack(stackRequest(resources)));
  }

  /** Sends a request that was made before: what making it takes is not the pack's. */
  async send(request: analyzer.AnalyzeRequest): Promise<AnalyzeResponse> {
    return await new Promise((resolve, reject) => {
      this.#client.analyze(request, answer(resolve, reject));
    });
  }

  async sendStack(request: analyzer.AnalyzeStackRequest): Promise<AnalyzeResponse> {
    return await new Promise((resolve, reject) => {
      this.#client.analyzeStack(request, answer(resolve, reject));
    });
  }

  /** What the pack would change in a resource before it is analysed. */
  async remediate(resource: StackResource): Promise<readonly RemediatedInputs[]> {
    const response = await new Promise<analyzer.RemediateResponse>((resolve, reject) => {
      this.#client.remediate(analyzeRequest(resource), answer(resolve, reject));
    });
    return response.getRemediationsList().map((remediation) => ({
      rule: remediation.getPolicyname(),
      inputs: remediation.getProperties()?.toJavaScript() ?? {},
      diagnostic: remediation.getDiagnostic(),
    }));
  }
}

/** What a rule made of a resource's inputs. */
export interface RemediatedInputs {
  readonly rule: string;
  readonly inputs: { readonly [property: string]: JavaScriptValue };
  /** Why it could not; empty where it could. */
  readonly diagnostic: string;
}

/** A resource as the engine shows it to a pack before it is created. */
export function analyzeRequest(resource: StackResource): analyzer.AnalyzeRequest {
  const request = new analyzer.AnalyzeRequest();
  request.setUrn(resource.urn);
  request.setType(resource.type);
  request.setName(resource.name);
  request.setProperties(toStruct(resource.inputs));
  request.setOptions(options(resource));
  request.setProvider(provider(resource));
  return request;
}

/** A stack as the engine shows it to a pack in the end. */
export function stackRequest(resources: readonly StackResource[]): analyzer.AnalyzeStackRequest {
  const request = new analyzer.AnalyzeStackRequest();
  for (const resource of resources) {
    const member = new analyzer.AnalyzerResource();
    member.setUrn(resource.urn);
    member.setType(resource.type);
    member.setName(resource.name);
    member.setProperties(toStruct(resource.outputs));
    member.setOptions(options(resource));
    member.setProvider(provider(resource));
    if (resource.parent !== undefined) {
      member.setParent(resource.parent);
    }
    member.setDependenciesList([...(resource.dependsOn ?? [])]);
    for (const [property, urns] of Object.entries(resource.dependencies)) {
      const dependencies = new analyzer.AnalyzerPropertyDependencies();
      dependencies.setUrnsList([...urns]);
      member.getPropertydependenciesMap().set(property, dependencies);
    }
    request.addResources(member);
  }
  return request;
}

function options(resource: StackResource): analyzer.AnalyzerResourceOptions {
  const message = new analyzer.AnalyzerResourceOptions();
  if (resource.parent !== undefined) {
    message.setParent(resource.parent);
  }
  return message;
}

function provider(resource: StackResource): analyzer.AnalyzerProviderResource | undefined {
  if (resource.provider === undefined) {
    return undefined;
  }
  const message = new analyzer.AnalyzerProviderResource();
  message.setUrn(resource.provider.urn);
  message.setType("pulumi:providers:aws");
  message.setName(resource.provider.urn.split("::").at(-1) ?? "");
  message.setProperties(toStruct(resource.provider.inputs));
  return message;
}

function diagnosticsOf(response: AnalyzeResponse): readonly Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    rule: diagnostic.getPolicyname(),
    level: diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.ADVISORY ? "advisory" : "mandatory",
    urn: diagnostic.getUrn(),
    message: diagnostic.getMessage(),
  }));
}

function toStruct(properties: { readonly [property: string]: unknown }): struct.Struct {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fixtures are plain JSON
  return struct.Struct.fromJavaScript(properties as { [property: string]: JavaScriptValue });
}

function answer<Response>(
  resolve: (response: Response) => void,
  reject: (error: Error) => void,
): (error: grpc.ServiceError | null, response: Response) => void {
  return (error, response) => {
    if (error !== null) {
      reject(error);
      return;
    }
    resolve(response);
  };
}
