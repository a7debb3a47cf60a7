import { possibleUrns } from "./aliases.ts";
import { durationSeconds } from "./duration.ts";
import { RefusedCall } from "./problem-log.ts";
import type { Registration, RegistrationOptions } from "./registration.ts";
import type { ResourceOptionsRecord } from "./report.ts";

/** Options as a resource's state keeps them. */
export function recordOptions(
  registration: Registration,
  options: RegistrationOptions,
  names: { readonly stack: string; readonly project: string },
  parentAliases: readonly string[],
): ResourceOptionsRecord {
  const { parent, type, name } = registration;
  return {
    protect: options.protect ?? false,
    retainOnDelete: options.retainOnDelete ?? false,
    ...(options.deleteBeforeReplace === undefined
      ? {}
      : { deleteBeforeReplace: options.deleteBeforeReplace }),
    ignoreChanges: options.ignoreChanges,
    replaceOnChanges: options.replaceOnChanges,
    hideDiffs: options.hideDiffs,
    additionalSecretOutputs: options.additionalSecretOutputs,
    aliases: possibleUrns(
      { stack: names.stack, project: names.project, name, type, parent, aliases: options.aliases },
      parentAliases,
    ),
    deletedWith: options.deletedWith,
    replaceWith: options.replaceWith,
    importId: options.importId,
    customTimeouts: {
      create: seconds(options.customTimeouts.create),
      update: seconds(options.customTimeouts.update),
      delete: seconds(options.customTimeouts.delete),
    },
  };
}

function seconds(duration: string): number {
  const value = durationSeconds(duration);
  if (value === undefined) {
    throw new RefusedCall(`custom timeout \`${duration}\`: expected a duration such as \`30m\` or \`1h30m\``);
  }
  return value;
}
