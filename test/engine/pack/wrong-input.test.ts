import assert from "node:assert/strict";
import type { Wire, WireMap } from "@bastionless/offline/protocol/wire.ts";
import { findingsOf, type Findings } from "../support/findings.ts";
import { describeOnRealEngine } from "../support/lifecycle.ts";
import { once } from "../support/once.ts";
import { ownStack } from "../support/stack.ts";
import { standInForAws } from "../support/stand-in.ts";
import { analyzeState } from "./analyze-state.ts";
import { fixture, REPORTING } from "./project-pack.ts";
import { stateOf, type StateResource } from "./state.ts";

type Kind = "refuted" | "undecided";

/** The rules that every document has to answer to; `ssm:*` on everything breaks all of them. */
const ACCESS_RULES = [
  "no-unlogged-session-path",
  "own-sessions-only",
  "session-access-requires-mfa",
  "session-access-requires-tags",
  "session-documents-pinned",
  "side-doors-guarded",
];

const OPEN = '{"Effect":"Allow","Action":"ssm:*","Resource":"*"}';
const HARMLESS = '{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}';

function statements(...list: readonly string[]): string {
  return `{"Version":"2012-10-17","Statement":[${list.join(",")}]}`;
}

/** Statements that are all different, so that none can be left out. */
function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => HARMLESS.replace('"*"}', `"arn:aws:s3:::bucket-${at}/*"}`));
}

/** Documents that open every machine, or that nobody can tell it of. */
const DOCUMENTS: { readonly [name: string]: { readonly policy: Wire; readonly kind: Kind } } = {
  "100 kB": {
    policy: statements(`${HARMLESS.slice(0, -1)},"Sid":"${"x".repeat(100_000)}"}`, OPEN),
    kind: "refuted",
  },
  "10,000 statements": { policy: statements(...numbered(10_000), OPEN), kind: "refuted" },
  "an object, no text": {
    policy: { Statement: { Effect: "Allow", Action: "ssm:*", Resource: "*" } },
    kind: "refuted",
  },
  "an escaped key": { policy: statements(OPEN.replace("Action", "Act\\u0069on")), kind: "refuted" },
  "patterns made to explode": {
    policy: statements(OPEN.replace("ssm:*", `${"*s*m*".repeat(40)}:*`), OPEN),
    kind: "refuted",
  },
  "a mark of the byte order before it": { policy: `\ufeff${statements(OPEN)}`, kind: "undecided" },
  "a letter in small that is a capital": {
    policy: statements(OPEN.replace("Action", "action")),
    kind: "undecided",
  },
  "a letter of an operator from Cyrillic": {
    policy: statements(
      OPEN.replace(/}$/, ',"Condition":{"B\u043eol":{"aws:MultiFactorAuthPresent":"true"}}}'),
    ),
    kind: "undecided",
  },
  "wide letters in an action": {
    policy: statements(OPEN.replace("ssm", "\uff53\uff53\uff4d")),
    kind: "undecided",
  },
  "a document after a document": { policy: statements(HARMLESS) + statements(OPEN), kind: "undecided" },
  "a text of JSON in JSON": { policy: JSON.stringify(statements(OPEN)), kind: "undecided" },
  "not JSON": { policy: '{"Statement": [', kind: "undecided" },
  "no document": { policy: '"ssm:*"', kind: "undecided" },
  "a number": { policy: 42, kind: "undecided" },
  "a list": { policy: [OPEN], kind: "undecided" },
  true: { policy: true, kind: "undecided" },
  "statements twice": {
    policy: `{"Version":"2012-10-17","Statement":[${OPEN}],"Statement":[${HARMLESS}]}`,
    kind: "undecided",
  },
  "an effect twice, once escaped": {
    policy: statements(OPEN.replace("{", '{"Eff\\u0065ct":"Deny",')),
    kind: "undecided",
  },
  "a Cyrillic letter in a key": {
    policy: statements(OPEN.replace("Action", "\u0410ction")),
    kind: "undecided",
  },
  "a space of no width in a key": {
    policy: statements(OPEN.replace("Effect", "Effect\u200b")),
    kind: "undecided",
  },
  "a key called __proto__": {
    policy: statements(OPEN.replace('"Action":"ssm:*"', '"__proto__":{"Action":"ssm:*"}')),
    kind: "undecided",
  },
  "a statement that is a text": { policy: statements(JSON.stringify(OPEN)), kind: "undecided" },
  "nested without end": { policy: `${"[".repeat(20_000)}${"]".repeat(20_000)}`, kind: "undecided" },
  "more than a million characters": { policy: statements(OPEN.padEnd(1_100_000)), kind: "refuted" },
};

