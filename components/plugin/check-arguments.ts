import { InputPropertiesError } from "@pulumi/pulumi";
import type { Deployment } from "../core/common.ts";
import type { Problems } from "../core/problems.ts";
import { knownValues } from "./known-values.ts";
import { checkLogging, isReference } from "./logging-reference.ts";
import { PLANS } from "./plans.ts";
import { isWithin } from "./settle.ts";

/**
 * Adds what a component would refuse of its arguments, of those too that arrive as outputs and are known: so that all of
 * it is told at once, beside what is missing or of the wrong type.
 *
 * @param args as `settleInputs` leaves them: what is wrong there is missing here.
 */
export async function checkArguments(
  component: string,
  name: string,
  args: Readonly<Record<string, unknown>>,
  deployment: Deployment,
  problems: Problems,
): Promise<void> {
  const before = problems.all.map(({ path }) => path);
  // What is wrong with an argument already is nothing more to be told of, nor of what it is part of or consists of.
  const isTold = (path: string): boolean =>
    before.some((told) => told === path || isWithin(told, path) || isWithin(path, told));
  const rename = (path: string): string | undefined => (isTold(path) ? undefined : path);
  const { logging, ...others } = await knownValues(args);
  const known =
    logging === undefined || (isTold("logging") && isReference(logging)) ? others : { ...others, logging };
  try {
    checkLogging(problems, known);
    problems.part(() => planOf(component)(name, known, deployment), rename);
  } catch (error) {
    // A plan relies on types. Where they do not hold, that is told, and the rest once they do.
    if (before.length === 0 || InputPropertiesError.isInstance(error)) {
      throw error;
    }
  }
}

function planOf(
  component: string,
): (name: string, args: Readonly<Record<string, unknown>>, deployment: Deployment) => unknown {
  const found = Object.entries(PLANS).find(([known]) => known === component)?.[1];
  if (found === undefined) {
    throw new Error(`nothing checks the arguments of \`${component}\`: add it to components/plugin/plans.ts`);
  }
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the arguments are settled by the schema, which is inferred from the constructor whose arguments the plan takes
  return found as (name: string, args: Readonly<Record<string, unknown>>, deployment: Deployment) => unknown;
}
