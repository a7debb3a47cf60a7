import { servesStacksInTurn, startPack } from "./pack-process.ts";
import type { PackProcess } from "./pack-process.ts";
import { ProcessGroups } from "./process-group.ts";
import { startProgram } from "./program-process.ts";
import type { ProgramProcess } from "./program-process.ts";
import type { ProgramCommand } from "./program.ts";
import type { EnvironmentRequest, PackRequest } from "./request.ts";

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
   * @param isSound whether all went well: a pack that did not do well serves nobody any more
   */
  readonly release: (isSound: boolean) => Promise<void>;
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
    shared !== undefined && command.mayShare
      ? await shared.programs.start(command)
      : { program: startProgram(own, command), release: () => Promise.resolve() };
  const start =
    (pack: PackRequest) =>
    (processes: ProcessGroups, onOutput: (line: string) => void): PackProcess =>
      startPack(processes, pack, address, env, onOutput);
  const packs = request.packs.map((pack) =>
    shared !== undefined && servesStacksInTurn(pack.dir)
      ? shared.packs(pack).take(start(pack), onPackOutput)
      : Promise.resolve({ pack: start(pack)(own, onPackOutput), release: () => Promise.resolve() }),
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
      await Promise.all([end(), ...taken.map((pack) => pack.release(isSound))]);
    },
  };
}
