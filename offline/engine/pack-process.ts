import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import { ChildOutput } from "./child-output.ts";
import { SHORT_LIVED, childEnvironment, findSdk, preload } from "./node-process.ts";
import type { Environment } from "./node-process.ts";
import type { KeptConnection } from "./pack-connection.ts";
import { property, readPackFile } from "./pack-file.ts";
import type { PackFile } from "./pack-file.ts";
import type { ProcessGroups } from "./process-group.ts";
import type { PackRequest } from "./request.ts";

/** A policy pack that has been started. */
export interface PackProcess {
  readonly request: PackRequest;
  /** `version` of PulumiPolicy.yaml, which goes before the package's own; empty where there is none. */
  readonly version: string;
  /** The port that it listens at; rejects where it ended before it told one. */
  readonly port: Promise<number>;
  /** What is kept open for the other stacks that it serves; absent where it serves one, and is told to stop after it. */
  readonly kept?: KeptConnection<AnalyzerClient>;
}

/**
 * Whether a pack says that one process of it may serve several stacks, at a time and one after another, as
 * `"bastionless": { "servesManyStacks": true }` in its package.json: what it says of a stack, which it knows by the URNs,
 * does not depend on what it is shown of others, and it prints nothing.
 */
export function servesManyStacks(dir: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    return property(property(manifest, "bastionless"), "servesManyStacks") === true;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error)) {
      // What is wrong with it, the pack's runner tells.
      return false;
    }
    throw error;
  }
}

/**
 * Starts a policy pack by `@pulumi/pulumi/cmd/run-policy-pack`, in its own folder, as the language host does.
 *
 * @param onOutput given each line that the pack prints after its port
 */
export function startPack(
  processes: ProcessGroups,
  request: PackRequest,
  address: string,
  base: Environment,
  onOutput: (line: string) => void,
): PackProcess {
  const sdk = findSdk(request.dir);
  if (sdk === undefined) {
    return notStarted(request, "it has no `@pulumi/pulumi`: install its dependencies (`npm install`)");
  }
  let file: PackFile;
  try {
    file = readPackFile(request.dir);
  } catch (error) {
    return notStarted(request, error instanceof Error ? error.message : String(error));
  }
  const errors = new ChildOutput();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const lines = lineReader((line, index) => {
    if (index === 0) {
      const port = Number(line);
      if (Number.isInteger(port) && port > 0) {
        resolve(port);
      } else {
        reject(new Error(`it printed \`${line}\` where its port was expected`));
      }
    } else {
      onOutput(line);
    }
  });
  const { exited } = processes.start({
    args: [
      ...SHORT_LIVED,
      preload("exit-on-sigterm.cjs"),
      ...(file.typescript ? [] : [preload("late-compiler.cjs")]),
      join(sdk, "cmd", "run-policy-pack"),
      address,
      request.dir,
    ],
    cwd: request.dir,
    env: childEnvironment(base, sdk, {}),
    onStdout: lines,
    onStderr: (text) => errors.add(text),
  });
  void exited.then(({ code }) => reject(endedEarly(code, errors.text.trim())));
  // Its reader may come later than its failure.
  promise.catch(() => undefined);
  return { request, version: file.version, port: promise };
}

function notStarted(request: PackRequest, reason: string): PackProcess {
  return { request, version: "", port: rejected(reason) };
}

function endedEarly(code: number | null, text: string): Error {
  return new Error(
    `it ended with code \`${String(code)}\` before it was ready${text === "" ? "" : `:\n${text}`}`,
  );
}

function rejected(reason: string): Promise<never> {
  const promise = Promise.reject(new Error(reason));
  // Its reader comes later.
  promise.catch(() => undefined);
  return promise;
}

function lineReader(onLine: (line: string, index: number) => void): (text: string) => void {
  let rest = "";
  let index = 0;
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      onLine(line.trimEnd(), index);
      index += 1;
    }
  };
}
