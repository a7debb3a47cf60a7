import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { previewEnvironment } from "@bastionless/offline/engine/index.ts";
import type {
  EnvironmentRequest,
  Failed,
  Finished,
  Outcome,
  Problem,
  ResourceRecord,
} from "@bastionless/offline/engine/index.ts";
import { cloudProvider } from "./cloud-provider.ts";

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** A run of a fixture's program, with the package `cloud` simulated. */
export function run(name: string, change: Partial<EnvironmentRequest> = {}): Promise<Outcome> {
  return previewEnvironment({
    project: { name, root: fixture(name), runtimeOptions: { typescript: false } },
    stack: "dev",
    config: { values: { "cloud:region": "r1" }, secretKeys: [] },
    packs: [],
    providers: [cloudProvider()],
    components: [],
    answers: [],
    mode: "resolved",
    strict: true,
    hangSeconds: 20,
    ...change,
  });
}

export async function finished(outcome: Promise<Outcome>): Promise<Finished> {
  const settled = await outcome;
  if (settled.kind === "failed") {
    assert.fail(settled.problems.map((problem) => problem.message).join("\n"));
  }
  return settled;
}

export async function failed(outcome: Promise<Outcome>): Promise<Failed> {
  const settled = await outcome;
  assert.equal(settled.kind, "failed");
  assert.ok(settled.kind === "failed");
  return settled;
}

/** Where a problem is: file name, line and column. */
export function placeOf(problem: Problem | undefined): string {
  const place = problem?.place;
  return place === undefined
    ? "nowhere"
    : `${place.file.split("/").slice(-2).join("/")}:${place.line}:${place.column}`;
}

export function byName(outcome: Outcome, name: string): ResourceRecord {
  const found = outcome.resources.filter((resource) => resource.name === name);
  const [resource] = found;
  assert.ok(resource !== undefined && found.length === 1, `resources named ${name}: ${found.length}`);
  return resource;
}
