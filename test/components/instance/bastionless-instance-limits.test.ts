import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AGENT_SIGNING_KEY } from "../../../components/instance/agent-signing-key.ts";
import { problemPaths } from "../../support/problem-paths.ts";
import { AMI, GROUP, HOST, KEY, NETWORK, SUBNET, plan } from "./support/planned-instance.ts";

describe("the plan of an instance accepts", () => {
  const cases: readonly (readonly [string, object])[] = [
    ["the last hop limit", { metadataHopLimit: 64 }],
    ["the largest root volume", { rootVolumeGib: 16_384 }],
    ["Windows' smallest root volume", { os: "windows-2022", rootVolumeGib: 30 }],
    ["user data of 16 KiB", { userData: "x".repeat(16_384) }],
    ["the last port", { egress: { x: { port: 65_535, cidrIpv4: "10.0.0.0/8" } } }],
    [
      "the longest description",
      { egress: { x: { port: 5, cidrIpv4: "10.0.0.0/8", description: "x".repeat(255) } } },
    ],
    ["a range of one port", { egress: { x: { port: 5, toPort: 5, cidrIpv4: "10.0.0.0/8" } } }],
    ["three more groups", { securityGroupIds: [GROUP, GROUP, GROUP] }],
    ["nine more policies", { policyArns: Array(9).fill("arn:aws:iam::aws:policy/X") }],
    ["a boundary in China", { permissionsBoundaryArn: "arn:aws-cn:iam::111122223333:policy/boundary" }],
    ["a key", { rootVolumeKmsKeyArn: KEY }],
    ["the smallest root volume of RHEL", { os: "rhel-9", rootVolumeGib: 10 }],
    ["the smallest root volume of macOS", { os: "macos-sonoma", hostId: HOST, rootVolumeGib: 100 }],
    ["a Mac's type", { os: "macos-sonoma", hostId: HOST, instanceType: "mac2-m2pro.metal" }],
    ["an agent's key of one's own", { os: "debian-12", agentSigningKey: AGENT_SIGNING_KEY }],
    ["cloud-config beside the agent", { os: "debian-12", userData: "#cloud-config\npackages: [git]\n" }],
    ["a zone as an output", { os: "macos-sonoma", hostAvailabilityZone: pulumi.output("us-west-2b") }],
    ["a zone of GovCloud", { os: "macos-sonoma", hostAvailabilityZone: "us-gov-west-1a" }],
    ["an architecture that fits the type", { architecture: "arm64", instanceType: "c7g.large" }],
  ];
  for (const [what, args] of cases) {
    it(what, () => {
      assert.deepEqual(
        problemPaths(() => plan(args)),
        [],
      );
    });
  }
});

