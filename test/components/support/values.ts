import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

/** What an output comes to, its error included; the SDK keeps this promise out of its types. */
export function settled(value: unknown): Promise<unknown> {
  assert.ok(pulumi.Output.isInstance(value));
  const promise: unknown = Reflect.get(value, "promise");
  assert.ok(typeof promise === "function");
  return Promise.resolve(Reflect.apply(promise, value, []));
}

/** A value that must be text. */
export function text(value: unknown): string {
  assert.ok(typeof value === "string");
  return value;
}
