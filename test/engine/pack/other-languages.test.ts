import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { findingsOf } from "../support/findings.ts";
import { describeOnRealEngine } from "../support/lifecycle.ts";
import { once } from "../support/once.ts";
import { requireYaml } from "../support/require-host.ts";
import { serveAwsSchema } from "../support/schema-serving-aws.ts";
import { ownStack } from "../support/stack.ts";
import { BROKEN_LATER, BROKEN_NOW } from "./every-rule-broken.ts";
import { fixture, REPORTING } from "./project-pack.ts";

/** What is found in the TypeScript program once it is deployed. */
const TWIN = { refuted: [...BROKEN_NOW, ...BROKEN_LATER].toSorted(), undecided: [] };

describeOnRealEngine("a YAML program that breaks every rule", () => {
  requireYaml();
  const engine = ownStack(fixture("every-rule-broken-yaml"), "dev", { prepare: serveAwsSchema });
  const applied = once(() => engine().up({ packs: REPORTING }));

  it("is found to break what its twin in TypeScript does, once it is there", async () => {
    const { events } = await applied();
    assert.deepEqual(findingsOf(events), TWIN);
  });

  it("is found to when the state that it leaves is analyzed", async () => {
    await applied();
    const { events } = await engine().analyze(await engine().exportFile(), REPORTING);
    assert.deepEqual(findingsOf(events), TWIN);
  });
});

describeOnRealEngine("the state of a program that breaks every rule", () => {
  // Only for a folder and a backend: nothing is deployed.
  const engine = ownStack(fixture("every-rule-broken"), "dev");

  for (const language of ["python", "go", "csharp"]) {
    it(`is found to as its twin in TypeScript is: ${language}`, async () => {
      const { events } = await engine().analyze(fixture(`states/${language}.json`), REPORTING);
      assert.deepEqual(findingsOf(events), TWIN);
    });
  }

  it("is not decided where a document is a secret that cannot be decrypted, and decided beside it", async () => {
    const file = engine().file("sealed.json");
    await writeFile(file, await sealed(fixture("states/python.json")));
    const { events, stderr } = await engine().analyze(file, REPORTING);
    assert.match(stderr, /could not decrypt secrets/);
    const { refuted, undecided } = findingsOf(events);
    const ofOperators = (line: string): boolean => / aws:iam\/policy:Policy::operators(?::|$)/.test(line);
    assert.deepEqual(
      refuted,
      TWIN.refuted.filter((line) => !ofOperators(line)),
    );
    assert.deepEqual(
      undecided.filter(ofOperators).map((line) => line.split(" ", 1)[0]),
      [...new Set(TWIN.refuted.filter(ofOperators).map((line) => line.split(" ", 1)[0]))],
    );
    assert.deepEqual(
      undecided.filter((line) => !ofOperators(line)),
      [
        "no-instance-policy-on-people aws:iam/groupPolicyAttachment:GroupPolicyAttachment::operators: `policy` is not known before the deployment",
      ],
    );
  });
});

/** A state whose secrets only a service could decrypt that is not there. */
async function sealed(file: string): Promise<string> {
  const text = (await readFile(file, "utf8")).replaceAll(
    /"plaintext": "(?:[^"\\]|\\.)*"/g,
    '"ciphertext": "c2VhbGVk"',
  );
  return text.replace(
    '"deployment": {',
    '"deployment": { "secrets_providers": { "type": "service", "state": { "url": "https://service.invalid", "owner": "acme", "project": "p", "stack": "dev" } },',
  );
}
