import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import { KeptConnection } from "../pack-connection.ts";
import type { PackProcess } from "../pack-process.ts";
import { ProcessGroups } from "../process-group.ts";

/** A pack that serves a stack, and others before, beside and after it. */
export interface SharedPack {
  readonly pack: PackProcess;
  /** Whether it did what a pack that serves several must not: print, for nobody knows whom it meant. */
  readonly hasPrinted: () => boolean;
  /** @param isSound whether it answered all that it was asked: else it takes no further stack */
  readonly release: (isSound: boolean) => Promise<void>;
}

/** Starts a pack. */
export type StartPack = (processes: ProcessGroups, onOutput: () => void) => PackProcess;

/**
 * How many stacks a pack serves at a time: while it decides all resources of one together, the program of the next already
 * registers some.
 */
const AT_ONCE = 3;

/** A pack's process with the stacks that it serves. */
interface Serving {
  readonly processes: ProcessGroups;
  readonly pack: PackProcess;
  readonly kept: KeptConnection<AnalyzerClient>;
  readonly stacks: Set<string>;
  hasPrinted: boolean;
  isSound: boolean;
}

interface Waiting {
  readonly stack: string;
  readonly start: StartPack;
  readonly served: (serving: Serving) => void;
}

/** Processes of one pack, in one configuration. */
export class SharedPacks {
  readonly #most: number;
  readonly #all = new Set<Serving>();
  #waiting: readonly Waiting[] = [];

  /** @param most how many processes there are at a time */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * A process of the pack that serves not too many; it is waited for.
   *
   * @param stack tells stacks apart as their URNs do: a process serves no two of one name at a time
   */
  async take(stack: string, start: StartPack): Promise<SharedPack> {
    const serving = await new Promise<Serving>((served) => {
      this.#waiting = [...this.#waiting, { stack, start, served }];
      this.#serve();
    });
    return {
      pack: serving.pack,
      hasPrinted: () => serving.hasPrinted,
      release: async (isSound) => {
        serving.stacks.delete(stack);
        serving.isSound &&= isSound && !serving.hasPrinted;
        const isDone = !serving.isSound && serving.stacks.size === 0;
        if (isDone) {
          await end(serving);
          this.#all.delete(serving);
        }
        this.#serve();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map(end));
  }

  /** Gives processes to those that wait, in their order. */
  #serve(): void {
    this.#waiting = this.#waiting.filter(({ stack, start, served }) => {
      const serving = this.#processFor(stack, start);
      serving?.stacks.add(stack);
      if (serving !== undefined) {
        served(serving);
      }
      return serving === undefined;
    });
  }

  #processFor(stack: string, start: StartPack): Serving | undefined {
    const found = [...this.#all].find(
      ({ isSound, stacks }) => isSound && stacks.size < AT_ONCE && !stacks.has(stack),
    );
    return found ?? (this.#all.size < this.#most ? this.#start(start) : undefined);
  }

  #start(start: StartPack): Serving {
    const processes = new ProcessGroups();
    const kept = new KeptConnection<AnalyzerClient>();
    const pack = start(processes, () => {
      serving.hasPrinted = true;
    });
    const serving: Serving = {
      processes,
      pack: { ...pack, kept },
      kept,
      stacks: new Set(),
      hasPrinted: false,
      isSound: true,
    };
    this.#all.add(serving);
    return serving;
  }
}

async function end({ kept, processes }: Serving): Promise<void> {
  await processes.endAll();
  await kept.close();
}
