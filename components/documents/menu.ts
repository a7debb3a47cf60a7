import type { Problems } from "../core/problems.ts";
import { matching, script } from "../core/checks.ts";
import type { MenuDocumentArgs } from "./args.ts";
import { type CommandsContent, exactlyOneOf } from "./content.ts";

/**
 * A fixed menu of commands as an InteractiveCommands document: whoever starts a session names an entry, and nothing of
 * what they write reaches a shell, as the pattern admits the entries alone. Pure.
 */

/** The parameter that names an entry. */
export const MENU_PARAMETER = "entry";

const entryName = matching(
  /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
  "1 to 64 lower-case letters, digits and hyphens, no hyphen at either end",
  "rename the entry",
);

/** One line: what stands in a choice must not end it. */
const command = matching(
  /^(?!.*\{\{)[^\n\r]+$/,
  "a command in one line, without `{{`: entries take no parameters",
  "write it in one line, or call a script that is on the machine",
);

function posixChoice(entries: readonly (readonly [string, string])[]): string {
  const choices = entries.map(([name, line]) => `'${name}')\n${line}\n;;`);
  return [`case '{{ ${MENU_PARAMETER} }}' in`, ...choices, "esac"].join("\n");
}

function powerShellChoice(entries: readonly (readonly [string, string])[]): string {
  const choices = entries.map(([name, line]) => `'${name}' {\n${line}\n}`);
  return [`switch ('{{ ${MENU_PARAMETER} }}') {`, ...choices, "}"].join("\n");
}

export function planMenu(problems: Problems, args: MenuDocumentArgs, description?: string): CommandsContent {
  const systems = { linux: Object.entries(args.linux ?? {}), windows: Object.entries(args.windows ?? {}) };
  for (const system of ["linux", "windows"] as const) {
    for (const [name, line] of systems[system]) {
      problems.check(`menu.${system}.${name}`, name, entryName);
      problems.check(`menu.${system}.${name}`, line, command);
    }
  }
  const names = [...new Set([...systems.linux, ...systems.windows].map(([name]) => name))];
  if (names.length === 0) {
    problems.add("menu.linux", undefined, {
      expected: "at least one entry in `menu.linux` or `menu.windows`",
      remedy: "say what may be run",
    });
  }
  const linux = systems.linux.length === 0 ? undefined : posixChoice(systems.linux);
  const windows = systems.windows.length === 0 ? undefined : powerShellChoice(systems.windows);
  problems.check("menu.linux", linux, script);
  problems.check("menu.windows", windows, script);
  return {
    kind: "commands",
    description: description ?? `One of: ${names.join(", ")}`.slice(0, 512),
    interactive: true,
    linux,
    windows,
    runAsElevated: args.runAsElevated ?? false,
    parameters: {
      [MENU_PARAMETER]: {
        type: "String",
        description: `One of: ${names.join(", ")}`.slice(0, 512),
        allowedPattern: exactlyOneOf(names),
      },
    },
  };
}