describe("the plan of an instance refuses", () => {
  const rule = (more: object): object => ({ egress: { x: { port: 80, cidrIpv4: "10.0.0.0/8", ...more } } });
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    ["no place at all", { network: undefined }, ["network"]],
    ["a subnet of no VPC", { ...SUBNET, vpcId: undefined }, ["vpcId"]],
    ["a VPC without subnet", { ...SUBNET, subnetId: undefined }, ["subnetId"]],
    ["two places", { vpcId: NETWORK.vpcId, subnetId: NETWORK.subnetIds[0] }, ["vpcId", "subnetId"]],
    ["two places, one of them an output", { vpcId: pulumi.output(NETWORK.vpcId) }, ["vpcId"]],
    ["zone 0", { zone: 0 }, ["zone"]],
    ["a zone that the network has not", { zone: 3 }, ["zone"]],
    ["a zone without network", { ...SUBNET, zone: 1 }, ["zone"]],
    ["a subnet's name", { ...SUBNET, subnetId: "main" }, ["subnetId"]],
    ["an unknown operating system", { os: "windows-95" }, ["os"]],
    ["an inherited property as operating system", { os: "toString" }, ["os"]],
    ["an unknown architecture", { architecture: "amd64" }, ["architecture"]],
    ["an Intel type for arm64", { architecture: "arm64", instanceType: "t3.small" }, ["instanceType"]],
    ["a Graviton type for x86_64", { architecture: "x86_64", instanceType: "t4g.small" }, ["instanceType"]],
    ["a Graviton type for Windows", { os: "windows-2022", instanceType: "t4g.medium" }, ["instanceType"]],
    ["arm64 for Windows", { os: "windows-2022", architecture: "arm64" }, ["architecture"]],
    ["a type that is none", { instanceType: "small" }, ["instanceType"]],
    ["a Mac's type without macOS", { instanceType: "mac2.metal" }, ["instanceType"]],
    ["macOS on no host", { os: "macos-sonoma" }, ["hostId"]],
    [
      "macOS on two hosts",
      { os: "macos-sonoma", hostId: HOST, hostAvailabilityZone: "eu-west-1a" },
      ["hostAvailabilityZone"],
    ],
    [
      "macOS on another type",
      { os: "macos-sonoma", hostId: HOST, instanceType: "m7g.metal" },
      ["instanceType"],
    ],
    [
      "macOS on Intel for arm64",
      { os: "macos-sonoma", hostId: HOST, instanceType: "mac1.metal", architecture: "arm64" },
      ["instanceType"],
    ],
    ["a host's name", { os: "macos-sonoma", hostId: "mac" }, ["hostId"]],
    ["a region as zone", { os: "macos-sonoma", hostAvailabilityZone: "eu-west-1" }, ["hostAvailabilityZone"]],
    ["a zone's id", { os: "macos-sonoma", hostAvailabilityZone: "euw1-az1" }, ["hostAvailabilityZone"]],
    ["a host for Linux", { hostId: HOST }, ["hostId"]],
    [
      "a host's zone for Windows",
      { os: "windows-2022", hostAvailabilityZone: "eu-west-1a" },
      ["hostAvailabilityZone"],
    ],
    ["a small volume for macOS", { os: "macos-sonoma", hostId: HOST, rootVolumeGib: 99 }, ["rootVolumeGib"]],
    ["a small volume for RHEL", { os: "rhel-9", rootVolumeGib: 9 }, ["rootVolumeGib"]],
    ["installing the agent on Windows", { os: "windows-2022", installAgent: true }, ["installAgent"]],
    [
      "installing the agent on macOS",
      { os: "macos-sonoma", hostId: HOST, installAgent: true },
      ["installAgent"],
    ],
    ["a key that is none", { os: "debian-12", agentSigningKey: "ssh-rsa AAAA" }, ["agentSigningKey"]],
    [
      "a private key",
      { os: "debian-12", agentSigningKey: AGENT_SIGNING_KEY.replaceAll("PUBLIC", "PRIVATE") },
      ["agentSigningKey"],
    ],
    ["a key without an installation", { agentSigningKey: AGENT_SIGNING_KEY }, ["agentSigningKey"]],
    ["user data of another form beside the agent", { os: "debian-12", userData: "echo hello" }, ["userData"]],
    [
      "user data too long beside the agent",
      { os: "debian-12", userData: `#!${"x".repeat(16_382)}` },
      ["userData"],
    ],
    ["an image's name", { amiId: "al2023", instanceType: "t4g.nano" }, ["amiId"]],
    [
      "following the newest of one's own image",
      { amiId: AMI, instanceType: "t4g.nano", followLatestImage: true },
      ["followLatestImage"],
    ],
    ["an image of nobody knows what architecture", { amiId: AMI }, ["instanceType"]],
    ["a root volume smaller than the image", { rootVolumeGib: 7 }, ["rootVolumeGib"]],
    ["a root volume smaller than Windows", { os: "windows-2025", rootVolumeGib: 29 }, ["rootVolumeGib"]],
    ["a root volume that EBS has not", { rootVolumeGib: 16_385 }, ["rootVolumeGib"]],
    ["a part of a GiB", { rootVolumeGib: 8.5 }, ["rootVolumeGib"]],
    ["a key's alias", { rootVolumeKmsKeyArn: "alias/ebs" }, ["rootVolumeKmsKeyArn"]],
    ["no hop", { metadataHopLimit: 0 }, ["metadataHopLimit"]],
    ["65 hops", { metadataHopLimit: 65 }, ["metadataHopLimit"]],
    ["user data of more than 16 KiB", { userData: "x".repeat(16_385) }, ["userData"]],
    ["user data of more than 16 KiB in bytes", { userData: "ü".repeat(8_193) }, ["userData"]],
    ["four more groups", { securityGroupIds: Array(4).fill(GROUP) }, ["securityGroupIds"]],
    ["a group's name", { securityGroupIds: ["default"] }, ["securityGroupIds[0]"]],
    ["ten more policies", { policyArns: Array(10).fill("arn:aws:iam::aws:policy/X") }, ["policyArns"]],
    ["a policy's name", { policyArns: ["ReadOnlyAccess"] }, ["policyArns[0]"]],
    ["a boundary's name", { permissionsBoundaryArn: "boundary" }, ["permissionsBoundaryArn"]],
    ["port 0", rule({ port: 0 }), ["egress.x.port"]],
    ["port 65536", rule({ port: 65_536, toPort: undefined }), ["egress.x.port"]],
    ["a range that ends before it begins", rule({ toPort: 79 }), ["egress.x.toPort"]],
    ["a range beyond the last port", rule({ toPort: 65_536 }), ["egress.x.toPort"]],
    ["another protocol", rule({ protocol: "icmp" }), ["egress.x.protocol"]],
    ["no block", rule({ cidrIpv4: "anywhere" }), ["egress.x.cidrIpv4"]],
    ["two destinations", rule({ securityGroupId: GROUP }), ["egress.x"]],
    ["no destination", { egress: { x: { port: 80 } } }, ["egress.x"]],
    ["an empty description", rule({ description: "" }), ["egress.x.description"]],
    ["a description of 256 characters", rule({ description: "x".repeat(256) }), ["egress.x.description"]],
    ["a description that EC2 refuses", rule({ description: "to “orders”" }), ["egress.x.description"]],
    [
      "a rule's name with spaces",
      { egress: { "to db": { port: 80, cidrIpv4: "10.0.0.0/8" } } },
      ["egress.to db"],
    ],
    ["no access tag", { accessTags: {} }, ["accessTags"]],
    [
      "an output in the place of a tag that access is conditioned on",
      { tags: { Environment: pulumi.output("x") } },
      ["accessTags"],
    ],
    ["an access tag twice", { tags: { A: "1" }, accessTags: { A: "2" } }, ['accessTags["A"]']],
    [
      "a shell document's bad name",
      { documents: { shell: { documentName: "a b" } } },
      ["documents.shell.documentName"],
    ],
    [
      "a document that takes more than ports",
      { documents: { forward: { documentName: "shop-run", parameters: ["command"] } } },
      ["documents.forward.parameters"],
    ],
    ["a reserved prefix", { namePrefix: "aws-x" }, ["namePrefix"]],
  ];
  for (const [what, args, expected] of cases) {
    it(what, () => {
      assert.deepEqual(
        problemPaths(() => plan(args)),
        expected,
      );
    });
  }

  it("everything that is wrong at once", () => {
    assert.throws(
      () => plan({ zone: 9, instanceType: "x", rootVolumeGib: 1, metadataHopLimit: 0, accessTags: {} }),
      (error: Error) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual(error.errors.map(({ propertyPath }) => propertyPath).toSorted(), [
          "accessTags",
          "instanceType",
          "metadataHopLimit",
          "rootVolumeGib",
          "zone",
        ]);
        assert.match(error.message, /^BastionlessInstance `app`: 5 arguments are wrong\n/);
        return true;
      },
    );
  });

  it("a name that makes a role's too long", () => {
    assert.deepEqual(
      problemPaths(() => plan({}, "n".repeat(55))),
      [],
    );
    assert.deepEqual(
      problemPaths(() => plan({}, "n".repeat(56))),
      ["name"],
    );
  });
});
