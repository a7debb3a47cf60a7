import type { CheckFailure } from "../../protocol/provider.ts";
import { isUnknown, isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import type { Place } from "../place.ts";
import { bare } from "../values.ts";

/** What a rule looks at: the inputs with their wrappings. */
export interface Subject {
  /** With the provider's defaults. */
  readonly inputs: WireMap;
  /** As the program gave them. */
  readonly given: WireMap;
  readonly place: Place;
}

/** Something AWS or its provider refuses. What is unknown is never refused: it is decided when it is known. */
export type Rule = (subject: Subject) => readonly CheckFailure[];

/** Says why a known plain value is refused, as the end of a sentence about it; undefined where it is fine. */
export type Format = (value: Wire, place: Place) => string | undefined;

/** One value at a path of the inputs. */
export interface Found {
  /** The path with its indexes: `ingress[0].fromPort`. */
  readonly path: string;
  readonly value: Wire;
  readonly secret: boolean;
}

/** Splits `ingress[].cidrBlocks[]` into `ingress`, `[]`, `cidrBlocks`, `[]`. */
function steps(pattern: string): readonly string[] {
  return pattern.split(/(\[\])|\./u).filter((step) => step !== undefined && step !== "");
}

/**
 * The known values at a path pattern such as `ingress[].cidrBlocks[]` (`[]` is every element of a list or map); values
 * with an unknown part are left out.
 */
export function known(inputs: WireMap, pattern: string): readonly Found[] {
  return present(inputs, pattern).flatMap((found) => {
    const stripped = bare(found.value);
    return stripped.unknown
      ? []
      : [{ ...found, value: stripped.value, secret: found.secret || stripped.secret }];
  });
}

/** The values at a path pattern, unknown ones too. */
export function present(inputs: WireMap, pattern: string): readonly Found[] {
  let found: readonly Found[] = [{ path: "", value: inputs, secret: false }];
  for (const step of steps(pattern)) {
    found = found.flatMap((at) => descend(at, step));
  }
  return found;
}

function descend(at: Found, step: string): readonly Found[] {
  const { value, secret } = at.path === "" ? { value: at.value, secret: false } : bare(at.value);
  const isSecret = at.secret || secret;
  if (isUnknown(value)) {
    return [];
  }
  if (step === "[]") {
    if (Array.isArray(value)) {
      return value.map((part: Wire, index) => ({
        path: `${at.path}[${index}]`,
        value: part,
        secret: isSecret,
      }));
    }
    return isWireMap(value)
      ? Object.entries(value).map(([key, part]) => ({
          path: `${at.path}["${key}"]`,
          value: part,
          secret: isSecret,
        }))
      : [];
  }
  const part = isWireMap(value) ? value[step] : undefined;
  return part === undefined || part === null
    ? []
    : [{ path: at.path === "" ? step : `${at.path}.${step}`, value: part, secret: isSecret }];
}

/** A value as a message may show it: secrets are not shown, long ones are cut. */
export function shown(found: Found): string {
  if (found.secret) {
    return "the secret value";
  }
  const text = typeof found.value === "string" ? found.value : JSON.stringify(found.value);
  return `\`${text.length > 80 ? `${text.slice(0, 77)}...` : text}\``;
}

/** Refuses values at a path pattern that do not have a format. */
export function format(pattern: string, ...formats: readonly Format[]): Rule {
  return ({ inputs, place }) =>
    known(inputs, pattern).flatMap((found) => {
      const reason = formats.map((one) => one(found.value, place)).find((text) => text !== undefined);
      return reason === undefined ? [] : [{ property: found.path, reason: `${shown(found)} ${reason}` }];
    });
}

type Presence = "absent" | "present" | "unknown";

function presence(scope: WireMap, property: string): Presence {
  const value = scope[property];
  if (value === undefined || value === null) {
    return "absent";
  }
  const stripped = bare(value).value;
  if (isUnknown(stripped)) {
    return "unknown";
  }
  const empty = stripped === "" || (Array.isArray(stripped) && stripped.length === 0);
  return empty ? "absent" : "present";
}

/** Applies `check` to every object at `pattern`; the empty pattern is the inputs themselves. */
function within(pattern: string, check: (scope: WireMap, path: string) => readonly CheckFailure[]): Rule {
  return ({ inputs }) => {
    if (pattern === "") {
      return check(inputs, "");
    }
    return present(inputs, pattern).flatMap((found) => {
      const value = bare(found.value).value;
      return isWireMap(value) ? check(value, `${found.path}.`) : [];
    });
  };
}

function list(properties: readonly string[]): string {
  return properties.map((property) => `\`${property}\``).join(", ");
}

/** Refuses two or more of `properties` at once. An unknown one is decided when it is known. */
export function exclusive(properties: readonly string[], scope = ""): Rule {
  return within(scope, (inputs, path) => {
    const given = properties.filter((property) => presence(inputs, property) === "present");
    const [first] = given;
    return given.length > 1 && first !== undefined
      ? [{ property: path + first, reason: `${list(given)} exclude each other: keep one of them` }]
      : [];
  });
}

/** Refuses inputs without any of `properties`. */
export function atLeastOne(properties: readonly string[], scope = ""): Rule {
  return within(scope, (inputs, path) =>
    properties.every((property) => presence(inputs, property) === "absent")
      ? [{ property: path.replace(/\.$/u, ""), reason: `one of ${list(properties)} is required: set it` }]
      : [],
  );
}

/** Refuses inputs with none, or with several, of `properties`. */
export function exactlyOne(properties: readonly string[], scope = ""): Rule {
  const none = atLeastOne(properties, scope);
  const several = exclusive(properties, scope);
  return (subject) => [...none(subject), ...several(subject)];
}

/** Refuses `property` without any of `others`. */
export function needs(property: string, others: readonly string[], scope = ""): Rule {
  return within(scope, (inputs, path) =>
    presence(inputs, property) === "present" && others.every((other) => presence(inputs, other) === "absent")
      ? [{ property: path + property, reason: `\`${property}\` needs ${list(others)} beside it: set it too` }]
      : [],
  );
}

/** Applies a rule to what the program gave, without the provider's defaults. */
export function ofGiven(rule: Rule): Rule {
  return (subject) => rule({ ...subject, inputs: subject.given });
}

/** Refuses inputs where `refuse`, which is given the known scalars of a scope, returns a reason. */
export function together(
  properties: readonly string[],
  refuse: (
    values: readonly (Wire | undefined)[],
  ) => { readonly property: string; readonly reason: string } | undefined,
  scope = "",
): Rule {
  return within(scope, (inputs, path) => {
    if (properties.some((property) => inputs[property] !== undefined && bare(inputs[property]).unknown)) {
      return [];
    }
    const values = properties.map((property) => {
      const value = inputs[property];
      return value === undefined || value === null ? undefined : bare(value).value;
    });
    const failure = refuse(values);
    return failure === undefined ? [] : [{ property: path + failure.property, reason: failure.reason }];
  });
}
