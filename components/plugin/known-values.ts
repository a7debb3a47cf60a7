import * as pulumi from "@pulumi/pulumi";

/**
 * Arguments with the values of outputs that are known in their place, for checking: what a program in another language
 * gives is known by now, or stays unknown until the update. Secrets and what is unknown stay outputs, and are checked when
 * the component uses them.
 *
 * Never build anything of the result: it lacks the dependencies.
 */
export async function knownValues<T>(value: T): Promise<T> {
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- an input of the same type as the output it was
  return (await known(value)) as T;
}

async function known(value: unknown): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const held: unknown = await valueOf(value);
    return pulumi.containsUnknowns(held) || held === undefined || (await pulumi.isSecret(value))
      ? value
      : held;
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map(known));
  }
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(async ([key, item]) => [key, await known(item)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
  return value;
}

/** What an output holds, unknown parts and all; `undefined` where it is unknown as a whole. */
function valueOf(output: pulumi.Output<unknown>): Promise<unknown> {
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- an output of the SDK has it, beside its declared members; source: pulumi/pulumi, sdk/nodejs/output.ts
  return (output as unknown as { promise(withUnknowns: boolean): Promise<unknown> }).promise(true);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
