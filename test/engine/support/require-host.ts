import { existsSync } from "node:fs";
import { join } from "node:path";
import { BIN } from "./paths.ts";

/**
 * Call it in a `describe`, after `requireEngine`: its tests are skipped, with a notice, where the language host is not
 * there.
 *
 * @param mustBeThere Whether `REQUIRE_ENGINE=1` makes its absence a failure: of a host that `npm run engine` can build.
 */
export function requireHost(name: string, remedy: string, mustBeThere: boolean): void {
  before(`the language host \`${name}\``, function () {
    if (existsSync(join(BIN, name))) {
      return;
    }
    const message = `there is no \`${name}\`: ${remedy}`;
    if (mustBeThere && process.env["REQUIRE_ENGINE"] === "1") {
      throw new Error(`REQUIRE_ENGINE=1, but ${message}`);
    }
    const suite = this.test?.parent?.fullTitle() ?? "";
    process.stderr.write(`\n*** SKIPPED, not run: ${suite}\n*** ${message}\n\n`);
    this.skip();
  });
}

/** The host for YAML programs, which `npm run engine` builds where none is installed. */
export function requireYaml(): void {
  requireHost("pulumi-language-yaml", "`npm run engine` builds it with Go, or install the Pulumi CLI", true);
}
