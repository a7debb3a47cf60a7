import type { Outcome } from "./report.ts";
import type { EnvironmentRequest } from "./request.ts";

/**
 * Runs one environment's program and its policy packs against simulated providers, and records what the real engine
 * would. Never rejects for what the program, a pack or an input does: that is a `failed` outcome. When it settles, no
 * process that it started is left.
 */
export function previewEnvironment(request: EnvironmentRequest): Promise<Outcome> {
  return Promise.reject(new Error(`cannot preview \`${request.stack}\` yet`));
}
