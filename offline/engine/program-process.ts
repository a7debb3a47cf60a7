import { ChildOutput } from "./child-output.ts";
import type { ChildExit, ProcessGroups } from "./process-group.ts";
import type { ProgramCommand } from "./program.ts";

/** The program, started. */
export interface ProgramProcess {
  /** Where it runs. */
  readonly folder: string;
  /** Undefined where it did not start. */
  readonly pid: number | undefined;
  readonly exited: Promise<ChildExit>;
  readonly stdout: ChildOutput;
  readonly stderr: ChildOutput;
}

export function startProgram(processes: ProcessGroups, command: ProgramCommand): ProgramProcess {
  const stdout = new ChildOutput();
  const stderr = new ChildOutput();
  const { child, exited } = processes.start({
    args: [...command.nodeArgs, ...command.runnerArgs],
    cwd: command.cwd,
    env: command.env,
    onStdout: (text) => stdout.add(text),
    onStderr: (text) => stderr.add(text),
  });
  return { folder: command.cwd, pid: child.pid, exited, stdout, stderr };
}
