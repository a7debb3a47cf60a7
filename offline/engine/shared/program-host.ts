import type { ChildProcess } from "node:child_process";
import { sep } from "node:path";
import { Duplex } from "node:stream";
import { ChildOutput } from "../child-output.ts";
import type { ChildExit, ProcessGroups } from "../process-group.ts";
import { preload } from "../node-process.ts";
import type { ProgramProcess } from "../program-process.ts";
import type { ProgramCommand } from "../program.ts";

/** What a host tells of a program that has ended. */
interface End {
  readonly code: number;
  /** Why it cannot be told what the program would have done in a process of its own. */
  readonly unfit?: string;
  /** What the next program could notice. */
  readonly left?: string;
  /** What was printed before this was printed by the program. */
  readonly mark: string;
}

interface Running {
  readonly stdout: ChildOutput;
  readonly stderr: ChildOutput;
  readonly ended: (exit: ChildExit) => void;
}

/** A process that runs programs one after another: see `programs-in-turn.cjs`. */
export class ProgramHost {
  readonly #child: ChildProcess;
  readonly #key: string;
  readonly #folders: string[] = [];
  #running: Running | undefined;
  #gone = false;
  #retired: string | undefined;
  #stdout = "";
  #stderr = "";
  #end: End | undefined;

  /** Starts the process with its first program, which `run` is to be called with at once. */
  constructor(processes: ProcessGroups, command: ProgramCommand) {
    this.#key = hostKey(command);
    const { child, exited } = processes.start({
      args: [...command.nodeArgs, preload("shared/programs-in-turn.cjs"), ...command.runnerArgs],
      cwd: command.cwd,
      env: command.env,
      control: true,
      onStdout: (text) => {
        this.#stdout += text;
        this.#tellEnd();
      },
      onStderr: (text) => {
        this.#stderr += text;
        this.#tellEnd();
      },
    });
    this.#child = child;
    this.#listen();
    void this.#waitForExit(exited);
  }

  /** Whether it runs a program. */
  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Why it runs no further program; undefined: it does. */
  get retired(): string | undefined {
    return this.#gone ? "it has ended" : this.#retired;
  }

  /** Whether a program may run in it: a process of its own would be started in the same way, and find none of the same files loaded. */
  takes(command: ProgramCommand): boolean {
    return (
      this.retired === undefined &&
      hostKey(command) === this.#key &&
      !this.#folders.some((folder) => isWithin(folder, command.root) || isWithin(command.root, folder))
    );
  }

  /** Runs a program, while no other runs. */
  run(command: ProgramCommand): ProgramProcess {
    const isFirst = this.#folders.length === 0;
    this.#folders.push(command.root);
    const { promise: exited, resolve: ended } = Promise.withResolvers<ChildExit>();
    const stdout = new ChildOutput();
    const stderr = new ChildOutput();
    this.#running = { stdout, stderr, ended };
    if (this.#gone) {
      this.#tell({ code: null, signal: null }, this.#stdout, this.#stderr);
    } else if (!isFirst) {
      const { runnerArgs: args, cwd, env } = command;
      this.#control.write(`${JSON.stringify({ args, cwd, env })}\n`);
    }
    return { folder: command.cwd, pid: this.#child.pid, exited, stdout, stderr };
  }

  /** Lets the process end, when it runs no program. */
  leave(): void {
    this.#retired ??= "it is not needed any more";
    this.#control.end();
  }

  get child(): ChildProcess {
    return this.#child;
  }

  get #control(): Duplex {
    const control = this.#child.stdio[3];
    if (!(control instanceof Duplex)) {
      throw new Error("a host of programs was started without its channel");
    }
    return control;
  }

  async #waitForExit(exited: Promise<ChildExit>): Promise<void> {
    const exit = await exited;
    this.#gone = true;
    this.#tell(exit, this.#stdout, this.#stderr);
  }

  #listen(): void {
    let rest = "";
    this.#control
      .setEncoding("utf8")
      .on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          this.#end = readEnd(line);
          this.#tellEnd();
        }
      })
      // What it was sent as it ended, nobody reads.
      .on("error", () => undefined);
  }

  /** The end comes through a channel of its own, before or after the last that the program printed. */
  #tellEnd(): void {
    const end = this.#end;
    if (end === undefined) {
      return;
    }
    const [stdout, stderr] = [this.#stdout.indexOf(end.mark), this.#stderr.indexOf(end.mark)];
    if (stdout === -1 || stderr === -1) {
      return;
    }
    this.#end = undefined;
    this.#retired ??= end.unfit ?? end.left;
    const printed = [this.#stdout.slice(0, stdout), this.#stderr.slice(0, stderr)] as const;
    this.#stdout = this.#stdout.slice(stdout + end.mark.length);
    this.#stderr = this.#stderr.slice(stderr + end.mark.length);
    this.#tell(end.unfit === undefined ? { code: end.code, signal: null } : UNFIT, ...printed);
  }

  #tell(exit: ChildExit, stdout: string, stderr: string): void {
    const running = this.#running;
    this.#running = undefined;
    running?.stdout.add(stdout);
    running?.stderr.add(stderr);
    running?.ended(exit);
  }
}

/** As a process that was ended: its run counts as failed, and is made again in a process of its own. */
const UNFIT: ChildExit = { code: null, signal: "the process that it shared" };

/** What a process is started with, and cannot be changed in it. */
function hostKey({ nodeArgs, runnerArgs, env }: ProgramCommand): string {
  const ofNode = Object.entries(env)
    .filter(([name]) => name.startsWith("NODE_") || name === "TZ")
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([nodeArgs, runnerArgs[0], ofNode]);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function readEnd(line: string): End {
  const end: unknown = JSON.parse(line);
  if (!isEnd(end)) {
    throw new Error(`a host of programs told \`${line}\` of a program's end`);
  }
  return end;
}

function isEnd(value: unknown): value is End {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "number" &&
    "mark" in value &&
    typeof value.mark === "string"
  );
}
