import * as pulumi from "@pulumi/pulumi";
import { unknownArgument } from "../core/nearest.ts";
import type { Problems } from "../core/problems.ts";
import { HIDDEN } from "./hidden.ts";
import type { ObjectSpec, PackageSchema, PropertySpec } from "./schema.ts";

/**
 * Inputs as they arrive from an engine, in the form that components are written for.
 *
 * An argument that decides what is built must be plain; `${logging.destination}` of a YAML program arrives as one
 * output, with parts that a first preview does not know. So what the schema calls plain is awaited, and objects, and
 * lists and maps that are plain, are opened: each of their parts becomes an output of its own, with the dependencies
 * and the secrecy of the whole.
 *
 * Laws: no dependency and no secret is lost; what an `Input` of the component is stays an output if it was one; every
 * argument that is missing, unknown to the schema or of the wrong type is a problem, and none is silently dropped. An
 * output that holds nothing, as `${access.keyPolicyDocument}` where no key needs a policy, is an argument not given.
 */
export async function settleInputs(
  schema: PackageSchema,
  token: string,
  inputs: Readonly<Record<string, unknown>>,
  problems: Problems,
): Promise<Record<string, unknown>> {
  const resource = schema.resources[token];
  if (resource === undefined) {
    throw new Error(
      `a component of type \`${token}\`, expected one of ${Object.keys(schema.resources)
        .map((known) => `\`${known}\``)
        .join(", ")}`,
    );
  }
  return settleObject(
    { schema, problems },
    inputs,
    { properties: resource.inputProperties, required: resource.requiredInputs ?? [] },
    "",
  );
}

interface Context {
  readonly schema: PackageSchema;
  readonly problems: Problems;
}

async function settleObject(
  context: Context,
  given: Readonly<Record<string, unknown>>,
  spec: ObjectSpec,
  path: string,
): Promise<Record<string, unknown>> {
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const entries = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  const settled = await Promise.all(
    entries.map(async ([name, value]): Promise<readonly (readonly [string, unknown])[]> => {
      const property = spec.properties[name];
      if (property === undefined) {
        context.problems.add(at(name), value, unknownArgument(name, Object.keys(spec.properties)));
        return [];
      }
      const result = await settle(context, value, property, at(name));
      return result === undefined ? [] : [[name, result]];
    }),
  );
  const present = new Set(settled.flatMap((result) => result.map(([name]) => name)));
  const told = (name: string): boolean =>
    context.problems.all.some(({ path: known }) => known === at(name) || isWithin(known, at(name)));
  for (const name of spec.required ?? []) {
    if (!present.has(name) && !told(name)) {
      context.problems.add(at(name), undefined, { expected: "a value", remedy: "it is required: add it" });
    }
  }
  return Object.fromEntries(settled.flat());
}

async function settle(context: Context, given: unknown, spec: PropertySpec, path: string): Promise<unknown> {
  const object = objectOf(context.schema, spec);
  if (object === undefined && spec.plain !== true) {
    return leaf(context, given, spec, path);
  }
  const value = isOutput(given) ? await opened(given) : given;
  if (value === undefined || value === null) {
    return undefined;
  }
  if (pulumi.isUnknown(value)) {
    context.problems.add(path, "unknown", {
      expected: "a value that is known in a preview, as it decides what is built",
      remedy: "give it as it is, not as the output of a resource that does not exist yet",
    });
    return undefined;
  }
  if (object !== undefined) {
    return isRecord(value)
      ? settleObject(context, value, object, path)
      : wrongType(context, value, "an object", path);
  }
  if (spec.items !== undefined) {
    const { items } = spec;
    return Array.isArray(value)
      ? Promise.all(value.map((item: unknown, index) => settle(context, item, items, `${path}[${index}]`)))
      : wrongType(context, value, "a list", path);
  }
  if (spec.additionalProperties !== undefined) {
    const { additionalProperties } = spec;
    if (!isRecord(value)) {
      return wrongType(context, value, "a map", path);
    }
    const entries = Object.entries(value).map(
      async ([key, item]) =>
        [key, await settle(context, item, additionalProperties, `${path}[${JSON.stringify(key)}]`)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  if (isOutput(given) && (await pulumi.isSecret(given))) {
    context.problems.add(path, HIDDEN, {
      expected: "no secret, as it decides what is built",
      remedy: "give it as a plain value",
    });
    return undefined;
  }
  return scalar(context, value, spec, path);
}

/** What a component takes as an `Input`: an output stays one. */
async function leaf(context: Context, given: unknown, spec: PropertySpec, path: string): Promise<unknown> {
  if (!isOutput(given)) {
    const problems = context.problems.all.length;
    conform(context, given, spec, path);
    if (context.problems.all.length > problems) {
      return undefined;
    }
    return pulumi.containsUnknowns(given) || containsOutput(given) ? pulumi.output(given) : given;
  }
  const value = await given.promise(true);
  if (value === undefined || value === null) {
    return (await given.isKnown) ? undefined : given;
  }
  const shown = (await pulumi.isSecret(given)) ? HIDDEN : undefined;
  conform(context, value, spec, path, shown);
  return given;
}

/** Adds what of a value, as far as it is known, is not of the declared type. */
function conform(context: Context, value: unknown, spec: PropertySpec, path: string, shown?: string): void {
  if (pulumi.isUnknown(value) || isOutput(value) || value === undefined || value === null) {
    return;
  }
  const { items, additionalProperties } = spec;
  if (items !== undefined) {
    if (!Array.isArray(value)) {
      wrongType(context, shown ?? value, "a list", path);
      return;
    }
    value.forEach((item: unknown, index) => conform(context, item, items, `${path}[${index}]`, shown));
  } else if (additionalProperties !== undefined) {
    if (!isRecord(value)) {
      wrongType(context, shown ?? value, "a map", path);
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      conform(context, item, additionalProperties, `${path}[${JSON.stringify(key)}]`, shown);
    }
  } else {
    scalar(context, value, spec, path, shown);
  }
}

function scalar(
  context: Context,
  value: unknown,
  spec: PropertySpec,
  path: string,
  shown: unknown = value,
): unknown {
  const expected = spec.$ref === undefined ? spec.type : isAny(spec) ? undefined : "string";
  return expected === undefined || expected === "object" || expected === "array" || typeof value === expected
    ? value
    : wrongType(context, shown, `a ${expected}`, path);
}

/** What the schema leaves to the component. */
function isAny({ $ref }: PropertySpec): boolean {
  return $ref === "pulumi.json#/Any";
}

function wrongType(context: Context, value: unknown, expected: string, path: string): undefined {
  context.problems.add(path, value, { expected, remedy: "give a value of that type" });
  return undefined;
}

/** The declared object type of a property; `undefined` for an enumeration, or where it is none. */
function objectOf(schema: PackageSchema, spec: PropertySpec): ObjectSpec | undefined {
  const type = spec.$ref?.startsWith("#/types/") === true ? schema.types[spec.$ref.slice(8)] : undefined;
  return type?.properties && { properties: type.properties, required: type.required ?? [] };
}

/** What an output of the SDK offers beside its declared members. Source: pulumi/pulumi, sdk/nodejs/output.ts. */
interface Opened {
  readonly isKnown: Promise<boolean>;
  promise(withUnknowns: boolean): Promise<unknown>;
  resources(): ReadonlySet<pulumi.Resource>;
}

function isOutput(value: unknown): value is pulumi.Output<unknown> & Opened {
  return pulumi.Output.isInstance(value);
}

/** The value of an output, unknown parts and all; the parts of a list or an object as outputs of their own. */
async function opened(output: pulumi.Output<unknown> & Opened): Promise<unknown> {
  const value = await output.promise(true);
  // An engine sends nothing in place of what is unknown as a whole.
  if (value === undefined && !(await output.isKnown)) {
    return pulumi.unknown;
  }
  const secret = await pulumi.isSecret(output);
  const urns = [...output.resources()].map(({ urn }) => urn);
  const part = (item: unknown): unknown => {
    const held = pulumi.all([pulumi.output(item), ...urns]).apply(([known]) => known);
    return secret ? pulumi.secret(held) : held;
  };
  if (Array.isArray(value)) {
    return value.map(part);
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, part(item)]))
    : value;
}

function containsOutput(value: unknown): boolean {
  return (
    isOutput(value) ||
    (typeof value === "object" && value !== null && Object.values(value).some((item) => containsOutput(item)))
  );
}

/** Whether a path leads into what another one names. */
export function isWithin(path: string, outer: string): boolean {
  return path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !pulumi.isUnknown(value) &&
    !pulumi.Resource.isInstance(value)
  );
}
