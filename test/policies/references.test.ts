import assert from "node:assert/strict";
import { buildEstate, type Estate } from "@bastionless/policies/estate/estate.ts";
import { readFacts } from "@bastionless/policies/estate/facts.ts";
import type { Kind } from "@bastionless/policies/estate/kind.ts";
import { resolve } from "@bastionless/policies/estate/reference.ts";
import type { ResourceRecord } from "@bastionless/policies/estate/resource-record.ts";
import { readProps } from "@bastionless/policies/reader/data.ts";
import { at, root } from "@bastionless/policies/reader/place.ts";
import { UNKNOWN, urnOf } from "./support/stack.ts";

interface Made {
  readonly type: string;
  readonly name: string;
  readonly inputs?: object;
  readonly outputs?: object;
  readonly from?: { readonly [property: string]: readonly string[] };
  readonly parent?: string;
  readonly provider?: string;
}

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const KEY = "aws:kms/key:Key";
const ROLE = "aws:iam/role:Role";

function make(...resources: readonly Made[]): {
  readonly estate: Estate;
  readonly records: readonly ResourceRecord[];
} {
  const urns = new Map(resources.map(({ type, name }) => [name, urnOf(type, name)]));
  const urn = (name: string): string => urns.get(name) ?? "";
  const records = resources.map(({ type, name, inputs, outputs, from = {}, parent, provider }) => ({
    urn: urn(name),
    type,
    name,
    inputs: readProps(inputs ?? {}),
    outputs: readProps(outputs ?? {}),
    dependencies: Object.fromEntries(
      Object.entries(from).map(([property, names]) => [property, names.map(urn)]),
    ),
    parent: parent === undefined ? undefined : urn(parent),
    provider,
  }));
  return { estate: buildEstate(records.map(readFacts), records), records };
}

function follow(kinds: readonly Kind[], ...resources: readonly Made[]) {
  const { estate, records } = make(...resources);
  const [from] = records;
  assert.ok(from !== undefined);
  const resolution = resolve(estate, from, at(root(from.inputs ?? {}), "ref"), kinds);
  return resolution.kind === "found"
    ? { by: resolution.by, names: resolution.records.map(({ name }) => name) }
    : resolution;
}

const from = (ref: unknown, rest: Partial<Made> = {}): Made => ({
  type: GROUP,
  name: "from",
  inputs: { ref },
  ...rest,
});

describe("following a reference", () => {
  const key: Made = {
    type: KEY,
    name: "key",
    outputs: { keyId: "0f1e", arn: "arn:aws:kms:eu-central-1:123456789012:key/0f1e", id: "0f1e" },
  };

  it("goes by id and by ARN", () => {
    for (const ref of ["0f1e", "arn:aws:kms:eu-central-1:123456789012:key/0f1e"]) {
      assert.deepEqual(follow(["key", "alias"], from(ref), key), { by: "value", names: ["key"] });
    }
  });

  it("goes by name, and by the name in an ARN while the resource has none", () => {
    const role: Made = { type: ROLE, name: "role", inputs: { name: "operator" } };
    assert.deepEqual(follow(["role"], from("operator"), role), { by: "value", names: ["role"] });
    const arn = "arn:aws:iam::123456789012:role/people/operator";
    assert.deepEqual(follow(["role"], from(arn), role), { by: "value", names: ["role"] });
    const other = { ...role, outputs: { arn: "arn:aws:iam::999999999999:role/operator" } };
    assert.deepEqual(follow(["role"], from(arn), other), { kind: "outside", value: arn });
    const logs: Made = { type: GROUP, name: "logs", inputs: { name: "/acme/sessions" } };
    assert.deepEqual(
      follow(["log-group"], from("arn:aws:logs:eu-central-1:123456789012:log-group:/acme/sessions:*"), logs),
      { by: "value", names: ["logs"] },
    );
  });

  it("goes by what the value was computed from while it is not known", () => {
    const unknown = from(UNKNOWN, { from: { ref: ["role", "key"] } });
    const role: Made = { type: ROLE, name: "role" };
    assert.deepEqual(follow(["key"], unknown, role, { type: KEY, name: "key" }), {
      by: "dependency",
      names: ["key"],
    });
  });

  it("goes into components, at any depth, and around circles", () => {
    const unknown = from(UNKNOWN, { from: { ref: ["network"] } });
    assert.deepEqual(
      follow(
        ["key"],
        unknown,
        { type: "acme:index:Network", name: "network", parent: "logging" },
        { type: "acme:index:Logging", name: "logging", parent: "network" },
        { type: KEY, name: "key", parent: "logging" },
        { type: KEY, name: "elsewhere" },
      ),
      { by: "dependency", names: ["key"] },
    );
  });

  it("does not follow what is not known and was computed from nothing of that kind", () => {
    assert.deepEqual(
      follow(["key"], from(UNKNOWN, { from: { ref: ["role"] } }), { type: ROLE, name: "role" }),
      {
        kind: "unreadable",
        cause: { kind: "unknown", path: "ref" },
      },
    );
  });

  it("prefers the resource of its own provider among those of one name", () => {
    const named = (name: string, provider: string): Made => ({
      type: GROUP,
      name,
      inputs: { name: "/acme" },
      provider,
    });
    const both = [named("here", "eu"), named("there", "us")] as const;
    assert.deepEqual(follow(["log-group"], from("/acme", { provider: "us" }), ...both), {
      by: "value",
      names: ["there"],
    });
    assert.deepEqual(follow(["log-group"], from("/acme", { provider: "ap" }), ...both), {
      by: "value",
      names: ["here", "there"],
    });
  });

  it("tells a name that nothing has, what is not there, and what is no name", () => {
    assert.deepEqual(follow(["key"], from("0000"), key), { kind: "outside", value: "0000" });
    assert.deepEqual(follow(["key"], from(null), key), { kind: "absent" });
    assert.deepEqual(follow(["key"], from({ arn: "0f1e" }), key), {
      kind: "unreadable",
      cause: { kind: "malformed", path: "ref", expected: "a text", found: '{"arn":"0f1e"}' },
    });
  });
});
