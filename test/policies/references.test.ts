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
  readonly providerInputs?: object;
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
  const records = resources.map(
    ({ type, name, inputs, outputs, from = {}, parent, provider, providerInputs }) => ({
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
      ...(providerInputs === undefined ? {} : { providerInputs: readProps(providerInputs) }),
    }),
  );
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

  it("goes by an id that only the resource's ARN tells", () => {
    const made = (type: string, resource: string): Made => ({
      type,
      name: "it",
      outputs: { arn: `arn:aws:ec2:eu-central-1:123456789012:${resource}` },
    });
    const followed = [
      follow(["subnet"], from("subnet-1"), made("aws:ec2/subnet:Subnet", "subnet/subnet-1")),
      follow(["vpc"], from("vpc-1"), made("aws:ec2/vpc:Vpc", "vpc/vpc-1")),
      follow(
        ["default-security-group"],
        from("sg-1"),
        made("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "security-group/sg-1"),
      ),
      follow(
        ["network-interface"],
        from("eni-1"),
        made("aws:ec2/networkInterface:NetworkInterface", "network-interface/eni-1"),
      ),
    ];
    assert.deepEqual(
      followed,
      followed.map(() => ({ by: "value", names: ["it"] })),
    );
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

  const named = (name: string, provider: string, rest: Partial<Made> = {}): Made => ({
    type: GROUP,
    name,
    inputs: { name: "/acme" },
    provider,
    ...rest,
  });

  it("takes a name of a Region for the resource of its own provider only", () => {
    const both = [named("here", "eu"), named("there", "us")] as const;
    assert.deepEqual(follow(["log-group"], from("/acme", { provider: "us" }), ...both), {
      by: "value",
      names: ["there"],
    });
    // A third provider may be anywhere: nothing of the stack is proved to be meant.
    assert.deepEqual(follow(["log-group"], from("/acme", { provider: "ap" }), ...both), {
      kind: "outside",
      value: "/acme",
    });
  });

  it("takes default providers of several versions for one, and explicit ones by what they are configured with", () => {
    const inRegion = (region: string) => ({ providerInputs: { region } });
    assert.deepEqual(
      follow(
        ["log-group"],
        from("/acme", { provider: "urn:pulumi:s::p::pulumi:providers:aws::default_7_1_0" }),
        named("here", "urn:pulumi:s::p::pulumi:providers:aws::default_7_48_0"),
      ),
      { by: "value", names: ["here"] },
    );
    assert.deepEqual(
      follow(
        ["log-group"],
        from("/acme", { provider: "x", ...inRegion("eu-west-1") }),
        named("there", "y", inRegion("us-east-1")),
      ),
      { kind: "outside", value: "/acme" },
    );
    // The Region is one; whether the account is, nothing says.
    assert.deepEqual(
      follow(
        ["log-group"],
        from("/acme", { provider: "x", ...inRegion("eu-west-1") }),
        named("there", "y", { providerInputs: { region: "eu-west-1", profile: "shop" } }),
      ),
      { kind: "outside", value: "/acme" },
    );
    // With the same credentials, it is.
    assert.deepEqual(
      follow(
        ["log-group"],
        from("/acme", { provider: "x", providerInputs: { region: "eu-west-1", profile: "shop" } }),
        named("there", "y", { providerInputs: { region: "eu-west-1", profile: "shop" } }),
      ),
      { by: "value", names: ["there"] },
    );
    // Credentials that are not known are not the same as others that are not known.
    assert.deepEqual(
      follow(
        ["log-group"],
        from("/acme", { provider: "x", providerInputs: { region: "eu-west-1", secretKey: UNKNOWN } }),
        named("there", "y", { providerInputs: { region: "eu-west-1", secretKey: UNKNOWN } }),
      ),
      { kind: "outside", value: "/acme" },
    );
    const account = { region: "eu-west-1", allowedAccountIds: '["123456789012"]' };
    assert.deepEqual(
      follow(
        ["log-group"],
        from("/acme", { provider: "x", providerInputs: account }),
        named("there", "y", { providerInputs: account }),
      ),
      { by: "value", names: ["there"] },
    );
  });

  it("goes by the Region that a resource names itself, before its provider's", () => {
    const elsewhere = named("there", "p", { inputs: { name: "/acme", region: "us-east-1" } });
    const here = named("here", "p", { inputs: { name: "/acme" }, outputs: { region: "eu-west-1" } });
    const asking = from("/acme", { provider: "p", outputs: { region: "eu-west-1" } });
    assert.deepEqual(follow(["log-group"], asking, elsewhere, here), { by: "value", names: ["here"] });
    assert.deepEqual(follow(["log-group"], asking, elsewhere), { kind: "outside", value: "/acme" });
  });

  it("takes names of IAM for one account's, whatever the Region of the provider", () => {
    const role = (rest: Partial<Made>): Made => ({
      type: ROLE,
      name: "role",
      inputs: { name: "operator" },
      ...rest,
    });
    const asking = from("operator", { provider: "us", providerInputs: { region: "us-east-1" } });
    const eu = { provider: "eu", providerInputs: { region: "eu-west-1" } };
    assert.deepEqual(follow(["role"], asking, role(eu)), { by: "value", names: ["role"] });
    const assumed = (account: string) => ({
      assumeRoles: JSON.stringify([{ roleArn: `arn:aws:iam::${account}:role/deploy` }]),
    });
    assert.deepEqual(
      follow(
        ["role"],
        from("operator", { provider: "one", providerInputs: assumed("111111111111") }),
        role({ provider: "two", providerInputs: assumed("222222222222") }),
      ),
      { kind: "outside", value: "operator" },
    );
  });

  it("holds an ARN that someone wrote down to the Region and account of a resource without one", () => {
    const logs = named("logs", "eu", { providerInputs: { region: "eu-west-1" } });
    const arn = (region: string) => `arn:aws:logs:${region}:123456789012:log-group:/acme:*`;
    assert.deepEqual(follow(["log-group"], from(arn("eu-west-1")), logs), { by: "value", names: ["logs"] });
    assert.deepEqual(follow(["log-group"], from(arn("us-east-1")), logs), {
      kind: "outside",
      value: arn("us-east-1"),
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
