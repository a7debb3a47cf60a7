import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { resourcesOf } from "./support/deployment.ts";
import { mapAt, stringAt } from "./support/json.ts";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { previewOffline } from "./support/offline.ts";
import { REPOSITORY } from "./support/paths.ts";
import { ownStack } from "./support/stack.ts";
import { offlineRemediations, offlineViolations, sorted } from "./support/violations.ts";

const FINDINGS = fileURLToPath(new URL("fixtures/findings", import.meta.url));
const PACK = join(REPOSITORY, "policies");

/** The engine runs by the real clock, in UTC: tomorrow, whatever the hour. */
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

const LEGACY = {
  rule: "no-inbound-admin-ports",
  urn: "urn:pulumi:dev::findings::*::legacy",
  reason: "The vendor's appliance is replaced in spring.",
  expires: TOMORROW,
};

/** Only the rules that the program is about: what others say of it has tests of its own. */
const CHOSEN = {
  all: "disabled",
  "no-inbound-admin-ports": "mandatory",
  summary: "advisory",
};

describeOnRealEngine("the project's pack, on both engines", () => {
  const engine = ownStack(FINDINGS, "dev");

  /** What both report of a first preview: policy, level and name of the resource. */
  async function preview(config: WireMap) {
    const packs = [{ dir: PACK, config }];
    const [real, offline] = await Promise.all([
      engine().preview({ packs, mayFail: true }),
      previewOffline(engine().project, "dev", { mode: "preview", packs }),
    ]);
    assert.equal(offline.kind, "finished", JSON.stringify(offline.kind === "failed" ? offline.problems : ""));
    assert.deepEqual(offlineViolations(offline.violations), sorted(real.events.violations));
    assert.deepEqual(offlineRemediations(offline.remediations), real.events.remediations);
    const { violations, remediations } = real.events;
    return {
      rejected: real.code !== 0,
      found: violations
        .map(({ policy, enforcement, urn }) => `${policy} ${enforcement} ${urn.split("::").at(-1)}`)
        .toSorted(),
      messages: violations.map(({ message }) => message),
      summary: violations.find(({ policy }) => policy === "summary")?.message,
      remediations,
    };
  }

  it("sums up what it decided as an advisory on the stack, and names what is open", async () => {
    const { found, summary, rejected } = await preview(CHOSEN);
    assert.deepEqual(found, [
      "no-inbound-admin-ports mandatory later",
      "no-inbound-admin-ports mandatory legacy",
      "no-inbound-admin-ports mandatory open",
      "summary advisory findings-dev",
    ]);
    assert.match(summary ?? "", /^3 questions: 0 proved, 3 refuted, 0 undecided, 0 exempted\.\n/);
    assert.ok(rejected);
  });

  it("tells once which value is not known, with the rules that it stops", async () => {
    const rules = { all: "disabled", "own-sessions-only": "mandatory", "side-doors-guarded": "mandatory" };
    const told = await preview({ ...rules, summary: "advisory" });
    assert.deepEqual(told.found, ["summary advisory findings-dev", "summary advisory people"]);
    assert.match(
      told.messages.join("\n"),
      /undecided: `policy` is not known before the deployment, .*: own-sessions-only, side-doors-guarded\.$/m,
    );
    const byThemselves = await preview(rules);
    assert.deepEqual(byThemselves.found, [
      "own-sessions-only advisory people",
      "side-doors-guarded advisory people",
    ]);
    assert.ok(!told.rejected && !byThemselves.rejected);
  });

  it("holds the deployment by the rule whose undecided blocks, beside what is told once", async () => {
    const { found, rejected } = await preview({
      all: "disabled",
      "own-sessions-only": "mandatory",
      "session-access-requires-tags": { enforcementLevel: "mandatory", undecided: "block" },
      "side-doors-guarded": "mandatory",
      summary: "advisory",
    });
    assert.deepEqual(found, [
      "session-access-requires-tags mandatory people",
      "summary advisory findings-dev",
      "summary advisory people",
    ]);
    assert.ok(rejected);
  });

  it("exempts by configuration, and says so in the summary", async () => {
    const entries = [LEGACY, { ...LEGACY, urn: "*::open" }, { ...LEGACY, urn: "*::later" }];
    const { found, summary, rejected } = await preview({
      ...CHOSEN,
      exemptions: { enforcementLevel: "mandatory", entries },
    });
    assert.deepEqual(found, ["summary advisory findings-dev"]);
    assert.match(
      summary ?? "",
      new RegExp(String.raw`3 exempted\.\nexempted: .*\`legacy\`, until ${TOMORROW}: The vendor's appliance`),
    );
    assert.ok(!rejected);
  });

  it("exempts by a file, and reports what in it is expired or not needed", async () => {
    const file = engine().file("exemptions.yaml");
    writeFileSync(
      file,
      [
        "exemptions:",
        ...["*::legacy", "*::open", "*::gone", "urn:pulumi:prod::*"].flatMap((urn, index) => [
          "  - rule: no-inbound-admin-ports",
          `    urn: "${urn}"`,
          "    reason: The vendor's appliance is replaced in spring.",
          `    expires: ${index === 1 ? "2020-01-31" : TOMORROW}`,
        ]),
      ].join("\n"),
    );
    const { found, rejected } = await preview({
      ...CHOSEN,
      exemptions: { enforcementLevel: "mandatory", file },
      "unused-exemptions": "advisory",
    });
    assert.deepEqual(found, [
      "exemptions advisory findings-dev",
      "exemptions advisory findings-dev",
      "no-inbound-admin-ports mandatory later",
      "no-inbound-admin-ports mandatory open",
      "summary advisory findings-dev",
    ]);
    assert.ok(rejected);
  });

  it("rejects exemptions that are wrong before anything is created", async () => {
    const exemptions = { enforcementLevel: "mandatory", entries: [{ ...LEGACY, reason: "" }] };
    const { found, rejected } = await preview({ all: "disabled", exemptions });
    assert.deepEqual(found, ["exemptions mandatory findings-dev"]);
    assert.ok(rejected);
  });

  it("rejects a property that a policy does not have before anything is created, once and on the stack", async () => {
    const { found, messages, rejected } = await preview({
      ...CHOSEN,
      "no-inbound-admin-ports": { enforcementLevel: "mandatory", port: [3389], undecide: "block" },
    });
    assert.deepEqual(found, [
      "no-inbound-admin-ports mandatory findings-dev",
      "summary advisory findings-dev",
    ]);
    assert.match(
      messages.join("\n"),
      /the configuration of the policy `no-inbound-admin-ports` is wrong, .*\n`port` is no property .*\n`undecide` is no property /,
    );
    assert.ok(rejected);
  });

  it("is not asked where a value has another type: the engine says which, all at once", async () => {
    const config = {
      ...CHOSEN,
      exemptions: { enforcementLevel: "mandatory", entries: 3 },
      "no-inbound-admin-ports": { enforcementLevel: "mandatory", ports: "22", undecided: "blok" },
    };
    const packs = [{ dir: PACK, config }];
    const real = await engine().preview({ packs, mayFail: true });
    const offline = await previewOffline(engine().project, "dev", { mode: "preview", packs });
    const said = [
      `${real.stdout}\n${real.stderr}`,
      offline.kind === "failed" ? offline.problems.map(({ message }) => message).join("\n") : "",
    ];
    assert.notEqual(real.code, 0);
    assert.deepEqual(real.events.violations, []);
    for (const text of said) {
      for (const place of [
        /exemptions\W+entries/,
        /no-inbound-admin-ports\W+ports/,
        /no-inbound-admin-ports\W+undecided/,
      ]) {
        assert.match(text, place);
      }
    }
  });

  it("mends a session document, and deploys what it made of it", async () => {
    const config = {
      all: "disabled",
      "session-logs-encrypted": { enforcementLevel: "remediate", trustedDestinations: ["findings-*"] },
    };
    const { remediations, found, rejected } = await preview(config);
    assert.deepEqual(
      remediations.map(({ policy, urn }) => `${policy} ${urn.split("::").at(-1)}`),
      ["session-logs-encrypted shell"],
    );
    assert.deepEqual(found, []);
    assert.ok(!rejected);
    await engine().up({ packs: [{ dir: PACK, config }] });
    const document = resourcesOf(await engine().exportState()).find(
      (resource) => stringAt(resource, "type") === "aws:ssm/document:Document",
    );
    const content: unknown = JSON.parse(stringAt(mapAt(document, "inputs"), "content"));
    assert.deepEqual(content, {
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { s3BucketName: "findings-logs", s3EncryptionEnabled: true },
    });
  });

  it("says the same of what was deployed, from its exported state", async () => {
    await engine().up();
    const { events } = await engine().analyze(await engine().exportFile(), [
      { dir: PACK, config: { ...CHOSEN, exemptions: { enforcementLevel: "mandatory", entries: [LEGACY] } } },
    ]);
    assert.deepEqual(
      events.violations.map(({ policy, urn }) => `${policy} ${urn.split("::").at(-1)}`).toSorted(),
      ["no-inbound-admin-ports later", "no-inbound-admin-ports open", "summary findings-dev"],
    );
  });
});
