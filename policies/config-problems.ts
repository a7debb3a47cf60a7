import type { PolicyConfigSchema } from "@pulumi/policy";

type PropertySchema = PolicyConfigSchema["properties"][string];

/** The words of JSON Schema that policies of the pack describe their configuration with, and that are checked here. */
export const SCHEMA_WORDS: readonly string[] = [
  "additionalProperties",
  "default",
  "description",
  "enum",
  "exclusiveMinimum",
  "items",
  "maximum",
  "minimum",
  "pattern",
  "type",
];

/**
 * What is wrong with a policy's configuration, all of it: each with the value, its place, and what is expected there.
 *
 * Pulumi's engine checks types by the same schema, and stops before the pack is asked; but not every engine does, and none
 * reports a property that the policy does not have: one that is misspelt would count for nothing, and nobody would know.
 */
export function configProblems(
  config: object,
  { properties }: Pick<PolicyConfigSchema, "properties">,
): readonly string[] {
  return Object.entries(config).flatMap(([name, value]: [string, unknown]) => {
    const schema = properties[name];
    return schema === undefined
      ? [`\`${name}\` is no property of this policy; expected ${oneOf(Object.keys(properties))}`]
      : problemsOf(value, schema, name);
  });
}

/** What is told of a policy whose configuration is wrong. */
export function configFault(policy: string, problems: readonly string[]): string {
  return `the configuration of the policy \`${policy}\` is wrong, and it decides nothing until that is mended:\n${problems.join("\n")}`;
}

function problemsOf(value: unknown, schema: PropertySchema, path: string): readonly string[] {
  if (!isOfType(value, schema) || !isInRange(value, schema)) {
    return [`\`${path}\` is \`${show(value)}\`: expected ${expected(schema)}`];
  }
  if (Array.isArray(value)) {
    const items = single(schema.items);
    return items === undefined
      ? []
      : value.flatMap((member: unknown, index) => problemsOf(member, items, `${path}[${index}]`));
  }
  if (typeof value === "object" && value !== null) {
    const members = single(schema.additionalProperties);
    return members === undefined
      ? []
      : Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
          problemsOf(member, members, `${path}.${name}`),
        );
  }
  return [];
}

/** A schema for all members; none where each has its own, or there is none. */
function single(schema: unknown): PropertySchema | undefined {
  return typeof schema === "object" && schema !== null ? schema : undefined;
}

function isOfType(value: unknown, { type }: PropertySchema): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "boolean":
    case "string":
      return typeof value === type;
    default:
      return true;
  }
}

function isInRange(value: unknown, schema: PropertySchema): boolean {
  if (schema.enum !== undefined) {
    return schema.enum.some((each) => each === value);
  }
  if (typeof value === "number") {
    const { minimum, maximum, exclusiveMinimum } = schema;
    return (
      (minimum === undefined || value >= minimum) &&
      (maximum === undefined || value <= maximum) &&
      (exclusiveMinimum === undefined || value > exclusiveMinimum)
    );
  }
  return typeof value !== "string" || schema.pattern === undefined || matches(value, schema.pattern);
}

function matches(value: string, pattern: string | RegExp): boolean {
  return new RegExp(pattern).test(value);
}

function expected(schema: PropertySchema): string {
  const { type, enum: values, pattern } = schema;
  if (values !== undefined) {
    return oneOf(values.map(String));
  }
  switch (type) {
    case "array":
      return `a list${ofEach(schema.items)}`;
    case "object":
      return `a map${ofEach(schema.additionalProperties)}`;
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number${range(schema)}`;
    case "number":
      return `a number${range(schema)}`;
    default:
      return pattern === undefined ? "a text" : `a text like \`${new RegExp(pattern).source}\``;
  }
}

function ofEach(schema: unknown): string {
  const each = single(schema);
  return each === undefined ? "" : ` whose members are each ${expected(each)}`;
}

function range({ minimum, maximum, exclusiveMinimum }: PropertySchema): string {
  return [
    minimum === undefined ? "" : ` from ${minimum}`,
    exclusiveMinimum === undefined ? "" : ` above ${exclusiveMinimum}`,
    maximum === undefined ? "" : ` to ${maximum}`,
  ].join("");
}

function oneOf(names: readonly string[]): string {
  return `${names.length > 1 ? "one of " : ""}${names.map((name) => `\`${name}\``).join(", ")}`;
}

const SHOWN = 80;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
