import type { Wire, WireMap } from "../protocol/wire.ts";
import { isWireMap } from "../protocol/wire.ts";
import { isEnforcement } from "./policy-levels.ts";
import type { Enforcement } from "./report.ts";

/**
 * The configuration of a policy pack: what its policies default to, then what the pack was made with, then what the
 * user gives.
 *
 * Source: pulumi/pulumi, pkg/resource/analyzer/config.go.
 */

export interface PolicyConfig {
  /** Undefined: not said here. */
  readonly enforcement: Enforcement | undefined;
  readonly properties: WireMap;
}

/** A policy as far as its configuration goes. */
export interface ConfigurablePolicy {
  readonly name: string;
  readonly enforcement: Enforcement;
  /** JSON schemas of the properties. */
  readonly properties: WireMap;
  readonly required: readonly string[];
}

export interface ResolvedConfig {
  readonly enforcement: Enforcement;
  readonly properties: WireMap;
}

/** Reads what a user gives (`--policy-pack-config`), reporting every mistake at once. */
export function parsePackConfig(config: { readonly [policy: string]: Wire }): {
  readonly config: ReadonlyMap<string, PolicyConfig>;
  readonly mistakes: readonly string[];
} {
  const parsed = new Map<string, PolicyConfig>();
  const mistakes: string[] = [];
  for (const [name, value] of Object.entries(config)) {
    if (isEnforcement(value)) {
      parsed.set(name, { enforcement: value, properties: {} });
    } else if (isWireMap(value)) {
      const { enforcementLevel: level, ...properties } = value;
      if (level === undefined || isEnforcement(level)) {
        parsed.set(name, { enforcement: level, properties });
      } else {
        // Its properties count all the same: what they lack would else be reported as missing.
        parsed.set(name, { enforcement: undefined, properties });
        mistakes.push(
          `\`${name}.enforcementLevel\` is \`${JSON.stringify(level)}\`: expected advisory, mandatory, remediate or disabled`,
        );
      }
    } else {
      mistakes.push(
        `\`${name}\` is \`${JSON.stringify(value)}\`: expected an enforcement level (advisory, mandatory, remediate, ` +
          "disabled) or an object of properties",
      );
    }
  }
  return { config: parsed, mistakes };
}

/** Lays configurations over the policies' defaults; later ones win, property by property. */
export function resolvePackConfig(
  policies: readonly ConfigurablePolicy[],
  layers: readonly ReadonlyMap<string, PolicyConfig>[],
): ReadonlyMap<string, ResolvedConfig> {
  const resolved = new Map<string, ResolvedConfig>(
    policies.map((policy) => [
      policy.name,
      { enforcement: policy.enforcement, properties: defaultsOf(policy.properties) },
    ]),
  );
  for (const layer of layers) {
    const all = layer.get("all")?.enforcement;
    for (const [name, current] of resolved) {
      const given = layer.get(name);
      resolved.set(name, {
        enforcement: given?.enforcement ?? all ?? current.enforcement,
        properties: { ...current.properties, ...given?.properties },
      });
    }
  }
  return resolved;
}

function defaultsOf(schemas: WireMap): WireMap {
  return Object.fromEntries(
    Object.entries(schemas).flatMap(([key, schema]): [string, Wire][] => {
      const value = isWireMap(schema) ? schema["default"] : undefined;
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Names in a user's configuration that no policy of the pack has. */
export function unknownPolicies(
  given: ReadonlyMap<string, PolicyConfig>,
  policies: readonly ConfigurablePolicy[],
): readonly string[] {
  const known = new Set(["all", ...policies.map((policy) => policy.name)]);
  return [...given.keys()].filter((name) => !known.has(name));
}

/** What is wrong with resolved properties, by the schemas that the policies declare. */
export async function schemaMistakes(
  policies: readonly ConfigurablePolicy[],
  resolved: ReadonlyMap<string, ResolvedConfig>,
): Promise<readonly string[]> {
  const checked = policies.filter(
    (policy) => Object.keys(policy.properties).length > 0 || policy.required.length > 0,
  );
  if (checked.length === 0) {
    return [];
  }
  const { Validator } = await import("@cfworker/json-schema");
  return checked.flatMap((policy) => {
    const schema = { type: "object", properties: policy.properties, required: [...policy.required] };
    const validator = new Validator(JSON.parse(JSON.stringify(schema)), "7", false);
    const { valid, errors } = validator.validate(resolved.get(policy.name)?.properties ?? {});
    return valid
      ? []
      : errors
          // A schema's own "properties" only repeats what its parts say.
          .filter((error) => error.keyword !== "properties")
          .map(
            (error) =>
              `\`${policy.name}${error.instanceLocation.slice(1).replaceAll("/", ".")}\`: ${error.error}`,
          );
  });
}
