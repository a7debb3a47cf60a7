import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { isWireMap, type WireMap } from "@bastionless/offline/protocol/wire.ts";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { once } from "./support/once.ts";
import { ownStack } from "./support/stack.ts";

const ROOT = fileURLToPath(new URL("fixtures/preferences", import.meta.url));
const NAME = "SSM-SessionManagerRunShell";
const REGION = "eu-west-1";

const FIRST = JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: {} });
const SECOND = JSON.stringify({
  schemaVersion: "1.0",
  sessionType: "Standard_Stream",
  inputs: { idleSessionTimeout: "5" },
});
const OTHER = { documentType: "Command", versions: ["{}"], defaultVersion: 1, tags: {} };

function accountWith(documents: WireMap, functions: WireMap = {}): WireMap {
  return { [REGION]: { documents: { ...documents, other: OTHER }, functions } };
}

/** A part of the account, by its path. */
function at(account: WireMap, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined),
    account,
  );
}

/** The idle time that sessions have which name no document. */
function idleMinutes(account: WireMap): unknown {
  const content = at(account, REGION, "documents", NAME, "versions", "0");
  const parsed: unknown = typeof content === "string" ? JSON.parse(content) : {};
  return isWireMap(Object(parsed)) ? at(Object(parsed), "inputs", "idleSessionTimeout") : undefined;
}

describeOnRealEngine("session preferences in an account that has some", () => {
  const before = accountWith({
    [NAME]: {
      documentType: "Session",
      versions: [FIRST, SECOND],
      defaultVersion: 1,
      tags: { Owner: "console" },
    },
  });
  const engine = ownStack(ROOT, "dev", { account: before });
  const applied = once(() => engine().up());
  const changed = once(async () => {
    await applied();
    await engine().preview();
    await engine().setConfig("idleMinutes", "30");
    return engine().up();
  });

  it("are adopted by one update", async () => {
    const { events } = await applied();
    assert.deepEqual(Object.keys(events.changes), ["create"]);
    const account = await engine().account();
    assert.equal(idleMinutes(account), "15");
    assert.deepEqual(at(account, REGION, "documents", "other"), OTHER);
  });

  it("are not changed by a second preview", async () => {
    await applied();
    const { events } = await engine().preview();
    assert.deepEqual(Object.keys(events.changes), ["same"]);
  });

  it("are changed without asking again what was there", async () => {
    const { events } = await changed();
    assert.deepEqual(
      events.steps.filter(({ op }) => op !== "same").map(({ urn, op }) => [urn.split("::").at(-1), op]),
      [["preferences-document", "update"]],
    );
    const document = at(await engine().account(), REGION, "documents", NAME);
    assert.match(JSON.stringify(document), /idleSessionTimeout\\\\?":\\\\?"30/);
  });

  it("are what they were when the stack is destroyed", async () => {
    await changed();
    await engine().destroy();
    assert.deepEqual(await engine().account(), before);
  });
});

describeOnRealEngine("session preferences in an account that has none", () => {
  const before = accountWith({});
  const engine = ownStack(ROOT, "dev", { account: before });
  const applied = once(() => engine().up());

  it("are made", async () => {
    await applied();
    assert.equal(idleMinutes(await engine().account()), "15");
  });

  it("are gone when the stack is destroyed", async () => {
    await applied();
    await engine().destroy();
    assert.deepEqual(await engine().account(), before);
  });
});

describeOnRealEngine("session preferences that another stack owns", () => {
  const theirs = { documentType: "Session", versions: [SECOND], defaultVersion: 1, tags: {} };
  const keeper = { handler: "index.handler", files: {} };
  const before = accountWith({ [NAME]: theirs }, { "bastionless-session-preferences": keeper });
  const engine = ownStack(ROOT, "dev", { account: before });

  it("are refused before anything is touched", async () => {
    const { code, stdout } = await engine().up({ mayFail: true });
    assert.notEqual(code, 0);
    assert.match(
      stdout,
      /ResourceConflictException: Function already exist: bastionless-session-preferences/,
    );
    assert.deepEqual(await engine().account(), before);
  });
});
