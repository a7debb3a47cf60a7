import { setImmediate as nextTurn } from "node:timers/promises";
import type { PackProcess } from "../pack-process.ts";
import { ProcessGroups } from "../process-group.ts";
import { Slots } from "./slots.ts";

/** A pack that serves one stack now, and others before and after. */
export interface SharedPack {
  readonly pack: PackProcess;
  /** @param isSound whether it answered all that it was asked: else it serves nobody any more */
  readonly release: (isSound: boolean) => Promise<void>;
}

/** Starts a pack, which from then on prints to whoever it serves. */
export type StartPack = (processes: ProcessGroups, onOutput: (line: string) => void) => PackProcess;

interface Served {
  readonly processes: ProcessGroups;
  readonly pack: PackProcess;
  onOutput: (line: string) => void;
  hasPrinted: boolean;
}

/** Processes of one pack, each of which serves one stack after another. */
export class SharedPacks {
  readonly #slots: Slots;
  readonly #idle: Served[] = [];
  readonly #all = new Set<Served>();

  constructor(processes: number) {
    this.#slots = new Slots(processes);
  }

  /** A process of the pack that serves nobody else; it is waited for. */
  async take(start: StartPack, onOutput: (line: string) => void): Promise<SharedPack> {
    const giveBack = await this.#slots.take();
    const served = this.#idle.pop() ?? this.#start(start);
    served.onOutput = onOutput;
    return {
      pack: { ...served.pack, servesOthers: true },
      release: async (isSound) => {
        // What it printed as it answered may come after the answer.
        await nextTurn();
        await nextTurn();
        if (isSound && !served.hasPrinted) {
          this.#idle.push(served);
        } else {
          this.#all.delete(served);
          await served.processes.endAll();
        }
        giveBack();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map(({ processes }) => processes.endAll()));
  }

  #start(start: StartPack): Served {
    const processes = new ProcessGroups();
    const pack = start(processes, (line) => {
      served.hasPrinted = true;
      served.onOutput(line);
    });
    const served: Served = { processes, pack, onOutput: () => undefined, hasPrinted: false };
    this.#all.add(served);
    return served;
  }
}
