import { spawn } from "node:child_process";

const PROGRESS_MILLISECONDS = 5000;

/** A command that a Go module of the tests pins. */
export interface GoTool {
  /** As messages call it. */
  readonly title: string;
  /** The folder of the go.mod that pins it. */
  readonly module: string;
  /** The import path of the command. */
  readonly command: string;
  /** The folder of its sources, where they are this repository's own. */
  readonly sources?: string;
  readonly version: string;
  /** The variable that holds the version it says of itself. */
  readonly versionVariable: string;
}

/**
 * Compiles a command. Rejects with what Go said.
 *
 * @param output Where the executable goes.
 */
export async function buildTool(
  { title, module, command, version, versionVariable }: GoTool,
  output: string,
  report: (line: string) => void,
): Promise<void> {
  const started = Date.now();
  let packages = 0;
  const said: string[] = [];
  // Stripped of debug information: a third smaller, and quicker to link.
  const flags = `-s -w -X ${versionVariable}=${version}`;
  const child = spawn("go", ["build", "-v", "-ldflags", flags, "-o", output, command], {
    cwd: module,
    env: { ...process.env, GOWORK: "off" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const seconds = (): number => Math.round((Date.now() - started) / 1000);
  const timer = setInterval(
    () => report(`compiling ${title}: ${packages} packages, ${seconds()} s`),
    PROGRESS_MILLISECONDS,
  );
  let rest = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (/^[\w.~-]+(?:\/[\w.~-]+)*$/.test(line)) {
        packages += 1;
      } else {
        said.push(line);
      }
    }
  });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit) => resolve(exit ?? 1));
    });
    if (code !== 0) {
      throw new Error(
        `go build in \`${module}\` ended with exit code ${code}:\n${said.slice(-20).join("\n")}`,
      );
    }
    report(`compiled ${title} ${version}: ${packages} packages, ${seconds()} s`);
  } finally {
    clearInterval(timer);
  }
}
