import { type Data, UNKNOWN } from "./data.ts";
import { isAbsent, type Place } from "./place.ts";

/**
 * What reading a value found. `malformed` is a value that is there, but not of a form that AWS or Pulumi takes: it
 * settles nothing, and is never taken for absent.
 */
export type Read<T> =
  | { readonly kind: "known"; readonly value: T }
  | { readonly kind: "absent"; readonly path: string }
  | Unreadable;

/** A value that is there, and cannot be told. */
export type Unreadable =
  | { readonly kind: "unknown"; readonly path: string }
  | { readonly kind: "malformed"; readonly path: string; readonly expected: string; readonly found: string };

export function known<T>(value: T): Read<T> {
  return { kind: "known", value };
}

export function isUnreadable<T>(read: Read<T>): read is Unreadable {
  return read.kind === "unknown" || read.kind === "malformed";
}

/** The first of several values that cannot be told. */
export function firstUnreadable(...reads: readonly Read<unknown>[]): Unreadable | undefined {
  return reads.flatMap((read) => (isUnreadable(read) ? [read] : []))[0];
}

/** The value; a fallback where it is absent; undefined where it cannot be told. */
export function valueOr<T, U>(read: Read<T>, whenAbsent: U): T | U | undefined {
  switch (read.kind) {
    case "known":
      return read.value;
    case "absent":
      return whenAbsent;
    case "unknown":
    case "malformed":
      return undefined;
  }
}

export function mapRead<T, U>(read: Read<T>, transform: (value: T) => U): Read<U> {
  return read.kind === "known" ? known(transform(read.value)) : read;
}

export function readText(place: Place): Read<string> {
  return readAs(place, "a text", (data) => (typeof data === "string" ? data : undefined));
}

/**
 * A number without fraction, or its plain decimal digits: providers take `"22"` for 22. With a zero before them they are
 * malformed: providers do not agree whether `"026"` is 26, or 22 as octal digits.
 */
export function readInteger(place: Place): Read<number> {
  return readAs(place, "a whole number", (data) => {
    if (typeof data === "string") {
      return /^(?:0|-?[1-9][0-9]{0,14})$/.test(data) ? Number(data) : undefined;
    }
    return typeof data === "number" && Number.isSafeInteger(data) ? data : undefined;
  });
}

/** A boolean, or the words `"true"` and `"false"`, which providers take for one. */
export function readBoolean(place: Place): Read<boolean> {
  return readAs(place, "true or false", (data) => {
    if (typeof data === "boolean") {
      return data;
    }
    return data === "true" ? true : data === "false" ? false : undefined;
  });
}

/** The members of a list, each a place of its own. Members that are null are left out, as providers do. */
export function readList(place: Place): Read<readonly Place[]> {
  return readAs(place, "a list", (data) => (Array.isArray(data) ? members(place, data) : undefined));
}

/** The members of a list, or one value that stands for a list of one: blocks of older providers come either way. */
export function readOneOrList(place: Place): Read<readonly Place[]> {
  return readAs(place, "a list", (data) => (Array.isArray(data) ? members(place, data) : [place]));
}

function members(place: Place, data: readonly Data[]): readonly Place[] {
  return data
    .map((member, index): Place => ({ data: member, path: `${place.path}[${index}]` }))
    .filter((member) => member.data !== null);
}

function readAs<T>(place: Place, expected: string, take: (data: Data) => T | undefined): Read<T> {
  const { data, path } = place;
  if (data === UNKNOWN) {
    return { kind: "unknown", path };
  }
  if (data === undefined || isAbsent(place)) {
    return { kind: "absent", path };
  }
  if (place.noMap === true) {
    return { kind: "malformed", path, expected: "an object", found: excerpt(data) };
  }
  const value = take(data);
  return value === undefined ? { kind: "malformed", path, expected, found: excerpt(data) } : known(value);
}

const EXCERPT_LENGTH = 60;

/** What stands there, short enough for a message. */
export function excerpt(data: Data): string {
  const text =
    data === UNKNOWN ? "unknown" : (JSON.stringify(data, (_, value: unknown) => plain(value)) ?? "nothing");
  return text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text;
}

function plain(value: unknown): unknown {
  return value === UNKNOWN ? "(unknown)" : value;
}
