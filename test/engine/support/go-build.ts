import { spawn } from "node:child_process";
import { CLI_MODULE } from "./paths.ts";

const PROGRESS_MILLISECONDS = 5000;
const COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * Compiles the Pulumi CLI that test/engine/cli/go.mod pins. Rejects with what Go said.
 *
 * @param output Where the executable goes.
 * @param version The version that it says of itself: a plain `go build` says v3.0.0-alpha, which newer SDKs refuse.
 */
export async function buildCli(
  output: string,
  version: string,
  report: (line: string) => void,
): Promise<void> {
  const started = Date.now();
  let packages = 0;
  const said: string[] = [];
  // Stripped of debug information: a third smaller, and quicker to link.
  const flags = `-s -w -X ${VERSION_VARIABLE}=${version}`;
  const child = spawn("go", ["build", "-v", "-ldflags", flags, "-o", output, COMMAND], {
    cwd: CLI_MODULE,
    env: { ...process.env, GOWORK: "off" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const seconds = (): number => Math.round((Date.now() - started) / 1000);
  const timer = setInterval(
    () => report(`compiling the Pulumi CLI: ${packages} packages, ${seconds()} s`),
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
        `go build in \`${CLI_MODULE}\` ended with exit code ${code}:\n${said.slice(-20).join("\n")}`,
      );
    }
    report(`compiled the Pulumi CLI ${version}: ${packages} packages, ${seconds()} s`);
  } finally {
    clearInterval(timer);
  }
}
