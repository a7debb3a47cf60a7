import { ProcessGroups } from "../process-group.ts";
import type { ProgramProcess } from "../program-process.ts";
import type { ProgramCommand } from "../program.ts";
import { ProgramHost } from "./program-host.ts";
import { Slots } from "./slots.ts";

/** A program that has been started in a process with others. */
export interface SharedProgram {
  readonly program: ProgramProcess;
  /** Ends the program where it still runs, with the process. To be called when nothing more is asked of it. */
  readonly release: () => Promise<void>;
}

/** Runs programs in few processes: as many at a time as there are hosts, and as many in one as it takes. */
export class SharedPrograms {
  readonly #processes = new ProcessGroups();
  readonly #hosts = new Set<ProgramHost>();
  readonly #slots: Slots;
  /** How many programs are still to come. */
  #expected: number;

  constructor(hosts: number, expected: number) {
    this.#slots = new Slots(hosts);
    this.#expected = expected;
  }

  /** Starts a program when a host has a place for it. */
  async start(command: ProgramCommand): Promise<SharedProgram> {
    const giveBack = await this.#slots.take();
    this.#expected -= 1;
    const host = this.#hostFor(command);
    const program = host.run(command);
    let hasEnded = false;
    const settled = (async () => {
      await program.exited;
      hasEnded = true;
      if (host.retired !== undefined || this.#expected <= 0) {
        this.#dismiss(host);
      }
      giveBack();
    })();
    return {
      program,
      release: async () => {
        if (!hasEnded) {
          this.#hosts.delete(host);
          await this.#processes.end(host.child);
        }
        await settled;
      },
    };
  }

  /** Ends all processes. */
  close(): Promise<void> {
    return this.#processes.endAll();
  }

  #hostFor(command: ProgramCommand): ProgramHost {
    const idle = [...this.#hosts].filter((host) => !host.isBusy);
    const found = idle.find((host) => host.takes(command));
    if (found !== undefined) {
      return found;
    }
    const [useless] = idle;
    if (useless !== undefined) {
      this.#dismiss(useless);
    }
    const host = new ProgramHost(this.#processes, command);
    this.#hosts.add(host);
    return host;
  }

  #dismiss(host: ProgramHost): void {
    this.#hosts.delete(host);
    host.leave();
  }
}
