import type { CustomResourceOptions } from "@pulumi/pulumi";

/**
 * A way to everything that a component does not offer as an argument, for one of its children.
 *
 * An object is laid over the child's arguments, property by property. A function gets copies of the arguments and
 * the options, which it may change in place, and the child's logical name. What it breaks is not checked again.
 *
 * @example
 * transform: { bucket: { forceDestroy: true } }
 * @example
 * transform: { bucket: (args, opts) => { opts.protect = true; } }
 */
export type Transform<Args> =
  | Partial<Args>
  | ((args: { -readonly [K in keyof Args]: Args[K] }, opts: CustomResourceOptions, name: string) => void);

/** The name, arguments and options of a child as its constructor takes them, after the transform. */
export function transformed<Args extends object>(
  transform: Transform<Args> | undefined,
  name: string,
  args: Args,
  opts: CustomResourceOptions,
): [name: string, args: Args, opts: CustomResourceOptions] {
  if (typeof transform === "function") {
    const copy = { ...args };
    const options = { ...opts };
    transform(copy, options, name);
    return [name, copy, options];
  }
  return [name, { ...args, ...transform }, opts];
}
