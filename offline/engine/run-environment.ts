import grpc from "@grpc/grpc-js";
import enginerpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import resrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type { ComponentProvider } from "../protocol/component-host.ts";
import type { SimulatedProvider } from "../protocol/provider.ts";
import { CallbacksClient } from "./callbacks-client.ts";
import { Deployment } from "./deployment.ts";
import { engineService } from "./engine-service.ts";
import { UNLIMITED } from "./grpc-calls.ts";
import type { CallObserver } from "./grpc-calls.ts";
import { HangWatch } from "./hang-watch.ts";
import type { Hang } from "./hang-watch.ts";
import { Hooks } from "./hooks.ts";
import type { Listener } from "./listener.ts";
import { monitorService } from "./monitor-service.ts";
import { PackClient } from "./pack-client.ts";
import { PackGate } from "./pack-gate.ts";
import type { PackProcess } from "./pack-process.ts";
import { ProblemLog } from "./problem-log.ts";
import {
  ownStderr,
  programProblems,
  withoutConsequences,
  withoutTold,
  withPendingPlaces,
} from "./program-failure.ts";
import type { Detail } from "./program.ts";
import { activityOf } from "./program-activity.ts";
import { parseProviderReference } from "./provider-reference.ts";
import { ProviderRegistry } from "./provider-registry.ts";
import type { Diagnostic, Outcome, PackInfo, Problem, UnknownType } from "./report.ts";
import type { EnvironmentRequest } from "./request.ts";
import type { RunContext } from "./run-context.ts";
import type { RunProcesses } from "./run-processes.ts";
import { toRecord } from "./state.ts";
import type { ResourceState } from "./state.ts";
import { TransformRegistry } from "./transforms.ts";

const HANG_SECONDS = 60;

/** How long a traced program has, after a lookup without an answer, to come to its next one. */
const HOLD_MILLISECONDS = 300;

export interface StartedEnvironment {
  readonly request: EnvironmentRequest;
  readonly simulated: {
    readonly providers: readonly SimulatedProvider[];
    readonly components: readonly ComponentProvider[];
  };
  readonly listener: Listener;
  readonly processes: RunProcesses;
  /** What the packs print, as it comes. */
  readonly printed: readonly Diagnostic[];
  readonly detail: Detail;
}

/** Serves an environment whose processes have been started, until its program has ended. */
export async function runEnvironment(started: StartedEnvironment): Promise<Outcome> {
  const run = new EnvironmentRun(started);
  try {
    return await run.outcome();
  } finally {
    await run.close();
  }
}

