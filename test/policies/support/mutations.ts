import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";

/** Where a value stands in a resource's properties. */
export type Path = readonly (string | number)[];

/** Every place in a value, the value itself included. Texts that hold JSON are entered as their text only. */
export function placesIn(value: unknown, path: Path = []): readonly Path[] {
  const own: readonly Path[] = path.length === 0 ? [] : [path];
  if (typeof value !== "object" || value === null || isUnknown(value)) {
    return own;
  }
  return [
    ...own,
    ...(Array.isArray(value)
      ? value.flatMap((member: unknown, index) => placesIn(member, [...path, index]))
      : Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]))),
  ];
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (Reflect.get(inner, key) as unknown) : undefined,
    value,
  );
}

/** The value with another one at a place; nothing is changed in place. */
export function withValue(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return replacement;
  }
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) =>
      index === key ? withValue(member, rest, replacement) : member,
    );
  }
  return { ...Object(value), [key]: withValue(valueAt(value, [key]), rest, replacement) };
}

/** The resources with another value at a place of one of them. */
export function withProperty(
  resources: readonly ExampleResource[],
  index: number,
  path: Path,
  replacement: unknown,
): readonly ExampleResource[] {
  return resources.map((resource, position) => {
    if (position !== index) {
      return resource;
    }
    const props = withValue(resource.props, path, replacement);
    return { ...resource, props: Object.fromEntries(Object.entries(Object(props))) };
  });
}

function isUnknown(value: object): boolean {
  return "unknown" in value && Object.keys(value).length === 1;
}
