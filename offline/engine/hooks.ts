import type { Callback } from "./registration.ts";
import { RefusedCall } from "./problem-log.ts";
import type { RunContext } from "./run-context.ts";
import type { HookCall, ProgramCallbacks } from "./transforms.ts";

interface RegisteredHook {
  readonly callback: Callback;
  readonly onDryRun: boolean;
}

/**
 * The resource hooks of a program.
 *
 * Only hooks that say they may run in a preview do run: an offline run changes nothing, in either mode.
 */
export class Hooks {
  readonly #hooks = new Map<string, RegisteredHook>();
  readonly #context: RunContext;
  readonly #callbacks: ProgramCallbacks;

  constructor(context: RunContext, callbacks: ProgramCallbacks) {
    this.#context = context;
    this.#callbacks = callbacks;
  }

  register(name: string, callback: Callback, onDryRun: boolean): void {
    if (this.#hooks.has(name)) {
      throw new RefusedCall(
        `resource hook \`${name}\` is registered twice: give each hook a name of its own`,
      );
    }
    this.#hooks.set(name, { callback, onDryRun });
  }

  /** Rejects with a `RefusedCall` where a hook fails. */
  async run(names: readonly string[], call: Omit<HookCall, "hook">): Promise<void> {
    for (const name of names) {
      const hook = this.#hooks.get(name);
      if (hook === undefined) {
        throw new RefusedCall(`resource hook \`${name}\` of \`${call.urn}\` was not registered`);
      }
      if (!hook.onDryRun) {
        this.#context.diagnose({
          source: "engine",
          level: "info",
          message: `hook \`${name}\` does not run offline: it is not marked \`onDryRun\``,
          urn: call.urn,
        });
        continue;
      }
      // Hooks run one after another, as the program listed them.
      // oxlint-disable-next-line no-await-in-loop -- as the comment above says
      const error = await this.#callbacks.runHook(hook.callback, { ...call, hook: name });
      if (error !== "") {
        throw new RefusedCall(`hook \`${name}\` of \`${call.urn}\` failed: ${error}`);
      }
    }
  }
}
