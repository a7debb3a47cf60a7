import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import analyzerproto from "@pulumi/pulumi/proto/analyzer_pb.js";
import { PackGate } from "@bastionless/offline/engine/pack-gate.ts";
import type { AskedPack } from "@bastionless/offline/engine/pack-gate.ts";
import { ProblemLog } from "@bastionless/offline/engine/problem-log.ts";
import type { RunContext } from "@bastionless/offline/engine/run-context.ts";
import type { ResourceState } from "@bastionless/offline/engine/state.ts";

const CONTEXT: RunContext = {
  project: "p",
  stack: "s",
  organization: "o",
  preview: true,
  explains: false,
  config: { values: {}, secretKeys: [] },
  answers: [],
  problems: new ProblemLog(),
  progress: () => undefined,
  diagnose: () => undefined,
};

function resource(urn: string, dependencies: readonly string[] = [], parent = ""): ResourceState {
  return {
    urn,
    type: "a:b:C",
    name: urn,
    custom: true,
    external: false,
    parent,
    provider: "",
    dependencies,
    propertyDependencies: {},
    options: {
      protect: false,
      retainOnDelete: false,
      ignoreChanges: [],
      replaceOnChanges: [],
      hideDiffs: [],
      additionalSecretOutputs: [],
      aliases: [],
      deletedWith: "",
      replaceWith: [],
      importId: "",
      customTimeouts: { create: 0, update: 0, delete: 0 },
    },
    place: undefined,
    inputs: {},
    outputs: {},
    id: "",
  };
}

/** A pack that answers when it is told to. */
class SlowPack implements AskedPack {
  readonly shown: string[] = [];
  readonly #open = new Map<string, PromiseWithResolvers<analyzerproto.AnalyzeResponse>>();
  readonly remediates: boolean;
  readonly info = { dir: "d", name: "slow", displayName: "", version: "1", policies: [] };

  constructor(remediates = false) {
    this.remediates = remediates;
  }

  analyze(request: analyzerproto.AnalyzeRequest): Promise<analyzerproto.AnalyzeResponse> {
    return this.#ask(request.getUrn());
  }

  analyzeStack(): Promise<analyzerproto.AnalyzeResponse> {
    return this.#ask("the stack");
  }

  remediate(): Promise<analyzerproto.RemediateResponse> {
    return Promise.resolve(new analyzerproto.RemediateResponse());
  }

  /** Answers, and returns when all that waits for it has gone on. */
  async answer(what: string): Promise<void> {
    this.#open.get(what)?.resolve(new analyzerproto.AnalyzeResponse());
    await nextTurn();
  }

  async fail(what: string): Promise<void> {
    this.#open.get(what)?.reject(new Error("a bug in a policy"));
    await nextTurn();
  }

  #ask(what: string): Promise<analyzerproto.AnalyzeResponse> {
    this.shown.push(what);
    const open = Promise.withResolvers<analyzerproto.AnalyzeResponse>();
    this.#open.set(what, open);
    return open.promise;
  }
}

function gateOf(pack: SlowPack): { readonly gate: PackGate; readonly failures: unknown[] } {
  const failures: unknown[] = [];
  const gate = new PackGate(CONTEXT, Promise.resolve([pack]), (_, error) => failures.push(error));
  return { gate, failures };
}

const STATES = [
  resource("first"),
  resource("child", [], "first"),
  resource("user", ["child"]),
  resource("other"),
];

describe("resources that a pack is shown while the program goes on", () => {
  it("are shown when all is said of those that they depend on, and together when all is said of each", async () => {
    const pack = new SlowPack();
    const { gate } = gateOf(pack);
    for (const state of STATES) {
      // oxlint-disable-next-line no-await-in-loop -- as a program that registers one after another
      await gate.checkResource(state, undefined);
    }
    assert.deepEqual(pack.shown, ["first", "other"]);
    const checked = gate.checkStack(STATES, () => undefined);
    await pack.answer("first");
    assert.deepEqual(pack.shown, ["first", "other", "child"]);
    await pack.answer("child");
    await pack.answer("user");
    assert.deepEqual(pack.shown, ["first", "other", "child", "user"]);
    await pack.answer("other");
    assert.deepEqual(pack.shown, ["first", "other", "child", "user", "the stack"]);
    await pack.answer("the stack");
    await checked;
  });

  it("are none after a failure, which is told once", async () => {
    const pack = new SlowPack();
    const { gate, failures } = gateOf(pack);
    for (const state of STATES) {
      // oxlint-disable-next-line no-await-in-loop -- as a program that registers one after another
      await gate.checkResource(state, undefined);
    }
    await pack.fail("first");
    await pack.answer("other");
    await gate.checkStack(STATES, () => undefined);
    assert.deepEqual(pack.shown, ["first", "other"]);
    assert.equal(failures.length, 1);
  });

  it("are waited for by the program where the pack may change them", async () => {
    const pack = new SlowPack(true);
    const { gate } = gateOf(pack);
    let goesOn = false;
    const check = async (): Promise<void> => {
      await gate.checkResource(resource("first"), undefined);
      goesOn = true;
    };
    const checked = check();
    await nextTurn();
    assert.deepEqual([pack.shown, goesOn], [["first"], false]);
    await pack.answer("first");
    await checked;
  });
});
