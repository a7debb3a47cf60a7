import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { ELASTIC_ADDRESS_FORMS } from "@bastionless/policies/estate/elastic-address.ts";
import { LAUNCH_FORMS, standingInterface } from "@bastionless/policies/estate/launch.ts";
import type { ResourceRecord } from "@bastionless/policies/estate/resource-record.ts";
import type { DataMap } from "@bastionless/policies/reader/data.ts";

const AWS = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));
const INPUT_TYPES = readFileSync(join(AWS, "types", "input.d.ts"), "utf8");

/** Names for one thing, of which each type has but one. */
const EITHER: { readonly [name: string]: string } = {
  id: "launchTemplateId",
  launchTemplateId: "id",
  name: "launchTemplateName",
  launchTemplateName: "name",
};

/** An object in which everything is there, and which keeps note of what it is asked for. */
function curious(asked: Set<string>, path: string): DataMap {
  const member = (key: string): DataMap => {
    const inner = path === "" ? key : `${path}.${key}`;
    asked.add(inner);
    return curious(asked, inner);
  };
  return new Proxy<DataMap>(
    {},
    {
      get: (target, key) => (typeof key === "string" ? member(key) : Reflect.get(target, key)),
      getOwnPropertyDescriptor: (_, key) =>
        typeof key === "string"
          ? { value: member(key), configurable: true, enumerable: true, writable: true }
          : undefined,
    },
  );
}

/** The properties that reading a resource of the type asks for. */
function asksFor(type: string, read: (record: ResourceRecord) => unknown): readonly string[] {
  const asked = new Set<string>();
  read({
    urn: "urn",
    type,
    name: "it",
    inputs: curious(asked, ""),
    outputs: undefined,
    dependencies: {},
    parent: undefined,
    provider: undefined,
  });
  return [...asked].filter((path) => !/\.?(toJSON)$/.test(path)).toSorted();
}

function moduleOf(type: string): { readonly file: string; readonly name: string } {
  const [, module = "", name = ""] = type.split(":");
  return { file: join(AWS, module), name };
}

function block(text: string, start: number): string {
  assert.ok(start >= 0);
  return text.slice(start, text.indexOf("\n}", start));
}

/** The members of an interface, by name: what is declared of each. */
function members(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^\s+(\w+)\??: (.+);$/gm)].map(([, name = "", type = ""]) => [name, type]),
  );
}

function nested(declared: string): ReadonlyMap<string, string> {
  const [, namespace, name] = /inputs\.(\w+)\.(\w+)/.exec(declared) ?? [];
  assert.ok(namespace !== undefined && name !== undefined, declared);
  const within = INPUT_TYPES.indexOf(`export declare namespace ${namespace} {`);
  const start = INPUT_TYPES.indexOf(`interface ${name} {`, within);
  assert.ok(within >= 0 && start >= 0, declared);
  return members(INPUT_TYPES.slice(start, INPUT_TYPES.indexOf("\n    }", start)));
}

function has(type: string, path: string): boolean {
  const { file, name } = moduleOf(type);
  const declarations = readFileSync(`${file}.d.ts`, "utf8");
  let level = members(block(declarations, declarations.indexOf(`export interface ${name}Args {`)));
  const keys = path.split(".");
  for (const [index, key] of keys.entries()) {
    const other = EITHER[key];
    const declared = level.get(key) ?? (other === undefined ? undefined : level.get(other));
    if (declared === undefined) {
      return false;
    }
    if (index < keys.length - 1) {
      level = nested(declared);
    }
  }
  return true;
}

const FORMS: ReadonlyMap<string, (record: ResourceRecord) => unknown> = new Map<
  string,
  (record: ResourceRecord) => unknown
>([
  ...LAUNCH_FORMS,
  ...ELASTIC_ADDRESS_FORMS,
  ["aws:ec2/networkInterface:NetworkInterface", standingInterface],
]);

/** What is read elsewhere than in the forms, by type. */
const OTHERS: { readonly [type: string]: readonly string[] } = {
  "aws:ec2/ami:Ami": ["imdsSupport", "region"],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
    ...["ingress", "egress"].flatMap((list) =>
      ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups", "self"].map(
        (key) => `${list}.${key}`,
      ),
    ),
    "vpcId",
  ],
  "aws:ec2/defaultSubnet:DefaultSubnet": [
    "assignIpv6AddressOnCreation",
    "availabilityZone",
    "mapPublicIpOnLaunch",
  ],
  "aws:ec2/defaultVpc:DefaultVpc": [],
  "aws:ec2/instance:Instance": ["metadataOptions.httpEndpoint", "metadataOptions.httpTokens", "region"],
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": ["httpTokens", "region"],
  "aws:ec2/keyPair:KeyPair": ["keyName"],
  "aws:ec2/launchConfiguration:LaunchConfiguration": [
    "metadataOptions.httpEndpoint",
    "metadataOptions.httpTokens",
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    "metadataOptions.httpEndpoint",
    "metadataOptions.httpTokens",
    "updateDefaultVersion",
  ],
  "aws:ec2/securityGroupRule:SecurityGroupRule": ["securityGroupId"],
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": [
    "metadataOptions.httpEndpoint",
    "metadataOptions.httpTokens",
  ],
  "aws:ec2/subnet:Subnet": ["assignIpv6AddressOnCreation", "mapPublicIpOnLaunch"],
  "aws:ec2/vpc:Vpc": [],
  "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": [],
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": [
    "instanceMetadataOptions.httpTokens",
  ],
  "aws:lightsail/instance:Instance": ["ipAddressType"],
  "aws:lightsail/keyPair:KeyPair": [],
  "aws:lightsail/staticIpAttachment:StaticIpAttachment": [],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["securityGroupId"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["securityGroupId"],
};

function assertHas(type: string, paths: readonly string[]): void {
  assert.ok(readFileSync(`${moduleOf(type).file}.js`, "utf8").includes(`__pulumiType = '${type}'`), type);
  assert.deepEqual(
    paths.filter((path) => !has(type, path)),
    [],
  );
}

describe("what is read of machines", () => {
  for (const [type, read] of FORMS) {
    it(`is what ${type} has`, () => {
      const paths = asksFor(type, read);
      assert.ok(paths.length > 0);
      assertHas(type, paths);
    });
  }

  it("is what the types around them have", () => {
    for (const [type, paths] of Object.entries(OTHERS)) {
      assertHas(type, paths);
    }
  });
});
