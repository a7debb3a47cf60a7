import type { CheckFailure } from "../../protocol/provider.ts";
import {
  ARCHIVE_SIGNATURE,
  ASSET_SIGNATURE,
  isUnknown,
  isWireMap,
  signatureOf,
} from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import type { ObjectSchema, Schema } from "../schema/schema.ts";
import { bare } from "../values.ts";

type Types = Schema["types"];

/** The names of the required properties of a schema. */
function required(schema: ObjectSchema): readonly string[] {
  return Object.keys(schema).filter((name) => !name.endsWith("?"));
}

function describe(type: string): string {
  if (type.endsWith("[]")) {
    return "a list";
  }
  if (type.startsWith("{")) {
    return "a map";
  }
  return type.startsWith("@") ? "an object" : `${/^[aeiou]/u.test(type) ? "an" : "a"} ${type}`;
}

/** Scalars as the provider takes them: it reads numbers and booleans out of texts, and writes them as texts. */
function isScalarOf(type: string, value: Wire): boolean {
  switch (type) {
    case "string":
      return typeof value !== "object";
    case "number":
      return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/u.test(value));
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    default:
      return true;
  }
}

function checkValue(path: string, type: string, wire: Wire, types: Types): readonly CheckFailure[] {
  const { value } = bare(wire);
  if (isUnknown(value) || value === null || type === "any" || type === "json") {
    return [];
  }
  const wrong = { property: path, reason: `expected ${describe(type)}: correct its type` };
  if (type.endsWith("[]")) {
    return Array.isArray(value)
      ? value.flatMap((part: Wire, index) => checkValue(`${path}[${index}]`, type.slice(0, -2), part, types))
      : [wrong];
  }
  if (type.startsWith("{")) {
    return isWireMap(value)
      ? Object.entries(value).flatMap(([key, part]) =>
          checkValue(`${path}["${key}"]`, type.slice(1, -1), part, types),
        )
      : [wrong];
  }
  if (type.startsWith("@")) {
    const schema = types[type.slice(1)];
    return isWireMap(value) && schema !== undefined ? checkShape(value, schema, types, `${path}.`) : [wrong];
  }
  if (type === "asset" || type === "archive") {
    const signature = type === "asset" ? ASSET_SIGNATURE : ARCHIVE_SIGNATURE;
    return signatureOf(value) === signature ? [] : [wrong];
  }
  return isScalarOf(type, value) ? [] : [wrong];
}

/** Refuses missing, unknown and wrongly typed properties, at every depth. Values that are not known yet pass. */
export function checkShape(
  inputs: WireMap,
  schema: ObjectSchema,
  types: Types,
  prefix = "",
): readonly CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const name of required(schema)) {
    if (inputs[name] === undefined || inputs[name] === null) {
      failures.push({ property: prefix + name, reason: `\`${name}\` is required: set it` });
    }
  }
  for (const [name, value] of Object.entries(inputs)) {
    const type = schema[name] ?? schema[`${name}?`];
    if (type === undefined) {
      failures.push({ property: prefix + name, reason: `\`${name}\` is not a property here: remove it` });
    } else {
      failures.push(...checkValue(prefix + name, type, value, types));
    }
  }
  return failures;
}
