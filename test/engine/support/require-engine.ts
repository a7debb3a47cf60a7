import { prepareToolchain, type ToolchainReady } from "./toolchain.ts";

/** Long enough for a first build of the CLI with Go on two cores, in another worker or in this one. */
const BUILD_MILLISECONDS = 900_000;

let prepared: ReturnType<typeof prepareToolchain> | undefined;

/** Every worker asks for the engine: only what takes time is worth a line. */
function reportBuild(line: string): void {
  if (!line.startsWith("using ")) {
    process.stderr.write(`engine: ${line}\n`);
  }
}

/**
 * Call it in a `describe`: before its tests the real engine is there, built if need be. Where neither an engine nor Go is
 * there, its tests are skipped with a notice, or with `REQUIRE_ENGINE=1` they fail.
 */
export function requireEngine(): { readonly toolchain: () => ToolchainReady } {
  let ready: ToolchainReady | undefined;
  before("the real engine", async function () {
    this.timeout(BUILD_MILLISECONDS);
    prepared ??= prepareToolchain(reportBuild);
    const toolchain = await prepared;
    if (toolchain.kind === "ready") {
      ready = toolchain;
      return;
    }
    if (process.env["REQUIRE_ENGINE"] === "1") {
      throw new Error(`REQUIRE_ENGINE=1, but ${toolchain.message}`);
    }
    const suite = this.test?.parent?.fullTitle() ?? "";
    process.stderr.write(`\n*** SKIPPED, not run on the real engine: ${suite}\n*** ${toolchain.message}\n\n`);
    this.skip();
  });
  return {
    toolchain: () => {
      if (ready === undefined) {
        throw new Error("the engine is there from the first test on, not while tests are being declared");
      }
      return ready;
    },
  };
}
