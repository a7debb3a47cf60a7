import { Problems, renderProblem } from "../../components/core/problems.ts";
import { checkArguments } from "../../components/plugin/check-arguments.ts";
import schema from "../../components/plugin/schema.json" with { type: "json" };
import type { PackageSchema } from "../../components/plugin/schema.ts";
import { settleInputs } from "../../components/plugin/settle.ts";

const SCHEMA: PackageSchema = schema;

/** What the plugin refuses of a component's arguments, as they arrive from an engine: reasons by their paths. */
export async function refused(
  component: string,
  inputs: Readonly<Record<string, unknown>>,
): Promise<ReadonlyMap<string, string>> {
  const problems = new Problems(component);
  const args = await settleInputs(SCHEMA, `bastionless:index:${component}`, inputs, problems);
  await checkArguments(component, "one", args, { project: "shop", stack: "dev" }, problems);
  const paths = problems.all.map(({ path }) => path);
  if (new Set(paths).size !== paths.length) {
    throw new Error(`told twice: ${paths.join(", ")}`);
  }
  return new Map(problems.all.map((problem) => [problem.path, renderProblem(problem)]));
}
