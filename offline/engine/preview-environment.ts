import { setImmediate as nextTurn } from "node:timers/promises";
import { explainedOutcome, explanation } from "./explanation.ts";
import { Listener } from "./listener.ts";
import type { Detail } from "./program.ts";
import { programCommand } from "./program.ts";
import type { Diagnostic, Failed, Outcome, Problem } from "./report.ts";
import type { EnvironmentRequest, Simulated } from "./request.ts";
import { startProcesses } from "./run-processes.ts";

/** In a run that only explains another one's hang, how long a program may be idle, in seconds. */
const TRACED_HANG_SECONDS = 5;

/** Told to nobody: the environment is run again in processes of its own. */
const PRINTED: Problem = {
  kind: "pack",
  dir: "",
  message: "a policy pack that serves several stacks printed something",
};

const INTERRUPTED: Problem = {
  kind: "interrupted",
  message: "interrupted before the program was started",
};

/**
 * Runs one environment's program and its policy packs against simulated providers, and records what the real engine
 * would. Never rejects for what the program, a pack or an input does: that is a `failed` outcome. When it settles, no
 * process that it started is left.
 *
 * What fails in processes that it shares with others is run again in processes of its own: what is told of it is what those
 * tell. A program that fails is run once more, with stack traces, to tell the place in its source.
 */
export async function previewEnvironment(request: EnvironmentRequest): Promise<Outcome> {
  const { shared, ...alone } = request;
  if (shared === undefined) {
    return explained(alone, await runOnce(alone, "fast"));
  }
  const outcome = await runOnce(request, "fast");
  if (outcome.kind === "finished" || request.signal?.aborted === true) {
    return outcome;
  }
  // A program that hung would only hang again: what explains it runs it in a process of its own anyway.
  const hangs = outcome.problems.some(({ kind }) => kind === "program-hang");
  if (hangs) {
    return explained(alone, outcome);
  }
  request.onProgress?.({ kind: "again" });
  return explained(alone, await runOnce(alone, "fast"));
}

/** The outcome, with what a second run of the environment adds to it where it failed. */
async function explained(request: EnvironmentRequest, outcome: Outcome): Promise<Outcome> {
  const detail = outcome.kind === "failed" ? explanation(outcome.problems) : undefined;
  if (outcome.kind !== "failed" || detail === undefined || request.signal?.aborted === true) {
    return outcome;
  }
  const { onProgress: _, ...silent } = request;
  const hangSeconds = Math.min(request.hangSeconds ?? TRACED_HANG_SECONDS, TRACED_HANG_SECONDS);
  const second = await runOnce(detail === "traced" ? { ...silent, hangSeconds } : silent, detail);
  return explainedOutcome(outcome, second);
}

async function runOnce(request: EnvironmentRequest, detail: Detail): Promise<Outcome> {
  if (request.signal?.aborted === true) {
    return failedAtOnce(INTERRUPTED);
  }
  const listener = await Listener.open();
  const command = programCommand(request, listener.address, detail);
  if (typeof command === "string") {
    listener.close();
    return failedAtOnce({ kind: "program-start", message: command });
  }
  const printed: Diagnostic[] = [];
  const processes = await startProcesses(request, command, listener.address, (message) => {
    printed.push({ source: "pack", level: "info", message, urn: "" });
  });
  let outcome: Outcome | undefined;
  let isItsOwn = true;
  try {
    // What is loaded here is loaded while the processes start, those too of the environments that run beside this one.
    await nextTurn();
    const { runEnvironment } = await import("./run-environment.ts");
    const simulated = {
      providers: await loaded(request.providers),
      components: await loaded(request.components),
    };
    // Others may have been waited for.
    outcome = aborted(request)
      ? failedAtOnce(INTERRUPTED)
      : await runEnvironment({ request, simulated, listener, processes, printed, detail });
  } finally {
    listener.close();
    isItsOwn = await processes.release(outcome?.kind === "finished");
  }
  return isItsOwn ? outcome : failedAtOnce(PRINTED);
}

/** Asked again: it may have come meanwhile. */
function aborted({ signal }: EnvironmentRequest): boolean {
  return signal?.aborted === true;
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
