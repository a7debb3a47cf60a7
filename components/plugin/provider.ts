import {
  type ComponentResource,
  type ComponentResourceOptions,
  InputPropertiesError,
  type Inputs,
} from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider/provider.js";
import { currentDeployment, problemsOf } from "../core/common.ts";
import { checkArguments } from "./check-arguments.ts";
import { HIDDEN } from "./hidden.ts";
import { type Problems, renderProblem } from "../core/problems.ts";
import { COMPONENTS } from "./components.ts";
import type { PackageSchema } from "./schema.ts";
import { settleInputs } from "./settle.ts";

type Construct = (
  name: string,
  args: Readonly<Record<string, unknown>>,
  opts: ComponentResourceOptions,
) => ComponentResource;

/** Builds the components for engines that run programs in other languages. */
export class PluginProvider implements Provider {
  readonly version: string;
  readonly #schema: PackageSchema;

  constructor(schema: PackageSchema) {
    this.#schema = schema;
    this.version = schema.version;
  }

  async getSchema(): Promise<string> {
    return JSON.stringify(this.#schema);
  }

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  async construct(
    name: string,
    type: string,
    inputs: Inputs,
    options: ComponentResourceOptions,
  ): Promise<ConstructResult> {
    const component = type.split(":").at(-1) ?? "";
    const problems = problemsOf(component, name);
    const args = await settleInputs(this.#schema, type, inputs, problems);
    await checkArguments(component, name, args, currentDeployment(), problems);
    throwIfAny(problems);
    const built = constructorOf(component)(name, args, options);
    const outputs = Object.keys(this.#schema.resources[type]?.properties ?? {});
    return {
      urn: built.urn,
      // In a preview, an output that is left out is taken for one that is not known yet: nothing is told as nothing.
      state: Object.fromEntries(outputs.map((output) => [output, Reflect.get(built, output) ?? null])),
    };
  }
}

/**
 * Engines show each of the errors beside the message, with the value that was given, be it a secret. So the message holds
 * what is wrong with secrets, and nothing else.
 */
function throwIfAny(problems: Problems): void {
  try {
    problems.throwIfAny();
  } catch (error) {
    if (!InputPropertiesError.isInstance(error)) {
      throw error;
    }
    const [told, hidden] = [false, true].map((secret) =>
      problems.all.filter(({ shown }) => (shown === HIDDEN) === secret),
    );
    const lines = (hidden ?? []).map((problem) => `  - ${problem.path}: ${renderProblem(problem)}`);
    throw new InputPropertiesError({
      message: [error.message.split("\n", 1)[0] ?? "", ...lines].join("\n"),
      errors: (told ?? []).map((problem) => ({ propertyPath: problem.path, reason: renderProblem(problem) })),
    });
  }
}

function constructorOf(name: string): Construct {
  const found = Object.entries(COMPONENTS).find(([known]) => known === name)?.[1];
  if (found === undefined) {
    throw new Error(`the schema has a component \`${name}\`, the package does not: run \`npm run schema\``);
  }
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the arguments are settled by the schema, which is inferred from this very constructor
  const constructor = found as unknown as new (...args: Parameters<Construct>) => ComponentResource;
  return (...args) => new constructor(...args);
}
