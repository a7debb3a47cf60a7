import { isWireMap, type Wire, type WireMap } from "@bastionless/offline/protocol/wire.ts";

/** The value at a key where it is an object; an empty one where there is none: engines leave out what is empty. */
export function mapAt(value: Wire | undefined, key: string): WireMap {
  const found = isWireMap(value) ? value[key] : undefined;
  return isWireMap(found) ? found : {};
}

export function stringAt(value: Wire | undefined, key: string): string {
  const found = isWireMap(value) ? value[key] : undefined;
  return typeof found === "string" ? found : "";
}

export function numberAt(value: Wire | undefined, key: string): number {
  const found = isWireMap(value) ? value[key] : undefined;
  return typeof found === "number" ? found : 0;
}

export function booleanAt(value: Wire | undefined, key: string): boolean {
  return isWireMap(value) && value[key] === true;
}

export function listAt(value: Wire | undefined, key: string): readonly Wire[] {
  const found = isWireMap(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

export function stringsAt(value: Wire | undefined, key: string): readonly string[] {
  return listAt(value, key).filter((entry) => typeof entry === "string");
}

/** An object of lists of strings, each list sorted. */
export function stringListsAt(
  value: Wire | undefined,
  key: string,
): { readonly [name: string]: readonly string[] } {
  const map = mapAt(value, key);
  return Object.fromEntries(Object.keys(map).map((name) => [name, stringsAt(map, name).toSorted()]));
}

/** Parses a JSON object. Throws where the text is none. */
export function parseMap(text: string): WireMap {
  const parsed: Wire = JSON.parse(text);
  if (!isWireMap(parsed)) {
    throw new Error(`expected a JSON object, found \`${text.slice(0, 80)}\``);
  }
  return parsed;
}
