import { setImmediate as nextTurn } from "node:timers/promises";
import { explainedOutcome, explanation } from "./explanation.ts";
import { Listener } from "./listener.ts";
import { startPack } from "./pack-process.ts";
import { ProcessGroups } from "./process-group.ts";
import { startProgram } from "./program-process.ts";
import type { Detail } from "./program.ts";
import { programCommand } from "./program.ts";
import type { Diagnostic, Failed, Outcome, Problem } from "./report.ts";
import type { EnvironmentRequest, Simulated } from "./request.ts";

/** In a run that only explains another one's hang, how long a program may be idle, in seconds. */
const TRACED_HANG_SECONDS = 5;

/**
 * Runs one environment's program and its policy packs against simulated providers, and records what the real engine
 * would. Never rejects for what the program, a pack or an input does: that is a `failed` outcome. When it settles, no
 * process that it started is left.
 *
 * A program that fails is run once more, with stack traces, to tell the place in its source.
 */
export async function previewEnvironment(request: EnvironmentRequest): Promise<Outcome> {
  const outcome = await runOnce(request, "fast");
  const detail = outcome.kind === "failed" ? explanation(outcome.problems) : undefined;
  if (outcome.kind !== "failed" || detail === undefined || request.signal?.aborted === true) {
    return outcome;
  }
  const { onProgress: _, ...silent } = request;
  const hangSeconds = Math.min(request.hangSeconds ?? TRACED_HANG_SECONDS, TRACED_HANG_SECONDS);
  const explained = await runOnce(detail === "traced" ? { ...silent, hangSeconds } : silent, detail);
  return explainedOutcome(outcome, explained);
}

async function runOnce(request: EnvironmentRequest, detail: Detail): Promise<Outcome> {
  if (request.signal?.aborted === true) {
    return failedAtOnce({ kind: "interrupted", message: "interrupted before the program was started" });
  }
  const processes = new ProcessGroups();
  const listener = await Listener.open();
  try {
    const { address } = listener;
    const command = programCommand(request, address, detail);
    if (typeof command === "string") {
      return failedAtOnce({ kind: "program-start", message: command });
    }
    const program = startProgram(processes, command);
    const printed: Diagnostic[] = [];
    const packs = request.packs.map((pack) =>
      startPack(processes, pack, address, request.env ?? process.env, (message) => {
        printed.push({ source: "pack", level: "info", message, urn: "" });
      }),
    );
    // What is loaded here is loaded while the processes start, those too of the environments that run beside this one.
    await nextTurn();
    const { runEnvironment } = await import("./run-environment.ts");
    const simulated = {
      providers: await loaded(request.providers),
      components: await loaded(request.components),
    };
    const endProcesses = (): Promise<void> => processes.endAll();
    return await runEnvironment({
      request,
      simulated,
      listener,
      program,
      packs,
      printed,
      endProcesses,
      detail,
    });
  } finally {
    listener.close();
    await processes.endAll();
  }
}

function loaded<Provider>(simulated: Simulated<Provider>): Promise<readonly Provider[]> {
  return typeof simulated === "function" ? simulated() : Promise.resolve(simulated);
}

function failedAtOnce(problem: Problem): Failed {
  return {
    kind: "failed",
    problems: [problem],
    resources: [],
    violations: [],
    remediations: [],
    stackOutputs: {},
    diagnostics: [],
    unknownTypes: [],
    packs: [],
  };
}
