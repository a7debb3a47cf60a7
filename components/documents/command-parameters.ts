import { matching, text } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import type { CommandParameterArgs } from "./args.ts";
import { exactlyOneOf, type ParameterContent } from "./content.ts";
import { wholePattern } from "./patterns.ts";

type Commands = Readonly<Record<"linux" | "windows", string | undefined>>;

/** `{{ name }}`; `{{ssm:name}}` is a reference to Parameter Store and no parameter of the document. */
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * The parameters of a command. What a person may set ends up in a shell, so each parameter must say what it admits, and
 * commands and parameters must fit together: a placeholder that nobody declared would be run as it stands.
 */
export function planParameters(
  problems: Problems,
  commands: Commands,
  parameters: Readonly<Record<string, CommandParameterArgs>>,
): Readonly<Record<string, ParameterContent>> {
  const used = checkPlaceholders(problems, commands, parameters);
  const planned: Record<string, ParameterContent> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const path = `commands.parameters.${name}`;
    problems.check(
      path,
      name,
      matching(/^[A-Za-z_]\w{0,127}$/, "a name of letters, digits and `_`, no digit first"),
    );
    problems.check(`${path}.description`, parameter.description, text(512));
    problems.check(`${path}.allowedPattern`, parameter.allowedPattern, wholePattern);
    if (
      (parameter.allowedPattern === undefined) === (parameter.allowedValues === undefined) &&
      !problems.isRefused(`${path}.allowedPattern`)
    ) {
      problems.add(path, parameter, {
        expected: "exactly one of `allowedPattern` and `allowedValues`",
        remedy: "say what the parameter admits: its value ends up in a shell",
      });
    }
    if (parameter.allowedValues?.length === 0) {
      problems.add(`${path}.allowedValues`, [], {
        expected: "at least one value",
        remedy: "list what is admitted",
      });
    }
    if (!used.has(name) && !problems.isRefused("commands.linux") && !problems.isRefused("commands.windows")) {
      problems.add(path, name, {
        expected: `\`{{ ${name} }}\` in one of the commands`,
        remedy: "use the parameter, or leave it out",
      });
    }
    const pattern = patternOf(parameter);
    if (parameter.default !== undefined && pattern !== undefined && wholePattern(pattern) === undefined) {
      problems.check(
        `${path}.default`,
        parameter.default,
        matching(new RegExp(pattern), `a value that \`${pattern}\` admits`),
      );
    }
    planned[name] = {
      type: "String",
      ...(parameter.description !== undefined && { description: parameter.description }),
      ...(parameter.default !== undefined && { default: parameter.default }),
      ...(pattern !== undefined && { allowedPattern: pattern }),
    };
  }
  return planned;
}

function patternOf(parameter: CommandParameterArgs): string | undefined {
  return parameter.allowedPattern ?? (parameter.allowedValues && exactlyOneOf(parameter.allowedValues));
}

function checkPlaceholders(
  problems: Problems,
  commands: Commands,
  parameters: Readonly<Record<string, CommandParameterArgs>>,
): ReadonlySet<string> {
  const used = new Set<string>();
  for (const system of ["linux", "windows"] as const) {
    const command = commands[system];
    for (const [, placeholder = ""] of (command ?? "").matchAll(PLACEHOLDER)) {
      if (placeholder.startsWith("ssm:")) {
        continue;
      }
      used.add(placeholder);
      if (!Object.hasOwn(parameters, placeholder) && !problems.isRefused("commands.parameters")) {
        problems.add(`commands.${system}`, command, {
          expected: `a parameter \`${placeholder}\`, which the command uses`,
          remedy: "declare it in `commands.parameters`, or correct the placeholder",
        });
      }
    }
  }
  return used;
}