const RULE = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] };

const GROUPS: { readonly [name: string]: { readonly ingress: Wire; readonly kind: Kind } } = {
  "ports as texts": { ingress: [{ ...RULE, fromPort: "22", toPort: "22" }], kind: "refuted" },
  "a range of texts": { ingress: [{ ...RULE, fromPort: "0", toPort: "65535" }], kind: "refuted" },
  "one rule, no list": { ingress: RULE, kind: "refuted" },
  "a protocol in capitals": { ingress: [{ ...RULE, protocol: "TCP" }], kind: "refuted" },
  "a number of a protocol": { ingress: [{ ...RULE, protocol: 6 }], kind: "refuted" },
  "sources that are no list": { ingress: [{ ...RULE, cidrBlocks: "0.0.0.0/0" }], kind: "refuted" },
  "sources that are no addresses": { ingress: [{ ...RULE, cidrBlocks: ["everybody"] }], kind: "refuted" },
  "sources in wide digits": { ingress: [{ ...RULE, cidrBlocks: ["\uff10.0.0.0/0"] }], kind: "refuted" },
  "nothing beside a rule": { ingress: [null, RULE], kind: "refuted" },
  "ports in words": { ingress: [{ ...RULE, fromPort: "ssh", toPort: "ssh" }], kind: "undecided" },
  "ports with a zero before them": {
    ingress: [{ ...RULE, fromPort: "022", toPort: "022" }],
    kind: "undecided",
  },
  "ports in wide digits": {
    ingress: [{ ...RULE, fromPort: "\uff12\uff12", toPort: "\uff12\uff12" }],
    kind: "undecided",
  },
  "half a port": { ingress: [{ ...RULE, fromPort: 22.5, toPort: 22.5 }], kind: "undecided" },
  "ports in lists": { ingress: [{ ...RULE, fromPort: [22], toPort: [22] }], kind: "undecided" },
  "a list in a list": { ingress: [[RULE]], kind: "undecided" },
  "a text that is a protocol for all rules": { ingress: "udp", kind: "undecided" },
  "no protocol": { ingress: [{ ...RULE, protocol: null }], kind: "undecided" },
  "a text for all rules": { ingress: "tcp/22", kind: "undecided" },
};

const SESSION = '{"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{}}';

const SHELLS: { readonly [name: string]: { readonly content: Wire; readonly kind: Kind } } = {
  "an object, no text": {
    content: { schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: {} },
    kind: "refuted",
  },
  "YAML where JSON is said": {
    content: "schemaVersion: '1.0'\nsessionType: Standard_Stream\n",
    kind: "undecided",
  },
  "a number": { content: 7, kind: "undecided" },
  "inputs twice": {
    content: SESSION.replace("}}", '},"inputs":{"s3BucketName":"logs"}}'),
    kind: "undecided",
  },
  "inputs that are a list": { content: SESSION.replace("{}", "[]"), kind: "undecided" },
};

const POLICY = "aws:iam/policy:Policy";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DOCUMENT = "aws:ssm/document:Document";

