import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { isWireMap, type WireMap } from "@bastionless/offline/protocol/wire.ts";
import { resourcesOf } from "./support/deployment.ts";
import type { EngineEvents } from "./support/events.ts";
import { mapAt, stringAt } from "./support/json.ts";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { once } from "./support/once.ts";
import type { RealEngine } from "./support/real-engine.ts";
import { ownStack } from "./support/stack.ts";

const ROOT = fileURLToPath(new URL("fixtures/workstation", import.meta.url));

const WORKSTATION = "bastionless:index:Workstation::lab";
const MACHINE = "aws:ec2/instance:Instance::lab-amazon-linux-2023-arm64";
const GPU_MACHINE = "aws:ec2/instance:Instance::lab-ami";
const ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment::lab-data";
const VOLUME = "aws:ebs/volume:Volume::lab-data";
const TOKEN = "aws:ssm/parameter:Parameter::lab-token";

/** `type::name` of a URN, without the types of its parents. */
function shortName(urn: string): string {
  const [type, name] = urn.split("::").slice(2);
  return `${type?.split("$").at(-1) ?? ""}::${name ?? ""}`;
}

/** What the engine did, in its order, but for what it left as it was or only read. */
function done({ steps }: EngineEvents): readonly string[] {
  return steps
    .filter(({ op }) => op !== "same" && op !== "read")
    .map(({ urn, op, diffs }) => `${op} ${shortName(urn)}${diffs.length === 0 ? "" : ` [${diffs.join()}]`}`);
}

/** The resources of a stack by `type::name`. */
function byName(state: WireMap): ReadonlyMap<string, WireMap> {
  return new Map(
    resourcesOf(state)
      .filter(isWireMap)
      .map((resource) => [shortName(stringAt(resource, "urn")), resource]),
  );
}

interface Day {
  readonly events: EngineEvents;
  readonly resources: ReadonlyMap<string, WireMap>;
}

function idOf({ resources }: Day, name: string): string {
  return stringAt(resources.get(name) ?? {}, "id");
}

function inputOf({ resources }: Day, name: string, property: string): unknown {
  return mapAt(resources.get(name) ?? {}, "inputs")[property];
}

describeOnRealEngine("a workstation, from day to day", () => {
  const engine = ownStack(ROOT, "dev");

  /** One day of its life, after the one before it. */
  function day(
    previous: () => Promise<unknown>,
    change: (stack: RealEngine) => Promise<void>,
  ): () => Promise<Day> {
    return once(async () => {
      await previous();
      await change(engine());
      const { events } = await engine().up();
      return { events, resources: byName(await engine().exportState()) };
    });
  }
  const first = day(
    async () => {},
    async () => {},
  );
  const otherPackages = day(first, (stack) => stack.setConfig("packages[0]", "altair==5.*", ["--path"]));
  const larger = day(otherPackages, (stack) => stack.setConfig("instanceType", "t4g.large"));
  const moreRoom = day(larger, (stack) => stack.setConfig("gib", "80"));
  const withGpu = day(moreRoom, async (stack) => {
    await stack.setConfig("instanceType", "g6.xlarge");
    await stack.setConfig("environment", "pytorch");
  });
  const kept = day(withGpu, (stack) => stack.setConfig("end", "retain"));

  it("gets a new machine with other packages: the old one lets go of the volume before that takes it", async () => {
    const [before, after] = [await first(), await otherPackages()];
    assert.deepEqual(done(after.events), [
      `create-replacement ${MACHINE} [userData]`,
      `replace ${MACHINE} [userData]`,
      `delete-replaced ${ATTACHMENT}`,
      `replace ${ATTACHMENT} [instanceId]`,
      `create-replacement ${ATTACHMENT} [instanceId]`,
      `delete-replaced ${MACHINE}`,
    ]);
    assert.notEqual(idOf(after, MACHINE), idOf(before, MACHINE));
    assert.deepEqual(
      [inputOf(after, ATTACHMENT, "volumeId"), inputOf(after, ATTACHMENT, "instanceId")],
      [idOf(before, VOLUME), idOf(after, MACHINE)],
    );
    assert.equal(inputOf(after, ATTACHMENT, "stopInstanceBeforeDetaching"), true);
  });

  it("is resized in its place", async () => {
    const [before, after] = [await otherPackages(), await larger()];
    assert.deepEqual(done(after.events), [`update ${MACHINE} [instanceType]`]);
    assert.equal(idOf(after, MACHINE), idOf(before, MACHINE));
  });

  it("gets more room in its place", async () => {
    assert.deepEqual(done((await moreRoom()).events), [`update ${VOLUME} [size]`]);
  });

  it("gets a machine of another processor, image and environment in the same way", async () => {
    const [before, after] = [await moreRoom(), await withGpu()];
    assert.deepEqual(done(after.events), [
      `create ${GPU_MACHINE}`,
      `delete-replaced ${ATTACHMENT}`,
      `replace ${ATTACHMENT} [instanceId]`,
      `create-replacement ${ATTACHMENT} [instanceId]`,
      `delete ${MACHINE}`,
    ]);
    assert.notEqual(inputOf(after, GPU_MACHINE, "ami"), inputOf(before, MACHINE, "ami"));
    assert.equal(inputOf(after, ATTACHMENT, "instanceId"), idOf(after, GPU_MACHINE));
  });

  it("has one volume and one parameter for its token through all of it", async () => {
    const days = [await first(), await otherPackages(), await larger(), await moreRoom(), await withGpu()];
    assert.equal(new Set(days.map((one) => idOf(one, VOLUME))).size, 1);
    assert.match(idOf(await first(), VOLUME), /^vol-0[0-9a-f]{16}$/);
    assert.deepEqual(
      [...new Set(days.map((one) => idOf(one, TOKEN)))],
      ["/workstation-fixture-dev/lab/jupyter-token"],
    );
  });

  it("leaves a snapshot of its volume, or the volume itself, as it is told", async () => {
    assert.equal(inputOf(await withGpu(), VOLUME, "finalSnapshot"), true);
    assert.notEqual((await withGpu()).resources.get(VOLUME)?.["retainOnDelete"], true);
    const after = await kept();
    assert.deepEqual(done(after.events), [`update ${VOLUME} [finalSnapshot]`]);
    assert.equal(inputOf(after, VOLUME, "finalSnapshot"), false);
    assert.equal(after.resources.get(VOLUME)?.["retainOnDelete"], true);
  });

  it("is detached from its volume before either of them goes", async () => {
    await kept();
    const steps = done((await engine().destroy()).events);
    const at = (name: string): number => steps.findIndex((one) => one.endsWith(` ${name}`));
    assert.ok(
      at(ATTACHMENT) >= 0 && at(ATTACHMENT) < Math.min(at(VOLUME), at(GPU_MACHINE)),
      steps.join("\n"),
    );
    assert.ok(at(WORKSTATION) > Math.max(at(VOLUME), at(GPU_MACHINE)));
    assert.deepEqual(resourcesOf(await engine().exportState()), []);
  });
});
