import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

/** The paths that an attempt reports as wrong, in their order; empty where it succeeds. */
export function problemPaths(attempt: () => unknown): readonly string[] {
  try {
    attempt();
    return [];
  } catch (error) {
    assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
    return (error.errors ?? []).map(({ propertyPath }) => propertyPath);
  }
}