/** Documents of fixtures/wrong-input. */
const IN_PROGRAM: { readonly [name: string]: Kind } = {
  "100-kB": "refuted",
  "10000-statements": "refuted",
  "statements-twice": "undecided",
  "cyrillic-key": "undecided",
  "not-JSON": "undecided",
  "a-number": "undecided",
};

function resources<T extends { readonly kind: Kind }>(
  type: string,
  cases: { readonly [name: string]: T },
  inputs: (one: T) => WireMap,
): readonly StateResource[] {
  return Object.entries(cases).map(([name, one]) => ({ type, name, inputs: inputs(one) }));
}

describeOnRealEngine("input that is wrong, in a state that is analyzed", () => {
  // Only for a folder and a backend: nothing is deployed.
  const engine = ownStack(fixture("every-rule-broken"), "dev");
  const found = once(async () => {
    const state = stateOf([
      ...resources(POLICY, DOCUMENTS, ({ policy }) => ({ policy })),
      ...resources(GROUP, GROUPS, ({ ingress }) => ({ ingress })),
      ...resources(DOCUMENT, SHELLS, ({ content }) => ({
        documentType: "Session",
        documentFormat: "JSON",
        content,
      })),
    ]);
    return findingsOf((await analyzeState(engine(), state)).events);
  });

  for (const [name, { kind }] of Object.entries(DOCUMENTS)) {
    it(`is ${kind} by every rule about access, of a policy document: ${name}`, async () => {
      const findings = await found();
      for (const rule of ACCESS_RULES) {
        assert.equal(verdictOf(findings, `${rule} ${POLICY}::${name}`), kind, rule);
      }
    });
  }

  for (const [name, { kind }] of Object.entries(GROUPS)) {
    it(`is ${kind}, of a security group: ${name}`, async () => {
      assert.equal(verdictOf(await found(), `no-inbound-admin-ports ${GROUP}::${name}`), kind);
    });
  }

  for (const [name, { kind }] of Object.entries(SHELLS)) {
    it(`is ${kind}, of a session document: ${name}`, async () => {
      assert.equal(verdictOf(await found(), `session-logs-somewhere ${DOCUMENT}::${name}`), kind);
    });
  }
});

describeOnRealEngine("input that is wrong, in a program whose provider lets it through", () => {
  const engine = ownStack(fixture("wrong-input"), "dev", {
    prepare: (made) => standInForAws(made, "lenient-aws.ts"),
  });
  const previewed = once(async () => findingsOf((await engine().preview({ packs: REPORTING })).events));

  for (const [name, kind] of Object.entries(IN_PROGRAM)) {
    it(`is ${kind} by every rule about access, of a policy document: ${name}`, async () => {
      const findings = await previewed();
      for (const rule of ACCESS_RULES) {
        assert.equal(verdictOf(findings, `${rule} ${POLICY}::${name}`), kind, rule);
      }
    });
  }

  it("is decided where a port is written as a text, and not where it is written with a zero before it", async () => {
    const findings = await previewed();
    assert.deepEqual(
      ["ports-as-texts", "ports-with-a-zero"].map((name) =>
        verdictOf(findings, `no-inbound-admin-ports ${GROUP}::${name}`),
      ),
      ["refuted", "undecided"],
    );
  });

  it("is decided beside an asset of an empty file, which the policy SDK refuses", async () => {
    const line = `no-inbound-admin-ports ${GROUP}::empty-file-beside-an-open-port`;
    assert.equal(verdictOf(await previewed(), line), "refuted");
  });
});

/** What became of a question; where it is undecided, with a reason. */
function verdictOf({ refuted, undecided }: Findings, line: string): Kind | "passed" {
  const reasons = undecided.flatMap((other) =>
    other.startsWith(`${line}: `) ? [other.slice(line.length + 2)] : [],
  );
  assert.deepEqual(
    reasons.filter((reason) => reason.trim() === ""),
    [],
    line,
  );
  return refuted.includes(line) ? "refuted" : reasons.length > 0 ? "undecided" : "passed";
}
