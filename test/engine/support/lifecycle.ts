import assert from "node:assert/strict";
import type { ResourceRecord } from "@bastionless/offline/engine/index.ts";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { assertSameGraph } from "./assert-graph.ts";
import { graphOfDeployment, resourcesOf, STATE_LACKS } from "./deployment.ts";
import { finishOffline } from "./offline.ts";
import { once } from "./once.ts";
import { graphOfPlan, PLAN_LACKS } from "./plan.ts";
import type { EngineRun, PackOnDisk } from "./real-engine.ts";
import { graphOfRecords, stateGraphOfRecords } from "./records.ts";
import { requireEngine } from "./require-engine.ts";
import { ownStack } from "./stack.ts";
import { offlineViolations, sorted } from "./violations.ts";

/** What the engine does with one resource, other than leaving it as it is. */
export interface ChangedResource {
  /** `type::name`. */
  readonly resource: string;
  readonly op: string;
  /** The top-level properties that differ. */
  readonly diffs: readonly string[];
}

interface AnyChange {
  readonly what: string;
  /** What the engine does: nothing else may change. */
  readonly steps: readonly ChangedResource[];
}

/** A change of configuration. */
export interface ConfigChange extends AnyChange {
  readonly key: string;
  readonly value: string;
  /** Flags of `pulumi config set`, such as `--path`. */
  readonly flags?: readonly string[];
}

/** A change of the program's `index.ts`, which has `replace` once. */
export interface ProgramChange extends AnyChange {
  readonly replace: string;
  readonly by: string;
}

export type Change = ConfigChange | ProgramChange;

export interface Lifecycle {
  readonly root: string;
  readonly stack: string;
  readonly packs: readonly PackOnDisk[];
  readonly change?: Change;
  /** Whether the packs find nothing, and leave nothing undecided, once it is created. @default not asked */
  readonly clean?: boolean;
  /** Only its graphs and verdicts, without what comes after it is created. @default false */
  readonly brief?: boolean;
  /** Whether it has hundreds of resources. @default false */
  readonly many?: boolean;
}

/** Milliseconds; each step may be the first to wait for all before it. */
const TIMEOUT = 240_000;

/** Declares the tests of one stack from its first preview to its end, on both engines. */
export function describeLifecycle({
  root,
  stack,
  packs,
  change,
  clean = false,
  brief = false,
  many = false,
}: Lifecycle): void {
  const engine = ownStack(root, stack, { many });

  const planned = once(() => engine().previewWithPlan({ packs }));
  const applied = once(async () => {
    await settled(planned());
    return engine().up({ packs });
  });
  const exported = once(async (): Promise<{ file: string; state: WireMap }> => {
    await applied();
    return { file: await engine().exportFile(), state: await engine().exportState() };
  });
  const again = once(async () => {
    await settled(exported());
    return engine().preview();
  });
  const changed = once(async (): Promise<EngineRun> => {
    await settled(again());
    if (change !== undefined) {
      await ("key" in change
        ? engine().setConfig(change.key, change.value, change.flags)
        : engine().editProgram(change.replace, change.by));
    }
    return engine().up();
  });
  const offline = {
    preview: once(() => finishOffline(root, stack, { mode: "preview", packs })),
    resolved: once(() => finishOffline(root, stack, { mode: "resolved", packs })),
  };

  it("has the graph in a first preview that the offline engine records", async () => {
    const [{ plan, events }, { resources }] = await Promise.all([planned(), offline.preview()]);
    // A plan leaves out what is only read.
    const [read, made] = [
      resources.filter(isExternal),
      resources.filter((resource) => !isExternal(resource)),
    ];
    assertSameGraph(graphOfPlan(plan), graphOfRecords(made), PLAN_LACKS);
    assert.deepEqual(
      read.map(({ urn }) => urn).toSorted(),
      events.steps
        .filter(({ op }) => op === "read")
        .map(({ urn }) => urn)
        .toSorted(),
    );
  });

  it("has the verdicts in a first preview that the offline engine gives", async () => {
    const [{ events }, { violations }] = await Promise.all([planned(), offline.preview()]);
    assert.deepEqual(offlineViolations(violations), sorted(events.violations));
  });

  it("is created", async () => {
    const [{ events }, { resources }] = await Promise.all([applied(), offline.resolved()]);
    const created = resources.filter((resource) => !resource.external && !isDefaultProvider(resource));
    assert.deepEqual(events.changes, { create: created.length });
  });

  it("has the graph, once it is created, that the offline engine records", async () => {
    const [{ state }, { resources }] = await Promise.all([exported(), offline.resolved()]);
    assertSameGraph(graphOfDeployment(state), stateGraphOfRecords(resources), STATE_LACKS);
  });

  it("has the verdicts, while it is created, that the offline engine gives", async () => {
    const [{ events }, { violations }] = await Promise.all([applied(), offline.resolved()]);
    assert.deepEqual(offlineViolations(violations), sorted(events.violations));
  });

  if (clean) {
    it("has nothing that is found or left undecided, once it is created", async () => {
      const [ran, { file }] = await Promise.all([applied(), exported()]);
      const analyzed = await engine().analyze(file, packs);
      assert.deepEqual([ran.events.violations, analyzed.events.violations], [[], []]);
    });
  }

  if (packs.length > 0) {
    it("has the same verdicts when its exported state is analyzed", async () => {
      const [{ file }, { violations }] = await Promise.all([exported(), offline.resolved()]);
      const { events } = await engine().analyze(file, packs);
      assert.deepEqual(sorted(events.violations), offlineViolations(violations));
    });
  }

  if (brief) {
    return;
  }

  it("is not changed by a second preview", async () => {
    const { events } = await again();
    assert.deepEqual(Object.keys(events.changes), ["same"], JSON.stringify(changesOf(events)));
  });

  if (change !== undefined) {
    it(`changes what it must, and nothing else, with ${change.what}`, async () => {
      const { events } = await changed();
      assert.deepEqual(changesOf(events), change.steps);
    });
  }

  it("leaves nothing when it is destroyed", async () => {
    await settled(changed());
    await engine().destroy();
    assert.deepEqual(resourcesOf(await engine().exportState()), []);
  });
}

