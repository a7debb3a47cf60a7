import { type Data, isDataMap, UNKNOWN } from "./data.ts";

/** A value and where it stands, such as `ingress[0].cidrBlocks`. */
export interface Place {
  /** `undefined`: nothing is there. */
  readonly data: Data | undefined;
  /** For an unknown value: the place of the outermost value that is not known. */
  readonly path: string;
  /** Set below a value that is no map, where nothing can stand: `data` and `path` are that value's. */
  readonly noMap?: true;
}

export function root(data: Data): Place {
  return { data, path: "" };
}

/**
 * The property of a map. Below an unknown everything is that unknown, below what is absent everything is absent, and
 * below any other value that is no map everything is malformed.
 */
export function at(place: Place, key: string): Place {
  if (place.data === UNKNOWN || place.noMap === true) {
    return place;
  }
  const path = place.path === "" ? key : `${place.path}.${key}`;
  if (isAbsent(place)) {
    return { data: undefined, path };
  }
  if (!isDataMap(place.data)) {
    return { ...place, noMap: true };
  }
  return { data: Object.hasOwn(place.data, key) ? place.data[key] : undefined, path };
}

/** The first of several properties that is there: for names that a resource changed between versions. */
export function atFirst(place: Place, ...keys: readonly [string, ...string[]]): Place {
  const [first, ...others] = keys;
  let found = at(place, first);
  for (const key of others) {
    if (!isAbsent(found)) {
      return found;
    }
    found = at(place, key);
  }
  return isAbsent(found) ? at(place, first) : found;
}

export function isAbsent(place: Place): boolean {
  return place.data === undefined || place.data === null;
}
