import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PackRequest } from "../engine/index.ts";
import { InputError } from "../project/input-error.ts";
import { isMapping, readYamlFile } from "../project/yaml-file.ts";
import { toWireMap } from "../protocol/plain-data.ts";
import type { WireMap } from "../protocol/wire.ts";

/**
 * The packs to run with their configuration.
 *
 * @throws InputError with every folder that is no Pulumi policy pack and every file that is no configuration.
 */
export function readPolicyPacks(
  folders: readonly string[],
  configFiles: readonly string[],
): readonly PackRequest[] {
  const problems: string[] = [];
  const packs = folders.map((dir, index): PackRequest => {
    if (!existsSync(join(dir, "PulumiPolicy.yaml"))) {
      problems.push(`\`${dir}\` is no policy pack: it has no PulumiPolicy.yaml`);
    }
    const file = configFiles[index];
    if (file === undefined) {
      return { dir };
    }
    try {
      return { dir, config: readConfig(file) };
    } catch (error) {
      problems.push(...(error instanceof InputError ? error.problems : [String(error)]));
      return { dir };
    }
  });
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return packs;
}

function readConfig(file: string): WireMap {
  const content = readYamlFile(file);
  if (!isMapping(content)) {
    throw new InputError([`\`${file}\` holds no mapping; expected configuration by policy name, or \`all\``]);
  }
  return toWireMap(content);
}
