import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { isWireMap, type Wire, type WireMap } from "@bastionless/offline/protocol/wire.ts";
import { resourcesOf } from "../support/deployment.ts";
import { findingsOf } from "../support/findings.ts";
import { mapAt, parseMap, stringAt } from "../support/json.ts";
import { describeOnRealEngine } from "../support/lifecycle.ts";
import { once } from "../support/once.ts";
import { ownStack } from "../support/stack.ts";
import { fixture, REPORTING } from "./project-pack.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const OPEN = { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] };

function open(...names: readonly string[]): readonly string[] {
  return names.map((name) => `no-inbound-admin-ports ${GROUP}::${name}`);
}

const BEFORE = open("is-closed", "leaves", "mends", "mends-after-its-end", "stays");

const AFTER = [
  "instances-cannot-start-sessions aws:iam/rolePolicy:RolePolicy::machine",
  ...open("arrives", "breaks", "breaks-after-its-end", "is-opened", "stays"),
  ...[
    "no-unlogged-session-path",
    "session-access-requires-mfa",
    "session-access-requires-tags",
    "session-documents-pinned",
  ].map((rule) => `${rule} aws:iam/rolePolicy:RolePolicy::machine`),
];

/**
 * What is right where resources go and others come in their place: findings are about what the operation leaves, not
 * about what it takes away. The engine shows a pack the resources that the program asks for, and of a replacement the new
 * one, whether it comes before the old one's end or after; what is deleted it does not show, nor what an earlier update
 * left to be deleted.
 *
 * A state that is analyzed has no program beside it. What is marked for deletion is not shown. What is gone already
 * because its replacement failed (`pendingReplacement`) is shown as it was, with nothing that says so, and is named as
 * what the next update would make again.
 */
describeOnRealEngine("resources that go and come", () => {
  const engine = ownStack(fixture("replaced"), "dev");
  const applied = once(() => engine().up({ packs: REPORTING }));

  /** The state with what a failed update leaves: resources that are still to be deleted, and one that is gone. */
  const interrupted = once(async () => {
    await applied();
    const state = await engine().exportState();
    const resources = resourcesOf(state).map((resource) =>
      isOne(resource, "mends") ? { ...mapOf(resource), pendingReplacement: true } : resource,
    );
    const left = ["is-opened", "leaves-closed"].map((name) => ({
      ...mapOf(resources.find((resource) => isOne(resource, name)) ?? null),
      id: `sg-${name}`,
      delete: true,
      inputs: OPEN,
      outputs: OPEN,
    }));
    return withResources(state, [...resources, ...left]);
  });

  async function write(name: string, state: WireMap): Promise<string> {
    const file = engine().file(name);
    await writeFile(file, JSON.stringify(state));
    return file;
  }

  it("are named as they are at first", async () => {
    const { events } = await applied();
    assert.deepEqual(findingsOf(events), { refuted: BEFORE, undecided: [] });
  });

  it("are named as the state has them, without those that are to be deleted", async () => {
    const { events } = await engine().analyze(
      await write("interrupted.json", await interrupted()),
      REPORTING,
    );
    assert.deepEqual(findingsOf(events), { refuted: BEFORE, undecided: [] });
  });

  it("are named as the program will have them, whatever there is until then", async () => {
    await engine().importFile(await write("interrupted.json", await interrupted()));
    await engine().setConfig("changed", "true");
    const { events } = await engine().preview({ packs: REPORTING });
    assert.deepEqual(findingsOf(events), { refuted: AFTER, undecided: [] });
    const operations = new Set(events.steps.map(({ op }) => op));
    assert.deepEqual(
      ["create-replacement", "delete-replaced", "delete", "update"].filter((op) => !operations.has(op)),
      [],
      "the program is not what this test is about",
    );
  });

  it("are decided by what they are where they are looked up or protected", async () => {
    const state = await interrupted();
    const stays = mapOf(resourcesOf(state).find((resource) => isOne(resource, "stays")) ?? null);
    const marked = (name: string, marks: WireMap): WireMap => ({
      ...stays,
      urn: stringAt(stays, "urn").replace("stays", name),
      id: `sg-${name}`,
      ...marks,
    });
    const file = await write(
      "marked.json",
      withResources(state, [
        ...resourcesOf(state),
        marked("protected", { protect: true }),
        // Its program says the id; what it is, the provider has answered.
        marked("looked-up", { external: true, inputs: {}, outputs: OPEN }),
        marked("looked-up-closed", { external: true, inputs: {}, outputs: { ingress: [] } }),
      ]),
    );
    const { events } = await engine().analyze(file, REPORTING);
    assert.deepEqual(findingsOf(events), {
      refuted: [...BEFORE, ...open("looked-up", "protected")].toSorted(),
      undecided: [],
    });
  });
});

function mapOf(resource: Wire): WireMap {
  if (!isWireMap(resource)) {
    throw new Error("the state has no such resource");
  }
  return resource;
}

function isOne(resource: Wire, name: string): boolean {
  return stringAt(resource, "urn").endsWith(`::${GROUP}::${name}`);
}

/** The deployment with other resources, as a value of its own. */
function withResources(state: WireMap, resources: readonly Wire[]): WireMap {
  const copy = { ...state, deployment: { ...mapAt(state, "deployment"), resources } };
  return parseMap(JSON.stringify(copy));
}
