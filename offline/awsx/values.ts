/**
 * Values as a component sees them: plain data, with a computed value wherever something is not known yet, is secret,
 * or was computed from another resource.
 *
 * The rules are those of Pulumi's Node.js SDK, which the awsx provider runs on: a secret inside a list or a map makes
 * the whole property secret, unless it came as an output value; what comes from outputs keeps what it was computed
 * from. Source: pulumi/pulumi, sdk/nodejs/runtime/rpc.ts and sdk/nodejs/provider/server.ts.
 */
import {
  isUnknown,
  isWireMap,
  OUTPUT_SIGNATURE,
  RESOURCE_SIGNATURE,
  secret,
  SECRET_SIGNATURE,
  signatureOf,
  UNKNOWN,
} from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";

export type Value = null | boolean | number | string | readonly Value[] | ValueMap | Computed;
export type ValueMap = { readonly [key: string]: Value | undefined };

/** A value that came, or will come, from outside of the component's own code. */
export class Computed {
  /** Undefined: the value is known to be absent. */
  readonly value: Value | undefined;
  readonly known: boolean;
  readonly secret: boolean;
  /** URNs of the resources it was computed from. */
  readonly dependencies: ReadonlySet<string>;

  constructor(
    value: Value | undefined,
    of: { readonly known: boolean; readonly secret: boolean; readonly dependencies: Iterable<string> },
  ) {
    this.value = of.known ? value : undefined;
    this.known = of.known;
    this.secret = of.secret;
    this.dependencies = new Set(of.dependencies);
  }
}

/** An unknown that stands inside plain data, as opposed to an unknown output value. */
const BARE_UNKNOWN = new Computed(undefined, { known: false, secret: false, dependencies: [] });

export function isValueMap(value: Value | undefined): value is ValueMap {
  return isObject(value) && !Array.isArray(value) && !(value instanceof Computed);
}

export function isValueList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function isObject(value: Value | undefined): value is readonly Value[] | ValueMap | Computed {
  return typeof value === "object" && value !== null;
}

/** The inputs of a component. Dependencies count where the value itself does not say what it was computed from. */
export function readInputs(
  inputs: WireMap,
  dependencies: { readonly [property: string]: readonly string[] },
): ValueMap {
  const values: { [property: string]: Value } = {};
  for (const [property, wire] of Object.entries(inputs)) {
    const read = readWire(wire);
    const urns = dependencies[property] ?? [];
    values[property] =
      read.secret || (urns.length > 0 && !containsComputed(read.value))
        ? new Computed(read.value, {
            known: !containsUnknown(read.value),
            secret: read.secret,
            dependencies: urns,
          })
        : read.value;
  }
  return values;
}

/** One property of a resource's outputs, computed from that resource. */
export function readOutput(wire: Wire, urn: string): Computed {
  const { value, secret: isSecret } = readWire(wire);
  return new Computed(value, { known: !containsUnknown(value), secret: isSecret, dependencies: [urn] });
}

interface ReadValue {
  readonly value: Value;
  readonly secret: boolean;
}

function readWire(wire: Wire): ReadValue {
  if (isUnknown(wire)) {
    return { value: BARE_UNKNOWN, secret: false };
  }
  if (Array.isArray(wire)) {
    const read = wire.map(readWire);
    return { value: read.map(({ value }) => value), secret: read.some((element) => element.secret) };
  }
  if (!isWireMap(wire)) {
    return { value: wire, secret: false };
  }
  switch (signatureOf(wire)) {
    case SECRET_SIGNATURE:
      return { value: readWire(wire["value"] ?? null).value, secret: true };
    case OUTPUT_SIGNATURE:
      return { value: readOutputValue(wire), secret: false };
    case RESOURCE_SIGNATURE:
      return readWire(wire["id"] === "" ? UNKNOWN : (wire["id"] ?? wire["urn"] ?? null));
    case undefined:
    default: {
      const read = Object.entries(wire).map(([key, child]) => [key, readWire(child)] as const);
      return {
        value: Object.fromEntries(read.map(([key, { value }]) => [key, value])),
        secret: read.some(([, child]) => child.secret),
      };
    }
  }
}

function readOutputValue(wire: WireMap): Computed {
  const inner = wire["value"];
  const read = inner === undefined ? undefined : readWire(inner);
  const urns = wire["dependencies"];
  return new Computed(read?.value, {
    known: read !== undefined && !containsUnknown(read.value),
    secret: wire["secret"] === true || read?.secret === true,
    dependencies: Array.isArray(urns) ? urns.filter((urn) => typeof urn === "string") : [],
  });
}

function some(value: Value | undefined, test: (computed: Computed) => boolean): boolean {
  if (value instanceof Computed) {
    return test(value) || some(value.value, test);
  }
  return isObject(value) && Object.values(value).some((child: Value | undefined) => some(child, test));
}

function containsComputed(value: Value): boolean {
  return some(value, (computed) => computed !== BARE_UNKNOWN);
}

/** Whether anything in it is not known, however deep. */
export function containsUnknown(value: Value | undefined): boolean {
  return some(value, (computed) => !computed.known);
}

/** Adds every URN that anything in `value` was computed from to `into`. */
export function collectDependencies(value: Value | undefined, into: Set<string>): void {
  some(value, (computed) => {
    for (const urn of computed.dependencies) {
      into.add(urn);
    }
    return false;
  });
}

/**
 * The value of a property as it travels to the engine. What is unknown is the sentinel, what is known and secret is
 * marked; the SDK of awsx 3.9.0 lets go of the mark while a value is unknown.
 * Undefined: the property is not sent.
 */
export function writeWire(value: Value | undefined): Wire | undefined {
  if (value instanceof Computed) {
    if (!value.known) {
      return UNKNOWN;
    }
    const inner = writeWire(value.value);
    return value.secret ? secret(inner ?? null) : inner;
  }
  if (isValueList(value)) {
    return value.map((element) => writeWire(element) ?? null);
  }
  if (isValueMap(value)) {
    const written: { [key: string]: Wire } = {};
    for (const [key, child] of Object.entries(value)) {
      const wire = writeWire(child);
      if (wire !== undefined) {
        written[key] = wire;
      }
    }
    return written;
  }
  return value;
}

/**
 * A value computed from others, as an `apply` over all of them: not known while any of them is not, secret where any
 * is, and computed from everything that they were.
 */
export function combine(
  values: readonly (Value | undefined)[],
  compute: (plain: readonly (Value | undefined)[]) => Value | undefined,
): Computed {
  const dependencies = new Set<string>();
  for (const value of values) {
    collectDependencies(value, dependencies);
  }
  const known = !values.some(containsUnknown);
  return new Computed(known ? compute(values.map(plain)) : undefined, {
    known,
    secret: values.some((value) => some(value, (computed) => computed.secret)),
    dependencies,
  });
}

/** The value without what it was computed from. Everything in it must be known. */
function plain(value: Value | undefined): Value | undefined {
  if (value instanceof Computed) {
    return plain(value.value);
  }
  if (isValueList(value)) {
    return value.map((element) => plain(element) ?? null);
  }
  if (isValueMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plain(child)]));
  }
  return value;
}