class EnvironmentRun {
  readonly #started: StartedEnvironment;
  readonly #problems = new ProblemLog();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #packInfos: PackInfo[] = [];
  readonly #context: RunContext;
  readonly #packs: Promise<readonly PackClient[]>;
  readonly #gate: PackGate;
  readonly #callbacks = new CallbacksClient();
  readonly #deployment: Deployment;
  readonly #server = new grpc.Server(UNLIMITED);
  readonly #watch: HangWatch;
  /** Settles where the run cannot go on. */
  readonly #stopped = Promise.withResolvers<void>();
  #stackChecked: Promise<void> | undefined;
  /** Ends a traced run that waits for lookups without an answer. */
  #held: NodeJS.Timeout | undefined;
  readonly #onAbort = (): void => {
    this.#stop({ kind: "interrupted", message: "interrupted: the environment was not previewed to its end" });
  };

  constructor(started: StartedEnvironment) {
    this.#started = started;
    const {
      request,
      processes: { program },
    } = started;
    this.#context = this.#makeContext(request, started.detail !== "fast");
    const seconds = request.hangSeconds ?? HANG_SECONDS;
    this.#packs = Promise.all(
      started.processes.packs.map(async (pack) => this.#connect(await pack, seconds)),
    );
    // A pack that does not start stops the run; nobody else needs to hear of it.
    this.#packs.catch(() => undefined);
    this.#gate = new PackGate(this.#context, this.#packs, (pack, error) =>
      this.#stopForPack(pack.info.dir, error),
    );
    const transforms = new TransformRegistry();
    const hooks = new Hooks(this.#context, this.#callbacks);
    this.#deployment = new Deployment({
      context: this.#context,
      providers: new ProviderRegistry(started.simulated.providers, started.simulated.components),
      policies: this.#gate,
      transforms,
      callbacks: this.#callbacks,
      hooks,
    });
    this.#watch = new HangWatch(
      seconds,
      () => (program.pid === undefined ? undefined : activityOf(program.pid)),
      (after, hang) => this.#stopForHang(after, hang),
    );
    const observer: CallObserver = {
      started: () => this.#watch.started(),
      ended: () => this.#watch.ended(),
      holds: () => this.#holdLookup(),
      crashed: (error) => this.#stopForCrash(error),
    };
    this.#server.addService(
      resrpc.ResourceMonitorService,
      monitorService({
        context: this.#context,
        deployment: this.#deployment,
        transforms,
        hooks,
        observer,
        programEnded: () => this.#programEnded(),
      }),
    );
    this.#server.addService(
      enginerpc.EngineService,
      engineService(observer, (entry) => this.#context.diagnose({ ...entry, source: "program" })),
    );
    started.listener.serve(this.#server.createConnectionInjector(grpc.ServerCredentials.createInsecure()));
    request.signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  async outcome(): Promise<Outcome> {
    const exit = await Promise.race([this.#started.processes.program.exited, this.#stopped.promise]);
    this.#watch.stop();
    if (exit !== undefined) {
      const { stdout, stderr } = this.#started.processes.program;
      this.#keepOutput("info", stdout.text);
      this.#keepOutput("warning", ownStderr(stderr.text));
      const problems = programProblems({
        exit,
        folder: this.#started.processes.program.folder,
        signalled: this.#stackChecked !== undefined,
        finished: this.#deployment.stackOutputs !== undefined,
        errors: this.#diagnostics.filter((entry) => entry.level === "error" && entry.source === "program"),
        stderr: stderr.text,
      });
      for (const problem of problems) {
        this.#problems.add(problem);
      }
      await Promise.race([Promise.all([this.#gate.settled(), this.#stackChecked]), this.#stopped.promise]);
    }
    if (this.#hangs || this.#held !== undefined) {
      // As it ends, a traced program tells what it waits for.
      await this.#started.processes.end();
    }
    this.#noteUnknownTypes();
    return this.#report();
  }

  async close(): Promise<void> {
    this.#watch.stop();
    clearTimeout(this.#held);
    this.#started.request.signal?.removeEventListener("abort", this.#onAbort);
    this.#callbacks.close();
    this.#server.forceShutdown();
    const packs = await Promise.race([this.#packs.catch(() => []), Promise.resolve([])]);
    await Promise.all(packs.map((pack) => pack.close()));
  }

  #makeContext(request: EnvironmentRequest, explains: boolean): RunContext {
    const { project, stack, organization = "organization", mode, config, answers, onProgress } = request;
    return {
      project: project.name,
      stack,
      organization,
      preview: mode === "preview",
      explains,
      config,
      answers,
      problems: this.#problems,
      progress: (progress) => onProgress?.(progress),
      diagnose: (diagnostic) => {
        this.#diagnostics.push(diagnostic);
        onProgress?.({ kind: "diagnostic", diagnostic });
      },
    };
  }

  async #connect(pack: PackProcess, seconds: number): Promise<PackClient> {
    try {
      const client = await PackClient.connect(pack, this.#started.listener.address, this.#context, seconds);
      this.#packInfos.push(client.info);
      this.#context.progress({ kind: "pack-ready", pack: client.info });
      return client;
    } catch (error) {
      this.#stopForPack(pack.request.dir, error);
      throw error;
    }
  }

  /** All resources are there: what the packs say of them together needs not wait for the process to end. */
  #programEnded(): void {
    this.#context.progress({ kind: "program-ended" });
    const complete = this.#deployment.stackOutputs !== undefined && this.#problems.isEmpty;
    this.#stackChecked = complete
      ? this.#gate.checkStack(this.#deployment.states, (state) => this.#providerOf(state))
      : Promise.resolve();
    // A failure has stopped the run by then.
    this.#stackChecked.catch(() => undefined);
  }

  #providerOf(state: ResourceState): ResourceState | undefined {
    const reference = parseProviderReference(state.provider);
    return reference === undefined ? undefined : this.#deployment.state(reference.urn);
  }

  #keepOutput(level: Diagnostic["level"], text: string): void {
    for (const line of text.split("\n").filter((candidate) => candidate.trim() !== "")) {
      this.#context.diagnose({ source: "program", level, message: line, urn: "" });
    }
  }

  #stop(problem: Problem): void {
    this.#problems.add(problem);
    this.#stopped.resolve();
  }

  #stopForPack(dir: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#stop({ kind: "pack", dir, message: `policy pack \`${dir}\`: ${reason}` });
  }

  #stopForHang(seconds: number, hang: Hang): void {
    const what =
      hang === "loop"
        ? `the program has computed for ${seconds} s, has asked nothing of the engine and has not ended: ` +
          "look for a loop without an end"
        : `the program has asked nothing of the engine for ${seconds} s and has not ended: ` +
          "look for a promise that never settles, a timer or a connection that is never closed";
    this.#stop({ kind: "program-hang", seconds, message: what });
  }

  #stopForCrash(error: Error): void {
    this.#stop({
      kind: "program-error",
      message: `the engine failed: ${error.message}`,
      stack: error.stack ?? "",
    });
  }

  #holdLookup(): boolean {
    if (this.#started.detail !== "traced") {
      return false;
    }
    clearTimeout(this.#held);
    this.#held = setTimeout(() => this.#stopped.resolve(), HOLD_MILLISECONDS);
    return true;
  }

  get #hangs(): boolean {
    return this.#problems.all.some((problem) => problem.kind === "program-hang");
  }

  #unknownTypes(): readonly UnknownType[] {
    return [...this.#deployment.unknownTypes].map(([type, urns]) => ({ type, urns }));
  }

  /** A remote component that nobody expands has no resources to judge: a resolved run cannot pass over it. */
  #noteUnknownTypes(): void {
    const { mode, strict = false } = this.#started.request;
    for (const { type, urns } of this.#unknownTypes()) {
      const hidden = mode === "resolved" && this.#deployment.state(urns[0] ?? "")?.custom === false;
      if (strict || hidden) {
        this.#problems.add({
          kind: "unknown-type",
          type,
          urns,
          message: hidden
            ? `component \`${type}\` is expanded by a provider that is not simulated: its resources cannot be known; ` +
              "declare the resources in its place, or preview without ids (`--mode preview`), where it stays unknown"
            : `type \`${type}\` is not simulated: its outputs stay unknown, which \`strict\` does not allow`,
        });
      }
    }
  }

  #report(): Outcome {
    const states = [...this.#deployment.states];
    const problems = withoutConsequences(
      withPendingPlaces(this.#problems.all, this.#started.processes.program.stderr.text),
    );
    const report = {
      resources: states.map(toRecord),
      violations: this.#gate.violations(states),
      remediations: this.#gate.remediations,
      stackOutputs: this.#deployment.stackOutputs ?? {},
      diagnostics: [...withoutTold(this.#diagnostics, problems), ...this.#started.printed],
      unknownTypes: this.#unknownTypes(),
      packs: this.#packInfos,
    };
    const [first, ...rest] = problems;
    return first === undefined
      ? { kind: "finished", ...report }
      : { kind: "failed", problems: [first, ...rest], ...report };
  }
}
