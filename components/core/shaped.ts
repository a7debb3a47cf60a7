import { Output } from "@pulumi/pulumi";
import { ARGUMENT_SHAPES } from "./argument-shapes.ts";
import { unknownArgument } from "./nearest.ts";
import type { Problems } from "./problems.ts";
import type { ObjectShape, Shape } from "./shapes.ts";

/**
 * Checks that arguments are of the types that they are declared with, and that there are none besides: no compiler reads
 * programs in JavaScript, and TypeScript lets a misspelt property through where an object has a name.
 *
 * Laws: arguments of the right shape come back as they are. Of others, every wrong value is a problem, and is left out, or
 * replaced by an empty one of its type where it is needed, so that a plan can go on and tell what else is wrong; what the
 * plan finds at the same place or below is not told. `null` is no value, and `undefined` is one that is not there. A number
 * is finite. Nothing is dropped in silence: a property that the type does not have is a problem, but of an instance of a
 * class, such as a component.
 */
export function shaped<A extends object>(problems: Problems, type: keyof typeof ARGUMENT_SHAPES, args: A): A {
  const given: unknown = args === undefined ? {} : args;
  const shape: Shape = { object: type };
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is that of the type, generated from it
  return shapedValue(problems, shape, given, "") as A;
}

type Properties = Readonly<Record<string, unknown>>;

function shapedValue(problems: Problems, shape: Shape, value: unknown, path: string): unknown {
  if (typeof shape === "string") {
    return isScalar(shape, value) ? value : refused(problems, shape, value, path);
  }
  if ("input" in shape) {
    if (isLater(value)) {
      return value;
    }
    return isOfKind(shape.input, value)
      ? shapedValue(problems, shape.input, value, path)
      : refused(problems, shape, value, path);
  }
  if ("either" in shape) {
    const fits = shape.either.find((each) => isOfKind(each, value));
    return fits === undefined
      ? refused(problems, shape, value, path)
      : shapedValue(problems, fits, value, path);
  }
  if (!isOfKind(shape, value)) {
    return refused(problems, shape, value, path);
  }
  if ("list" in shape) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const items = Array.from(list, (item, index) =>
      shapedValue(problems, shape.list, item, `${path}[${index}]`),
    );
    return items.every((item, index) => item === list[index]) ? list : items;
  }
  const object = isObject(value) ? value : {};
  return "map" in shape
    ? shapedMap(problems, shape.map, object, path)
    : shapedObject(problems, propertiesOf(shape), object, path);
}

function shapedMap(problems: Problems, shape: Shape, given: Properties, path: string): Properties {
  // Names of things are told apart from names of tags, which may hold anything.
  const things = typeof shape !== "string" && "object" in shape;
  const entries = Object.entries(given).map(([key, item]) => {
    const place = things ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
    return [key, shapedValue(problems, shape, item, place)] as const;
  });
  return entries.every(([key, item]) => item === given[key]) ? given : Object.fromEntries(entries);
}

function shapedObject(problems: Problems, shape: ObjectShape, given: Properties, path: string): Properties {
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const properties = Object.entries(shape).map(([key, property]) => ({
    name: key.replace(/\?$/, ""),
    optional: key.endsWith("?"),
    shape: property,
  }));
  const names = properties.map(({ name }) => name);
  // An instance of a class has more to it than what is taken of it here.
  const others = isInstance(given)
    ? []
    : Object.keys(given).filter((name) => given[name] !== undefined && !names.includes(name));
  for (const name of others) {
    problems.refuse(at(name), given[name], unknownArgument(name, names));
  }
  const entries = properties
    .filter(({ name, optional }) => !optional || given[name] !== undefined)
    .map(({ name, optional, shape: property }) => {
      const value = shapedValue(problems, property, given[name], at(name));
      // A default is better than an empty text, a zero or a `false` that nobody gave.
      const dropped = optional && typeof property === "string" && value !== given[name];
      return [name, dropped ? undefined : value] as const;
    });
  return others.length === 0 && entries.every(([name, value]) => value === given[name])
    ? given
    : Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function refused(problems: Problems, shape: Shape, value: unknown, path: string): unknown {
  problems.refuse(path === "" ? "args" : path, value, {
    expected: wanted(shape),
    remedy:
      value === undefined
        ? "it is required: add it"
        : value === null
          ? "give one, or leave it out: `null` is none"
          : isLater(value)
            ? "give it as it is: it must be known before anything is built"
            : "give a value of that type",
  });
  return standIn(shape);
}

function propertiesOf(
  shape: { readonly object: string } | { readonly properties: ObjectShape },
): ObjectShape {
  if ("properties" in shape) {
    return shape.properties;
  }
  const found = Object.entries<ObjectShape>(ARGUMENT_SHAPES).find(([name]) => name === shape.object)?.[1];
  if (found === undefined) {
    throw new Error(`no shape of \`${shape.object}\`: run \`npm run schema\``);
  }
  return found;
}

/** Whether a value is of a kind: what is in it is not looked at. */
function isOfKind(shape: Shape, value: unknown): boolean {
  if (typeof shape === "string") {
    return isScalar(shape, value);
  }
  if ("either" in shape) {
    return shape.either.some((each) => isOfKind(each, value));
  }
  if ("input" in shape) {
    return isLater(value) || isOfKind(shape.input, value);
  }
  if ("list" in shape) {
    return Array.isArray(value);
  }
  return isObject(value) && !("map" in shape && isInstance(value));
}

function isScalar(shape: string, value: unknown): boolean {
  switch (shape) {
    case "number":
      return Number.isFinite(value);
    case "output":
      return Output.isInstance(value);
    case "transform":
      return typeof value === "function" || (isObject(value) && !isInstance(value));
    default:
      return typeof value === shape;
  }
}

/** Whether it is known only later, in the form that Pulumi takes. */
function isLater(value: unknown): boolean {
  return Output.isInstance(value) || value instanceof Promise;
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLater(value);
}

function isInstance(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && prototype !== Object.prototype;
}

const WANTED: Readonly<Record<Extract<Shape, string>, string>> = {
  boolean: "`true` or `false`",
  number: "a number",
  output: "an output of a component",
  string: "a text",
  transform: "an object or a function that changes a child",
};

function wanted(shape: Shape): string {
  if (typeof shape === "string") {
    return WANTED[shape];
  }
  if ("input" in shape) {
    return `${wanted(shape.input)}, or an output of one`;
  }
  if ("either" in shape) {
    return shape.either.map(wanted).join(" or ");
  }
  if ("list" in shape) {
    return "a list";
  }
  if ("map" in shape) {
    return "an object with a value for each name";
  }
  const names = Object.keys(propertiesOf(shape)).map((name) => `\`${name.replace(/\?$/, "")}\``);
  return `an object of ${names.join(", ")}`;
}

/** What a plan can go on with. */
function standIn(shape: Shape): unknown {
  if (typeof shape === "string") {
    return { boolean: false, number: Number.NaN, output: Output.create([]), string: "", transform: {} }[
      shape
    ];
  }
  if ("input" in shape) {
    return standIn(shape.input);
  }
  if ("either" in shape) {
    const [first = "string"] = shape.either;
    return standIn(first);
  }
  if ("list" in shape) {
    return [];
  }
  return "map" in shape
    ? {}
    : Object.fromEntries(
        Object.entries(propertiesOf(shape))
          .filter(([name]) => !name.endsWith("?"))
          .map(([name, property]) => [name, standIn(property)]),
      );
}
