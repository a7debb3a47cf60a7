import type { CustomResourceOptions } from "@pulumi/pulumi";

/**
 * A way to everything that a component does not offer as an argument, for one of its children.
 *
 * An object is laid over the child's arguments, property by property. A function gets copies of the arguments and
 * the options, which it may change in place, and the child's logical name.
 *
 * It has the last word: a component does not check again what comes of it, and one that takes the encryption off a log
 * group gets a log group without. Whoever changes a child answers for it; the policy pack reads what is registered, and
 * tells of what a transform opened (`session-logs-encrypted`, `log-bucket-private`, `no-inbound-admin-ports`, …).
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
