import {
  isUnknown,
  isWireMap,
  OUTPUT_SIGNATURE,
  RESOURCE_SIGNATURE,
  secret,
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  signatureOf,
  UNKNOWN,
} from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";

/**
 * What the engine does to property values between the program, the providers and the packs.
 *
 * Every function is pure and returns the value it was given where nothing has to change, so that a deep structure is
 * copied only where a special value stands in it.
 *
 * Source: pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go and pkg/resource/deploy/source_eval.go.
 */

export function mapValues(map: WireMap, change: (value: Wire, key: string) => Wire): WireMap {
  let changed: { [key: string]: Wire } | undefined;
  for (const [key, value] of Object.entries(map)) {
    const next = change(value, key);
    if (next !== value) {
      changed ??= { ...map };
      changed[key] = next;
    }
  }
  return changed ?? map;
}

export function mapChildren(value: Wire, change: (child: Wire) => Wire): Wire {
  if (Array.isArray(value)) {
    const array: readonly Wire[] = value;
    const next = array.map(change);
    return next.some((child, index) => child !== array[index]) ? next : value;
  }
  return isWireMap(value) ? mapValues(value, change) : value;
}

function someValue(value: Wire, holds: (value: Wire) => boolean): boolean {
  if (holds(value)) {
    return true;
  }
  if (Array.isArray(value)) {
    const array: readonly Wire[] = value;
    return array.some((child) => someValue(child, holds));
  }
  return isWireMap(value) && Object.values(value).some((child) => someValue(child, holds));
}

function isUnknownOutput(value: Wire): boolean {
  return signatureOf(value) === OUTPUT_SIGNATURE && isWireMap(value) && !("value" in value);
}

/** Whether any part of a value is not known. */
export function containsUnknown(value: Wire): boolean {
  return someValue(value, (part) => isUnknown(part) || isUnknownOutput(part));
}

export function isSecret(value: Wire | undefined): boolean {
  return signatureOf(value) === SECRET_SIGNATURE;
}

/** Wraps a value as a secret, unless it is one. */
export function asSecret(value: Wire): Wire {
  return isSecret(value) ? value : secret(value);
}

/** Output values become what older parts of the protocol know: a plain value, an unknown, a secret. */
export function downgradeOutputs(value: Wire): Wire {
  if (isWireMap(value) && value[SIGNATURE_KEY] === OUTPUT_SIGNATURE) {
    const inner = value["value"];
    const plain = inner === undefined ? UNKNOWN : downgradeOutputs(inner);
    return value["secret"] === true ? asSecret(plain) : plain;
  }
  return mapChildren(value, downgradeOutputs);
}

/** Secrets and unknowns become output values, as remote components and transforms receive them. */
export function upgradeToOutputs(value: Wire): Wire {
  if (isUnknown(value)) {
    return { [SIGNATURE_KEY]: OUTPUT_SIGNATURE };
  }
  if (isWireMap(value) && value[SIGNATURE_KEY] === SECRET_SIGNATURE) {
    return {
      [SIGNATURE_KEY]: OUTPUT_SIGNATURE,
      secret: true,
      value: upgradeToOutputs(value["value"] ?? null),
    };
  }
  if (signatureOf(value) === RESOURCE_SIGNATURE) {
    return value;
  }
  return mapChildren(value, upgradeToOutputs);
}

/** The value as an output value that depends on `dependencies` too. */
export function withDependencies(value: Wire, dependencies: ReadonlySet<string>): Wire {
  const present = outputDependencies(value);
  if ([...dependencies].every((urn) => present.has(urn))) {
    return value;
  }
  const output = isWireMap(value) && value[SIGNATURE_KEY] === OUTPUT_SIGNATURE ? value : undefined;
  const own = output === undefined ? [] : urnsOf(output["dependencies"]);
  return {
    ...(output ?? { [SIGNATURE_KEY]: OUTPUT_SIGNATURE, value }),
    dependencies: [...new Set([...own, ...dependencies])],
  };
}

function urnsOf(value: Wire | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((urn) => typeof urn === "string") : [];
}

/** The URNs that the output values within a value depend on. */
export function outputDependencies(value: Wire, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) {
    for (const child of value) {
      outputDependencies(child, found);
    }
  } else if (isWireMap(value)) {
    if (value[SIGNATURE_KEY] === OUTPUT_SIGNATURE) {
      for (const urn of urnsOf(value["dependencies"])) {
        found.add(urn);
      }
      outputDependencies(value["value"] ?? null, found);
    } else {
      for (const child of Object.values(value)) {
        outputDependencies(child, found);
      }
    }
  }
  return found;
}

/** Takes the secret wrapping off, for a reader that does not understand it. */
export function withoutSecrets(value: Wire): Wire {
  if (isWireMap(value) && value[SIGNATURE_KEY] === SECRET_SIGNATURE) {
    return withoutSecrets(value["value"] ?? null);
  }
  return mapChildren(value, withoutSecrets);
}

/** A reference to a resource becomes its id, or its URN where it has none. */
export function withoutResources(value: Wire): Wire {
  if (isWireMap(value) && value[SIGNATURE_KEY] === RESOURCE_SIGNATURE) {
    const id = value["id"];
    if (id === undefined) {
      return value["urn"] ?? null;
    }
    return id === "" ? UNKNOWN : id;
  }
  return mapChildren(value, withoutResources);
}

/** Whether any part of a value is secret. */
export function containsSecret(value: Wire): boolean {
  return someValue(value, isSecret);
}

/**
 * Marks as secret again what a policy handed back in the clear, wherever a value of the same name was secret before.
 */
export function keepSecrets(after: WireMap, before: WireMap): WireMap {
  return mapValues(after, (value, key) => {
    const old = before[key];
    if (old === undefined || isSecret(value)) {
      return value;
    }
    if (isPlainObject(value) && isPlainObject(old)) {
      return keepSecrets(value, old);
    }
    return containsSecret(old) ? secret(value) : value;
  });
}

function isPlainObject(value: Wire): value is WireMap {
  return isWireMap(value) && signatureOf(value) === undefined;
}

/** Without the properties that the engine keeps for itself (`__defaults`, `__internal`). */
export function withoutInternalKeys(map: WireMap): WireMap {
  const keys = Object.keys(map);
  return keys.some((key) => key.startsWith("__"))
    ? Object.fromEntries(Object.entries(map).filter(([key]) => !key.startsWith("__")))
    : map;
}
