import assert from "node:assert/strict";
import fc from "fast-check";
import type { SessionEvent } from "../../../components/audit/args.ts";
import {
  AWS_COMMAND_DOCUMENTS,
  AWS_TUNNEL_DOCUMENTS,
  eventPattern,
  message,
  PATTERN_LENGTH,
} from "../../../components/audit/event-patterns.ts";
import { SESSION_EVENTS } from "../../../components/audit/plan.ts";
import { matches } from "./support/event-pattern.ts";
import {
  athenaSession,
  type CloudTrailEvent,
  event,
  JOHN,
  ofSession,
  onBus,
  refused,
  ROOT,
  sentCommand,
  started,
} from "./support/samples.ts";

const OWN = { tunnels: ["shop-dev-db"], commands: ["shop-dev-restart"] };

/** The kinds whose rules an event passes. */
function kindsOf(detail: CloudTrailEvent): readonly SessionEvent[] {
  return SESSION_EVENTS.filter((kind) => matches(eventPattern(kind, OWN), onBus(detail)));
}

const SAMPLES: readonly [what: string, detail: CloudTrailEvent, kinds: readonly SessionEvent[]][] = [
  ["a shell without a document", started(undefined), ["start"]],
  ["a shell with a document of one's own", started("shop-dev-shell"), ["start"]],
  ["a user's shell", started("shop-dev-shell", { userIdentity: JOHN }), ["start"]],
  ["root's shell", started(undefined, { userIdentity: ROOT }), ["start"]],
  ["a tunnel with a document of one's own", started("shop-dev-db"), ["tunnel"]],
  ["a single command of one's own", started("shop-dev-restart"), ["command"]],
  ["Run Command", sentCommand(), ["command"]],
  ["a resumption", ofSession("ResumeSession", "jane-0e34861185201706f"), ["resume"]],
  ["an end", ofSession("TerminateSession", "jane-0e34861185201706f"), ["end"]],
  ["a denied start", refused("StartSession"), ["denied"]],
  [
    "a denied start, by another name of the error",
    refused("StartSession", { errorCode: "AccessDeniedException" }),
    ["denied"],
  ],
  ["a denied end", refused("TerminateSession"), ["denied"]],
  ["a denied command", refused("SendCommand"), ["denied"]],
  [
    "a denied tunnel",
    refused("StartSession", { requestParameters: { documentName: "AWS-StartSSHSession" } }),
    ["denied"],
  ],
  ["a machine that is not connected", event({ errorCode: "TargetNotConnected" }), []],
  ["another call", event({ eventName: "DescribeSessions" }), []],
  ["a session of a notebook in Athena", athenaSession(), []],
];

describe("the event patterns of an audit", () => {
  for (const [what, detail, kinds] of SAMPLES) {
    it(`tell ${what} as ${kinds.join(", ") || "nothing"}`, () => {
      assert.deepEqual(kindsOf(detail), kinds);
    });
  }

  for (const [documents, kind] of [
    [AWS_TUNNEL_DOCUMENTS, "tunnel"],
    [AWS_COMMAND_DOCUMENTS, "command"],
  ] as const) {
    for (const name of documents) {
      it(`tell a session with ${name} as ${kind}, by name and by ARN`, () => {
        assert.deepEqual(kindsOf(started(name)), [kind]);
        assert.deepEqual(kindsOf(started(`arn:aws:ssm:eu-west-1::document/${name}`)), [kind]);
      });
    }
  }

  it("tell every call of a session once", () => {
    const documents = fc.oneof(
      fc.constantFrom(...AWS_TUNNEL_DOCUMENTS, ...AWS_COMMAND_DOCUMENTS, ...OWN.tunnels, ...OWN.commands),
      fc.string({ minLength: 1, maxLength: 20 }),
      fc.constant(undefined),
    );
    const calls = fc.constantFrom("ResumeSession", "SendCommand", "StartSession", "TerminateSession");
    const errors = fc.constantFrom(undefined, "AccessDenied", "AccessDeniedException");
    fc.assert(
      fc.property(documents, calls, errors, (documentName, eventName, errorCode) => {
        const detail = event({
          eventName,
          requestParameters: documentName === undefined ? {} : { documentName },
          ...(errorCode !== undefined && { errorCode }),
        });
        assert.equal(kindsOf(detail).length, 1, JSON.stringify(kindsOf(detail)));
      }),
      { numRuns: 500 },
    );
  });

  it("keep to what comes by CloudTrail from Systems Manager", () => {
    for (const over of [
      { source: "aws.athena" },
      { "detail-type": "EC2 Command Status-change Notification" },
    ]) {
      const elsewhere = { ...onBus(started(undefined)), ...over };
      assert.deepEqual(
        SESSION_EVENTS.filter((kind) => matches(eventPattern(kind, OWN), elsewhere)),
        [],
      );
    }
  });

  it("fit into a rule with twenty documents of thirty characters", () => {
    const names = (letter: string): string[] =>
      Array.from({ length: 10 }, (_, index) => letter.repeat(28) + String(index).padStart(2, "0"));
    for (const kind of SESSION_EVENTS) {
      const text = JSON.stringify(eventPattern(kind, { tunnels: names("a"), commands: names("b") }));
      assert.ok(text.length <= PATTERN_LENGTH, `${kind}: ${text.length}`);
    }
  });
});

describe("the message of an event", () => {
  for (const kind of SESSION_EVENTS) {
    it(`of the kind ${kind} is made of quoted lines that use every path, and no other`, () => {
      const { inputPaths, inputTemplate } = message(kind);
      for (const line of inputTemplate.split("\n")) {
        assert.equal(typeof JSON.parse(line), "string");
      }
      const used = [...inputTemplate.matchAll(/<(\w+)>/gu)].map(([, name]) => `${name}`);
      assert.deepEqual([...new Set(used)].toSorted(), Object.keys(inputPaths).toSorted());
    });
  }

  it("reads its paths from where events have them", () => {
    const { inputPaths } = message("start");
    const bus: unknown = onBus(started("shop-dev-shell"));
    const read = (path: string): unknown => {
      let value = bus;
      for (const name of path.slice(2).split(".")) {
        value = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
      }
      return value;
    };
    const missing = Object.entries(inputPaths).filter(([, path]) => read(path) === undefined);
    assert.deepEqual(missing.map(([name]) => name).toSorted(), ["error", "reason", "session"]);
  });
});
