import assert from "node:assert/strict";
import fc from "fast-check";
import { redactMessages, redactor } from "@bastionless/offline/cli/display/redact.ts";
import type { Failed } from "@bastionless/offline/engine/index.ts";
import { secret } from "@bastionless/offline/protocol/wire.ts";
import { record, violation } from "./record.ts";

const FAILED: Failed = {
  kind: "failed",
  resources: [
    record("a:b:C", "db", { inputs: { login: secret({ password: "from-a-resource" }), user: "app" } }),
  ],
  violations: [violation({ policy: "p", urn: "u", message: "the password is from-a-resource" })],
  remediations: [],
  stackOutputs: {},
  diagnostics: [{ source: "program", level: "info", message: "token=hunter2, user=app", urn: "" }],
  unknownTypes: [],
  packs: [],
  problems: [{ kind: "program-start", message: 'cannot use {"key":"a\\"b"} or a"b' }],
};

describe("messages", () => {
  it("quote no secret of the configuration or of a resource", () => {
    const config = {
      values: { "p:token": "hunter2", "p:keys": '["a\\"b"]' },
      secretKeys: ["p:keys", "p:token"],
    };
    const cleaned = redactMessages(FAILED, config);
    assert.equal(cleaned.diagnostics[0]?.message, "token=[secret], user=app");
    assert.equal(cleaned.violations[0]?.message, "the password is [secret]");
    assert.equal(cleaned.problems[0].message, 'cannot use {"key":"[secret]"} or [secret]');
  });

  it("quote none in the stack of an error, and no line of a secret that has several", () => {
    const config = { values: { "p:key": "first line\nsecond line" }, secretKeys: ["p:key"] };
    const message = "said second line";
    const outcome: Failed = {
      ...FAILED,
      resources: [],
      problems: [{ kind: "program-error", message, stack: "at first line\nsecond line" }],
    };
    assert.deepEqual(redactMessages(outcome, config).problems, [
      { kind: "program-error", message: "said [secret]", stack: "at [secret]" },
    ]);
  });

  it("keep short texts and truth values that happen to be secret, as the Pulumi CLI does", () => {
    const config = { values: { "p:a": "us", "p:b": "true" }, secretKeys: ["p:a", "p:b"] };
    assert.equal(redactor(Object.values(config.values)), undefined);
  });

  it("hold none of any secrets, also where one is part of another", () => {
    const texts = fc.array(fc.string({ minLength: 3, maxLength: 6, unit: fc.constantFrom("x", "y", '"') }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(texts, fc.string({ unit: fc.constantFrom("x", "y", '"', " ") }), (secrets, text) => {
        const redact = redactor(secrets) ?? assert.fail("expected a redactor");
        const cleaned = redact(text + secrets.join(" "));
        assert.ok(secrets.every((hidden) => !cleaned.includes(hidden)));
      }),
    );
  });
});
