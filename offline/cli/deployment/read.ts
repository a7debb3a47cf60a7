import { InputError } from "../../project/input-error.ts";
import { type Mapping, isMapping, readYamlFile } from "../../project/yaml-file.ts";
import { toWireMap } from "../../protocol/plain-data.ts";
import { type WireMap, isWireMap } from "../../protocol/wire.ts";
import { type Opener, openerFor } from "./secret-values.ts";

/** A resource of an earlier export, as far as a comparison needs it. */
export interface EarlierResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs: WireMap;
}

export interface EarlierDeployment {
  readonly resources: readonly EarlierResource[];
  /** Secrets that the passphrase at hand does not open; they are not compared. */
  readonly unopened: number;
}

/**
 * Reads what `--export` or `pulumi stack export` wrote.
 *
 * @throws InputError where the file is no deployment of version 3, or holds resources without URN or type.
 */
export function readDeployment(file: string, passphrase: string | undefined): EarlierDeployment {
  const content = readYamlFile(file);
  const deployment = isMapping(content) ? content["deployment"] : undefined;
  if (!isMapping(content) || content["version"] !== 3 || !isMapping(deployment)) {
    throw new InputError([`\`${file}\` is no deployment of version 3; expected what --export writes`]);
  }
  const listed = deployment["resources"] ?? [];
  if (!Array.isArray(listed)) {
    throw new InputError([`\`${file}\`: deployment.resources is no list`]);
  }
  const opener = openerFor(passphrase, saltOf(deployment));
  const problems: string[] = [];
  const resources = listed.flatMap((resource: unknown, index): readonly EarlierResource[] => {
    const { urn, type } = isMapping(resource) ? resource : {};
    if (!isMapping(resource) || typeof urn !== "string" || typeof type !== "string") {
      problems.push(`\`${file}\`: deployment.resources[${index}] has no urn and type`);
      return [];
    }
    return [
      {
        urn,
        type,
        custom: resource["custom"] === true,
        inputs: opened(resource["inputs"], opener),
      },
    ];
  });
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return { resources, unopened: opener.unopened() };
}

function saltOf(deployment: Mapping): string | undefined {
  const providers = deployment["secrets_providers"];
  const state = isMapping(providers) ? providers["state"] : undefined;
  const salt = isMapping(state) ? state["salt"] : undefined;
  return typeof salt === "string" ? salt : undefined;
}

function opened(inputs: unknown, opener: Opener): WireMap {
  if (!isMapping(inputs)) {
    return {};
  }
  const values = opener.open(toWireMap(inputs));
  return isWireMap(values) ? values : {};
}
