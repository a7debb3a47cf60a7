import { readFileSync } from "node:fs";
import {
  status,
  type handleUnaryCall,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { handleServerStreamingCall, ServerUnaryCall, ServerWritableStream } from "@grpc/grpc-js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { endChild, exitOf, type Children, type Exit } from "./children.ts";
import { programDependencies } from "./dependencies.ts";
import {
  ALREADY_REPORTED,
  findRunner,
  optionsEnvironment,
  pluginArguments,
  readOptions,
  runnerArguments,
  type Program,
} from "./program.ts";

/** What a host keeps from one call to the next. */
export interface HostState {
  readonly children: Children;
  /** The engine's address: the last argument of the process, then what the handshake says. */
  engineAddress: string;
}

type Unary<Request, Response> = handleUnaryCall<Request, Response>;

/**
 * Pulumi's LanguageRuntime service for Node.js, as far as deployments, policy packs and component packages need it.
 * What generates or packs code (`GenerateProgram`, `Pack`, `Link` and so on) answers "unimplemented".
 *
 * Source: pulumi/pulumi, proto/pulumi/language.proto.
 */
export function languageService(state: HostState): UntypedServiceImplementation {
  return {
    handshake: answer((request: languagePb.LanguageHandshakeRequest) => {
      state.engineAddress = request.getEngineAddress() || state.engineAddress;
      return new languagePb.LanguageHandshakeResponse();
    }),
    getPluginInfo: answer(() => new pluginPb.PluginInfo().setVersion(hostVersion())),
    // Every registration carries its package's version, so the engine finds each provider when it is first needed. A
    // list of what is installed would also name packages of which the program uses no resource, and the engine would
    // look for their providers, and download them, first.
    getRequiredPackages: answer(() => new languagePb.GetRequiredPackagesResponse()),
    getRequiredPlugins: answer(() => new languagePb.GetRequiredPluginsResponse()),
    getProgramDependencies: answer((request: languagePb.GetProgramDependenciesRequest) => {
      const program = readProgram(request.getInfo());
      const list = programDependencies(program.directory, request.getTransitivedependencies());
      return new languagePb.GetProgramDependenciesResponse().setDependenciesList(
        list.map(({ name, version }) => new languagePb.DependencyInfo().setName(name).setVersion(version)),
      );
    }),
    about: answer(() =>
      new languagePb.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
    ),
    runtimeOptionsPrompts: answer(() => new languagePb.RuntimeOptionsResponse()),
    template: answer(() => new languagePb.TemplateResponse()),
    installDependencies: installDependencies(state),
    run: run(state),
    runPlugin: runPlugin(state),
    cancel: answer(async () => {
      await state.children.end("SIGINT");
      return new empty.Empty();
    }),
  };
}

function run(state: HostState): Unary<languagePb.RunRequest, languagePb.RunResponse> {
  return answer(async (request, call) => {
    const program = readProgram(request.getInfo());
    const config: { [key: string]: string } = {};
    request.getConfigMap().forEach((value, key) => {
      config[key] = value;
    });
    const args = [
      ...program.options.nodeArgs,
      findRunner(program.directory, "run"),
      ...runnerArguments(program, {
        project: request.getProject(),
        stack: request.getStack(),
        organization: request.getOrganization(),
        pwd: request.getPwd(),
        monitorAddress: request.getMonitorAddress(),
        engineAddress: state.engineAddress,
        dryRun: request.getDryrun(),
        parallel: request.getParallel(),
        args: request.getArgsList(),
      }),
    ];
    const child = state.children.startNode(args, {
      cwd: program.directory,
      env: {
        ...process.env,
        ...optionsEnvironment(program),
        PULUMI_CONFIG: JSON.stringify(config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
      // The engine shows what this process writes as what the program said.
      stdio: ["ignore", "inherit", "inherit"],
    });
    call.on("cancelled", () => void endChild(child, "SIGINT"));
    return runResponse(await exitOf(child));
  });
}

function runResponse(exit: Exit): languagePb.RunResponse {
  const response = new languagePb.RunResponse();
  if (exit.code === 0) {
    return response;
  }
  if (exit.code === ALREADY_REPORTED) {
    return response.setBail(true);
  }
  return response.setError(
    exit.signal === undefined
      ? `the program ended with exit code ${exit.code}`
      : `the program was ended by ${exit.signal}`,
  );
}

function runPlugin(
  state: HostState,
): handleServerStreamingCall<languagePb.RunPluginRequest, languagePb.RunPluginResponse> {
  return stream(async (request, call) => {
    const program = readProgram(request.getInfo());
    const kind = request.getKind();
    if (kind !== "analyzer" && kind !== "resource") {
      throw new Error(`cannot run a plugin of kind \`${kind}\`: expected \`analyzer\` or \`resource\``);
    }
    const runner = findRunner(program.directory, kind === "analyzer" ? "run-policy-pack" : "run-plugin");
    const args = [
      ...program.options.nodeArgs,
      runner,
      ...pluginArguments(kind, program.directory, request.getArgsList()),
    ];
    const child = state.children.startNode(args, {
      // A pack reads package.json from its working directory.
      cwd: program.directory,
      env: { ...readEnvironment(request.getEnvList()), ...optionsEnvironment(program) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    call.on("cancelled", () => void endChild(child, "SIGTERM"));
    child.stdout?.on("data", (chunk: Buffer) =>
      call.write(new languagePb.RunPluginResponse().setStdout(chunk)),
    );
    child.stderr?.on("data", (chunk: Buffer) =>
      call.write(new languagePb.RunPluginResponse().setStderr(chunk)),
    );
    const exit = await exitOf(child);
    call.write(new languagePb.RunPluginResponse().setExitcode(exit.code));
  });
}

function installDependencies(
  state: HostState,
): handleServerStreamingCall<languagePb.InstallDependenciesRequest, languagePb.InstallDependenciesResponse> {
  return stream(async (request, call) => {
    const directory = request.getDirectory() || readProgram(request.getInfo()).directory;
    const child = state.children.start("npm", ["install"], {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    call.on("cancelled", () => void endChild(child, "SIGTERM"));
    child.stdout?.on("data", (chunk: Buffer) =>
      call.write(new languagePb.InstallDependenciesResponse().setStdout(chunk)),
    );
    child.stderr?.on("data", (chunk: Buffer) =>
      call.write(new languagePb.InstallDependenciesResponse().setStderr(chunk)),
    );
    const exit = await exitOf(child);
    if (exit.code !== 0) {
      throw new Error(`npm install in \`${directory}\` ended with exit code ${exit.code}`);
    }
  });
}

function readProgram(info: languagePb.ProgramInfo | undefined): Program {
  if (info === undefined) {
    throw new Error("the engine named no program: expected `info`, which engines since v3.96.0 send");
  }
  return {
    root: info.getRootDirectory(),
    directory: info.getProgramDirectory(),
    entryPoint: info.getEntryPoint(),
    options: readOptions(info.getOptions()?.toJavaScript() ?? {}),
  };
}

/** The last of several entries with one name wins, as for a process. */
function readEnvironment(entries: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(
    entries.map((entry) => {
      const at = entry.indexOf("=");
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}

function hostVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const isManifest = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isManifest && typeof manifest.version === "string" ? manifest.version : "0.0.0";
}

function answer<Request, Response>(
  handle: (request: Request, call: ServerUnaryCall<Request, Response>) => Response | Promise<Response>,
): Unary<Request, Response> {
  const settle = async (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
    try {
      callback(null, await handle(call.request, call));
    } catch (error) {
      callback({ code: status.UNKNOWN, details: messageOf(error) });
    }
  };
  return (call, callback) => void settle(call, callback);
}

function stream<Request, Response>(
  handle: (request: Request, call: ServerWritableStream<Request, Response>) => Promise<void>,
): handleServerStreamingCall<Request, Response> {
  const settle = async (call: ServerWritableStream<Request, Response>): Promise<void> => {
    try {
      await handle(call.request, call);
      call.end();
    } catch (error) {
      call.emit("error", { code: status.UNKNOWN, details: messageOf(error) });
    }
  };
  return (call) => void settle(call);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
