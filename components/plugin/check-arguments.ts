import { InputPropertiesError } from "@pulumi/pulumi";
import { type Deployment, problemsOf } from "../core/common.ts";
import type { Problems } from "../core/problems.ts";
import { HIDDEN } from "./hidden.ts";
import { knownValues, type SecretText } from "./known-values.ts";
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
  const isTold = (path: string): boolean => before.some((told) => isRelated(path, told));
  const rename = (path: string): string | undefined => (isTold(path) ? undefined : path);
  const { values, secrets } = await knownValues(args);
  const { logging, ...others } = values;
  const known =
    logging === undefined || (isTold("logging") && isReference(logging)) ? others : { ...others, logging };
  // What is found is looked through for secrets before it is told.
  const found = problemsOf(component, name);
  try {
    checkLogging(found, known);
    found.part(() => planOf(component)(name, known, deployment), rename);
  } catch (error) {
    // A plan relies on types. Where they do not hold, that is told, and the rest once they do.
    if (before.length === 0 || InputPropertiesError.isInstance(error)) {
      throw error;
    }
  }
  for (const { path, shown, expected, remedy } of found.all) {
    const [value, wanted, advice] = [shown ?? "", expected, remedy].map((text) =>
      withoutSecrets(text, secrets),
    );
    problems.add(
      path,
      shown === undefined
        ? undefined
        : secrets.some((secret) => isRelated(path, secret.path))
          ? HIDDEN
          : value,
      { expected: wanted ?? expected, remedy: advice ?? remedy },
    );
  }
}

/** Whether one of two places is the other, or in it. */
function isRelated(path: string, other: string): boolean {
  return path === other || isWithin(path, other) || isWithin(other, path);
}

function withoutSecrets(text: string, secrets: readonly SecretText[]): string {
  return secrets
    .filter((secret) => secret.text !== "")
    .reduce((clean, secret) => clean.replaceAll(secret.text, HIDDEN), text);
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