/** Declares the tests of a program that a pack rejects, on both engines. */
export function describeRejection({ root, stack, packs }: Lifecycle): void {
  const engine = ownStack(root, stack);

  const previewed = once(() => engine().preview({ packs, mayFail: true }));
  const offline = once(() => finishOffline(root, stack, { mode: "preview", packs }));

  it("is rejected by the real engine, for a mandatory policy and nothing else", async () => {
    const { code, events, stdout } = await previewed();
    assert.notEqual(code, 0, stdout);
    assert.ok(
      events.violations.some(({ enforcement }) => enforcement === "mandatory"),
      `no mandatory violation:\n${stdout}`,
    );
    assert.deepEqual(
      events.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
      // The engine's last word; each violation is an event of its own.
      ["preview failed"],
    );
  });

  it("is rejected by the offline engine with the same messages", async () => {
    const [{ events }, { violations }] = await Promise.all([previewed(), offline()]);
    assert.deepEqual(offlineViolations(violations), sorted(events.violations));
  });
}

/** Sets the time that a lifecycle's tests may take. Call it in a `describe` with a `function`. */
export function describeOnRealEngine(title: string, declare: () => void): void {
  describe(title, function () {
    this.timeout(TIMEOUT);
    requireEngine();
    declare();
  });
}

/** Waits for a step without which the next one can still be tried: what failed in it is its own test's to say. */
async function settled(step: Promise<unknown>): Promise<void> {
  await Promise.allSettled([step]);
}

function isExternal({ external }: ResourceRecord): boolean {
  return external;
}

/** The engine makes these itself and counts them nowhere. */
function isDefaultProvider({ type, parent }: ResourceRecord): boolean {
  return type.startsWith("pulumi:providers:") && parent === "";
}

function changesOf(events: EngineRun["events"]): readonly ChangedResource[] {
  return events.steps
    .filter(({ op }) => op !== "same" && op !== "read")
    .map(({ urn, op, diffs }) => ({ resource: shortName(urn), op, diffs }))
    .toSorted((a, b) => a.resource.localeCompare(b.resource));
}

/** `aws:ec2/vpc:Vpc::name` of a URN, without the types of its parents. */
function shortName(urn: string): string {
  const [type, name] = urn.split("::").slice(2);
  return `${type?.split("$").at(-1) ?? ""}::${name ?? ""}`;
}
