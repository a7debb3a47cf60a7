import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Mode } from "../engine/index.ts";
import { InputError } from "../project/input-error.ts";

export const USAGE = `usage: npm run preview -- [OPTION ...]

Previews every environment of one or several Pulumi Node.js programs with their policy packs, without the Pulumi CLI and
without an AWS account: the programs and the packs run unmodified against a simulated AWS provider.

  --stack NAME               this environment only (several: once for each)
  --cwd DIR                  the folder of the Pulumi project (default: this one); several: once for each, or a pattern
                             in quotes for all that match, as 'examples/*' or 'examples/!(bad-*)'
  --policy-pack DIR          a policy pack to run (several: once for each)
  --policy-pack-config FILE  JSON configuration of a pack, in the order of the packs
  --mode resolved|preview    resolved: every output has a value, as after \`pulumi up\` (default);
                             preview: what a first \`pulumi preview\` cannot know is unknown
  --answers FILE             YAML or JSON answers to lookups that the simulation cannot give
  --strict, --no-strict      a resource type that the simulation does not know is an error
  --export FILE              write a deployment, as \`pulumi stack export\` does; {stack} stands for the stack's name,
                             {project} for the project's
  --diff FILE                show what changed against an earlier export; {stack} and {project} as above
  --json                     machine-readable output; \`npm run --silent preview\` prints nothing else
  --help                     this text

exit status: 0 fine; 1 a mandatory policy is violated; 2 the program or its input is wrong
`;

export interface PreviewArguments {
  readonly kind: "preview";
  /** Empty: every stack of the project. */
  readonly stacks: readonly string[];
  /** Absolute paths of folders, or patterns of them; at least one. */
  readonly cwds: readonly string[];
  readonly policyPacks: readonly string[];
  readonly policyPackConfigs: readonly string[];
  readonly mode: Mode;
  readonly answers: string | undefined;
  readonly strict: boolean;
  readonly exportFile: string | undefined;
  readonly diffFile: string | undefined;
  readonly json: boolean;
}

const OPTIONS = {
  stack: { type: "string", short: "s", multiple: true },
  cwd: { type: "string", short: "C", multiple: true },
  "policy-pack": { type: "string", multiple: true },
  "policy-pack-config": { type: "string", multiple: true },
  mode: { type: "string", multiple: true },
  answers: { type: "string", multiple: true },
  strict: { type: "boolean" },
  export: { type: "string", multiple: true },
  diff: { type: "string", multiple: true },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * The command line of a preview.
 *
 * @throws InputError with everything that is wrong with it.
 */
export function parseArguments(args: readonly string[], folder: string): PreviewArguments | { kind: "help" } {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    allowNegative: true,
    strict: false,
    tokens: true,
  });
  if (values.help === true) {
    return { kind: "help" };
  }
  const problems: string[] = [];
  if (positionals[0] !== "preview") {
    problems.push(`the command is \`${positionals[0] ?? ""}\`; expected \`preview\``);
  }
  for (const extra of positionals.slice(1)) {
    problems.push(`\`${extra}\` belongs to no option; see --help`);
  }
  for (const token of tokens) {
    if (token.kind !== "option") {
      continue;
    }
    const known = Object.entries(OPTIONS).find(([name]) => name === token.name);
    if (known === undefined) {
      problems.push(`there is no option \`${token.rawName}\`; see --help`);
    } else if (known[1].type === "string" && (token.value === undefined || token.value === "")) {
      problems.push(`\`${token.rawName}\` needs a value; see --help`);
    } else if (known[1].type === "string" && token.inlineValue === false && token.value?.startsWith("--")) {
      problems.push(`\`${token.rawName}\` needs a value, and \`${token.value}\` follows it`);
    } else if (known[1].type === "boolean" && token.value !== undefined) {
      problems.push(`\`${token.rawName}\` takes no value, and was given \`${token.value}\``);
    }
  }
  const once = (name: "mode" | "answers" | "export" | "diff"): string | undefined => {
    const given = texts(values[name]);
    if (given.length > 1) {
      problems.push(`\`--${name}\` is given ${given.length} times; expected once`);
    }
    return given[0];
  };
  const mode = once("mode") ?? "resolved";
  if (mode !== "resolved" && mode !== "preview") {
    problems.push(`\`--mode\` is \`${mode}\`; expected \`resolved\` or \`preview\``);
  }
  const parsed: PreviewArguments = {
    kind: "preview",
    stacks: [...new Set(texts(values.stack))],
    cwds:
      values.cwd === undefined ? [resolve(folder)] : texts(values.cwd).map((path) => resolve(folder, path)),
    policyPacks: [...new Set(texts(values["policy-pack"]).map((pack) => resolve(folder, pack)))],
    policyPackConfigs: texts(values["policy-pack-config"]).map((file) => resolve(folder, file)),
    mode: mode === "preview" ? "preview" : "resolved",
    answers: absolute(folder, once("answers")),
    strict: values.strict === true,
    exportFile: absolute(folder, once("export")),
    diffFile: absolute(folder, once("diff")),
    json: values.json === true,
  };
  if (parsed.policyPackConfigs.length > parsed.policyPacks.length) {
    problems.push(
      `${parsed.policyPackConfigs.length} times \`--policy-pack-config\` for ${parsed.policyPacks.length} packs; expected at most one for each \`--policy-pack\``,
    );
  }
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return parsed;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : [];
}

function absolute(folder: string, path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(folder, path);
}
