import * as pulumi from "@pulumi/pulumi";

/** A text that arrived as a secret, or as a part of one. */
export interface SecretText {
  /** The argument, as `destination.keyArn`. */
  readonly path: string;
  readonly text: string;
}

export interface KnownValues<T> {
  /** What is not known yet is still an output. */
  readonly values: T;
  /** What must not be shown of them. */
  readonly secrets: readonly SecretText[];
}

/**
 * Arguments with the values of outputs that are known in their place, for checking: what a program in another language
 * gives is known by now, or stays unknown until the update.
 *
 * Never build anything of the result: it lacks the dependencies and the secrecy of what was given.
 */
export async function knownValues<T>(given: T): Promise<KnownValues<T>> {
  const secrets: SecretText[] = [];
  const values = await known(given, "", false, secrets);
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- an input of the same type as the output it was
  return { values: values as T, secrets };
}

async function known(
  value: unknown,
  path: string,
  isSecret: boolean,
  secrets: SecretText[],
): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const held: unknown = await valueOf(value);
    return pulumi.containsUnknowns(held) || held === undefined
      ? value
      : known(held, path, isSecret || (await pulumi.isSecret(value)), secrets);
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((item, index) => known(item, `${path}[${index}]`, isSecret, secrets)));
  }
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(async ([key, item]) => {
      const at = path === "" ? key : `${path}.${key}`;
      return [key, await known(item, at, isSecret, secrets)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }
  if (isSecret && (typeof value === "string" || typeof value === "number" || typeof value === "boolean")) {
    secrets.push({ path, text: String(value) });
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
