import { UNKNOWN, isWireMap, signatureOf } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import type { Model } from "./model.ts";
import type { Place } from "./place.ts";
import { Reading } from "./reading.ts";
import type { ResourceSchema } from "./schema/schema.ts";
import { asText, bare, canonical } from "./values.ts";

/**
 * What ids and other made-up values of a resource are derived from: its URN, and the inputs whose change makes
 * another resource, so that a replacement gets another id.
 */
export function identityOf(urn: string, inputs: WireMap, model: Model): string {
  const plain = bare(inputs).value;
  const own: Record<string, Wire> = {};
  if (isWireMap(plain)) {
    for (const name of ["region", ...model.replaces]) {
      own[name] = plain[name] ?? null;
    }
    for (const [name, part] of Object.entries(model.replacesPart ?? {})) {
      own[name] = part(plain);
    }
  }
  return `${urn}\n${canonical(own)}`;
}

function names(schema: ResourceSchema): readonly { readonly name: string; readonly always: boolean }[] {
  return Object.keys(schema.outputs).map((key) =>
    key.endsWith("?") ? { name: key.slice(0, -1), always: false } : { name: key, always: true },
  );
}

/** What the provider reads back for an optional input that AWS has no value for; nothing for an object. */
function zeroOf(type: string): Wire | undefined {
  if (type.endsWith("[]")) {
    return [];
  }
  if (type.startsWith("{")) {
    return {};
  }
  switch (type) {
    case "string":
    case "json":
      return "";
    case "number":
      return 0;
    case "boolean":
      return false;
    default:
      return undefined;
  }
}

/** What AWS adds to an object is unknown in a preview; what was given stays. */
function leftOpen(whole: Wire, given: Wire | undefined): Wire {
  if (!isWireMap(whole) || !isWireMap(given) || signatureOf(whole) !== undefined) {
    return given ?? UNKNOWN;
  }
  return Object.fromEntries(Object.keys(whole).map((key) => [key, given[key] ?? UNKNOWN]));
}

/** The outputs of a resource: its inputs, what AWS computes, and in a preview unknowns in the place of that. */
export function outputsOf(
  model: Model,
  schema: ResourceSchema,
  inputs: WireMap,
  reading: Reading,
  preview: boolean,
): WireMap {
  const outputs: Record<string, Wire> = {};
  for (const { name, always } of names(schema)) {
    const given = inputs[name];
    const planned = model.planned?.[name];
    const computed = model.computed?.[name] ?? model.completed?.[name];
    const completed = model.completed?.[name];
    if (planned !== undefined) {
      outputs[name] = reading.evaluate(planned);
    } else if (completed !== undefined && (given !== undefined || !preview)) {
      const whole = reading.evaluate(completed);
      outputs[name] = preview ? leftOpen(whole, given) : whole;
    } else if (given !== undefined && given !== null) {
      outputs[name] = given;
    } else if (computed !== undefined) {
      outputs[name] = preview ? UNKNOWN : reading.evaluate(computed);
    } else if (always) {
      const optionalInput = schema.inputs[`${name}?`];
      const zero = optionalInput === undefined || preview ? UNKNOWN : zeroOf(optionalInput);
      if (zero !== undefined) {
        outputs[name] = zero;
      }
    }
  }
  return outputs;
}

/** The reading of a resource that is being created, with the id it gets. */
export function newReading(model: Model, urn: string, inputs: WireMap, place: Place): Reading {
  const first = new Reading(inputs, identityOf(urn, inputs, model), place, "");
  const id = first.evaluate((reading) => model.id(reading));
  const plainId = bare(id);
  // An id made of something that is not known is not known either.
  return plainId.unknown ? first : existingReading(model, inputs, place, asText(plainId.value));
}

/** The reading of a resource that has an id. What is made up for it follows from its type and id. */
export function existingReading(model: Model, inputs: WireMap, place: Place, id: string): Reading {
  return new Reading(inputs, `${model.type}\n${id}`, place, id);
}
