import { setImmediate as nextTurn } from "node:timers/promises";
import { servesManyStacks, startPack } from "./pack-process.ts";
import type { PackProcess } from "./pack-process.ts";
import { ProcessGroups } from "./process-group.ts";
import { startProgram } from "./program-process.ts";
import type { ProgramProcess } from "./program-process.ts";
import type { ProgramCommand } from "./program.ts";
import type { EnvironmentRequest, PackRequest } from "./request.ts";
import type { SharedPack } from "./shared/shared-packs.ts";

/** The processes of one run, started: its own, or those that it shares with others by turns. */
export interface RunProcesses {
  readonly program: ProgramProcess;
  /** Each where it is this run's turn. */
  readonly packs: readonly Promise<PackProcess>[];
  /** Ends those that are its own, and its program, and waits until they have gone. */
  readonly end: () => Promise<void>;
  /**
   * Leaves those that are shared to others, and ends all else.
   *
   * @param isSound whether all went well: a pack that did not do well takes no further stack
   * @returns whether what was seen of them is what processes of its own would have shown
   */
  readonly release: (isSound: boolean) => Promise<boolean>;
}

/**
 * Starts the program and the packs; where they are shared, when the program's turn comes.
 *
 * @param address where the engine listens
 * @param onPackOutput given each line that a pack prints after its port
 */
export async function startProcesses(
  request: EnvironmentRequest,
  command: ProgramCommand,
  address: string,
  onPackOutput: (line: string) => void,
): Promise<RunProcesses> {
  const own = new ProcessGroups();
  const { shared, env = process.env } = request;
  const { program, release } =
    shared?.programs !== undefined && command.mayShare
      ? await shared.programs.start(command)
      : { program: startProgram(own, command), release: () => Promise.resolve() };
  const start = (
    pack: PackRequest,
    processes: ProcessGroups,
    onOutput: (line: string) => void,
  ): PackProcess => startPack(processes, pack, address, env, onOutput);
  const { project, stack, organization = "" } = request;
  const packs = request.packs.map((pack): Promise<SharedPack> =>
    shared !== undefined && servesManyStacks(pack.dir)
      ? shared
          .packs(pack)
          .take(`${organization}/${project.name}/${stack}`, (processes, onOutput) =>
            start(pack, processes, onOutput),
          )
      : Promise.resolve({
          pack: start(pack, own, onPackOutput),
          hasPrinted: () => false,
          release: () => Promise.resolve(),
        }),
  );
  const end = async (): Promise<void> => {
    await Promise.all([own.endAll(), release()]);
  };
  return {
    program,
    packs: packs.map(async (taken) => (await taken).pack),
    end,
    release: async (isSound) => {
      const taken = await Promise.all(packs);
      // What a pack printed as it gave its last answer may come after that.
      await nextTurn();
      await Promise.all([end(), ...taken.map((pack) => pack.release(isSound))]);
      return taken.every((pack) => !pack.hasPrinted());
    },
  };
}
