import type { Wire, WireMap } from "./wire.ts";

/**
 * Data that a JSON or YAML parser returned, as a value of the wire.
 *
 * @throws TypeError for what JSON has no form for, such as a date.
 */
export function toWire(data: unknown): Wire {
  switch (typeof data) {
    case "string":
    case "boolean":
    case "number":
      return data;
    case "object":
      if (data === null) {
        return null;
      }
      return Array.isArray(data) ? data.map(toWire) : toWireMap(data);
    default:
      throw new TypeError(`a value of type \`${typeof data}\` has no form in JSON`);
  }
}

/** As `toWire`, for what must be an object. Properties that are undefined are left out, as JSON does. */
export function toWireMap(data: object): WireMap {
  const prototype: unknown = Object.getPrototypeOf(data);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`an instance of \`${data.constructor.name}\` has no form in JSON`);
  }
  const values: { [key: string]: Wire } = {};
  for (const [key, value] of Object.entries(data)) {
    if (value !== undefined) {
      Object.defineProperty(values, key, {
        value: toWire(value),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
  return values;
}
