import schemaJson from "@bastionless/offline/aws/schema/schema.json" with { type: "json" };
import type { ObjectSchema, Schema } from "@bastionless/offline/aws/schema/schema.ts";

const SCHEMA: Schema = schemaJson;

/** A type in the language of Pulumi's package schemas. */
type TypeSpec =
  | { readonly type: string }
  | { readonly $ref: string }
  | { readonly type: "array"; readonly items: TypeSpec }
  | { readonly type: "object"; readonly additionalProperties: TypeSpec };

interface ObjectSpec {
  readonly properties: { readonly [name: string]: TypeSpec };
  readonly required: readonly string[];
}

/**
 * Pulumi's schema of the types that the simulated AWS models, for hosts of languages that read one before they register
 * anything. Written after https://www.pulumi.com/docs/iac/using-pulumi/pulumi-packages/schema/.
 */
export function awsPackageSchema(): object {
  return {
    name: "aws",
    version: SCHEMA.version,
    meta: { moduleFormat: "(.*)(?:/[^/]*)" },
    provider: { inputProperties: objectSpec(SCHEMA.provider).properties },
    resources: mapValues(SCHEMA.resources, ({ inputs, outputs }) => {
      const asked = objectSpec(inputs);
      return { ...objectSpec(outputs), inputProperties: asked.properties, requiredInputs: asked.required };
    }),
    types: Object.fromEntries(
      Object.entries(SCHEMA.types).map(([path, shape]) => [
        typeToken(path),
        { type: "object", ...objectSpec(shape) },
      ]),
    ),
  };
}

function objectSpec(shape: ObjectSchema): ObjectSpec {
  const entries = Object.entries(shape);
  return {
    properties: Object.fromEntries(entries.map(([name, type]) => [name.replace(/\?$/, ""), typeSpec(type)])),
    required: entries.map(([name]) => name).filter((name) => !name.endsWith("?")),
  };
}

function typeSpec(type: string): TypeSpec {
  if (type.endsWith("[]")) {
    return { type: "array", items: typeSpec(type.slice(0, -2)) };
  }
  if (type.startsWith("{")) {
    return { type: "object", additionalProperties: typeSpec(type.slice(1, -1)) };
  }
  if (type.startsWith("@")) {
    return { $ref: `#/types/${typeToken(type.slice(1))}` };
  }
  const plain = PLAIN[type];
  if (plain === undefined) {
    throw new Error(
      `the schema of the simulated AWS has the type \`${type}\`, which is none of its language`,
    );
  }
  return plain;
}

const PLAIN: { readonly [type: string]: TypeSpec } = {
  string: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  json: { type: "string" },
  any: { $ref: "pulumi.json#/Any" },
  asset: { $ref: "pulumi.json#/Asset" },
  archive: { $ref: "pulumi.json#/Archive" },
};

/** `ec2.InstanceRootBlockDevice` is `aws:ec2/InstanceRootBlockDevice:InstanceRootBlockDevice`. */
function typeToken(path: string): string {
  const [name = "", module = "index"] = path.split(".").toReversed();
  return `aws:${module}/${name}:${name}`;
}

function mapValues<T, U>(
  map: { readonly [key: string]: T },
  change: (value: T) => U,
): { readonly [key: string]: U } {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
