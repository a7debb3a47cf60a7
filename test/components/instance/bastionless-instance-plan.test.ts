import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { BastionlessInstanceArgs } from "../../../components/instance/bastionless-instance-args.ts";
import {
  planBastionlessInstance,
  type BastionlessInstancePlan,
} from "../../../components/instance/bastionless-instance-plan.ts";
import {
  AGENT_SIGNING_KEY,
  AGENT_SIGNING_KEY_FINGERPRINT,
} from "../../../components/instance/agent-signing-key.ts";
import { OPERATING_SYSTEMS } from "../../../components/instance/machine-image.ts";
import { AWS_DOCUMENTS } from "../../../components/instance/session-commands.ts";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const NETWORK = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  zones: 2,
  instancesSecurityGroupId: "sg-0a1b2c3d4e5f60718",
};
const JOINED = {
  vpcId: NETWORK.vpcId,
  subnetIds: NETWORK.subnetIds,
  instancesSecurityGroupId: NETWORK.instancesSecurityGroupId,
};
const SUBNET = { network: undefined, vpcId: NETWORK.vpcId, subnetId: NETWORK.subnetIds[0] };
const GROUP = "sg-0a1b2c3d4e5f60719";
const HOST = "h-0a1b2c3d4e5f60718";
const AMI = "ami-0a1b2c3d4e5f60718";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** `network: undefined` and the like stand for arguments left out. */
function plan(args: object = {}, name = "app"): BastionlessInstancePlan {
  const given = Object.fromEntries(
    Object.entries({ network: NETWORK, ...args }).filter(([, value]) => value !== undefined),
  ) as BastionlessInstanceArgs;
  return planBastionlessInstance(name, given, DEPLOYMENT);
}

describe("the plan of an instance", () => {
  it("with a network alone is a small Amazon Linux on arm64, in its first zone", () => {
    assert.deepEqual(plan(), {
      physicalName: "shop-dev-app",
      instanceLogicalName: "app-amazon-linux-2023-arm64",
      tags: { Project: "shop", Environment: "dev" },
      accessTags: { Project: "shop", Environment: "dev" },
      placement: { kind: "network", subnetIndex: 0, network: JOINED },
      egress: [],
      os: "amazon-linux-2023",
      platform: "linux",
      image: {
        kind: "latest",
        parameter: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
        follow: false,
      },
      architecture: "arm64",
      instanceTypes: ["t4g.small"],
      instanceType: "t4g.small",
      host: undefined,
      sshUser: "ec2-user",
      rootDeviceName: "/dev/xvda",
      agent: undefined,
      rootVolumeGib: 8,
      rootVolumeKmsKeyArn: undefined,
      metadataHopLimit: 1,
      userData: undefined,
      policyArns: [],
      permissionsBoundaryArn: undefined,
      securityGroupIds: [],
      documents: {
        shell: undefined,
        forward: AWS_DOCUMENTS.port,
        remoteForward: AWS_DOCUMENTS.remoteHost,
        ssh: AWS_DOCUMENTS.ssh,
      },
    });
  });

  it("in a subnet of another network opens HTTPS, which leads to Systems Manager from anywhere", () => {
    const planned = plan(SUBNET);
    assert.deepEqual(planned.placement, {
      kind: "subnet",
      vpcId: NETWORK.vpcId,
      subnetId: NETWORK.subnetIds[0],
    });
    assert.deepEqual(planned.egress, [
      {
        name: "https",
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        description: "HTTPS to anywhere: to Systems Manager",
        to: { cidrIpv4: "0.0.0.0/0" },
      },
    ]);
    assert.deepEqual(plan({ ...SUBNET, egress: {} }).egress, []);
  });

  const images: readonly (readonly [object, string, string, string])[] = [
    [
      { os: "amazon-linux-2023", architecture: "x86_64" },
      "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      "t3.small",
      "ec2-user",
    ],
    [
      { os: "ubuntu-22.04" },
      "/aws/service/canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id",
      "t4g.small",
      "ubuntu",
    ],
    [
      { os: "ubuntu-24.04", instanceType: "m7i.large" },
      "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
      "m7i.large",
      "ubuntu",
    ],
    [
      { os: "windows-2019" },
      "/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-Base",
      "t3.medium",
      "Administrator",
    ],
    [
      { os: "windows-2022" },
      "/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base",
      "t3.medium",
      "Administrator",
    ],
    [
      { os: "windows-2025", instanceType: "m7a.large" },
      "/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-Base",
      "m7a.large",
      "Administrator",
    ],
    [{ os: "debian-12" }, "/aws/service/debian/release/12/latest/arm64", "t4g.small", "admin"],
    [
      { os: "debian-13", architecture: "x86_64" },
      "/aws/service/debian/release/13/latest/amd64",
      "t3.small",
      "admin",
    ],
    [
      { os: "macos-sonoma", hostId: HOST },
      "/aws/service/ec2-macos/sonoma/arm64_mac/latest/image_id",
      "mac2.metal",
      "ec2-user",
    ],
    [
      { os: "macos-sequoia", architecture: "x86_64", hostId: HOST },
      "/aws/service/ec2-macos/sequoia/x86_64_mac/latest/image_id",
      "mac1.metal",
      "ec2-user",
    ],
    [
      { os: "macos-tahoe", instanceType: "mac-m4pro.metal", hostId: HOST },
      "/aws/service/ec2-macos/tahoe/arm64_mac/latest/image_id",
      "mac-m4pro.metal",
      "ec2-user",
    ],
  ];
  for (const [args, parameter, instanceType, sshUser] of images) {
    it(`finds the image of ${JSON.stringify(args)} by a parameter`, () => {
      const planned = plan(args);
      assert.deepEqual(planned.image, { kind: "latest", parameter, follow: false });
      assert.equal(planned.instanceType, instanceType);
      assert.equal(planned.sshUser, sshUser);
    });
  }

  const searched: readonly (readonly [object, string, string, string])[] = [
    [{ os: "rhel-9" }, "309956199498", "RHEL-9.*_HVM-*-arm64-*-Hourly2-GP3", "ec2-user"],
    [
      { os: "rhel-9", architecture: "x86_64" },
      "309956199498",
      "RHEL-9.*_HVM-*-x86_64-*-Hourly2-GP3",
      "ec2-user",
    ],
    [{ os: "rocky-9" }, "792107900819", "Rocky-9-EC2-Base-9.*.aarch64", "rocky"],
    [{ os: "almalinux-9", instanceType: "t3.micro" }, "764336703387", "AlmaLinux OS 9.* x86_64", "ec2-user"],
  ];
  for (const [args, owner, name, sshUser] of searched) {
    it(`finds the image of ${JSON.stringify(args)} by its publisher and its name`, () => {
      const planned = plan(args);
      const { image } = planned;
      assert.ok(image.kind === "search");
      assert.deepEqual(
        [image.owners["aws"], image.name, image.architecture, image.follow],
        [owner, name, planned.architecture, false],
      );
      assert.equal(planned.sshUser, sshUser);
      assert.equal(planned.rootVolumeGib, 10);
    });
  }

  it("installs the agent where the operating system's images have none, or where it is asked to", () => {
    const packages = Object.keys(OPERATING_SYSTEMS).map((os) => [
      os,
      plan({ os, ...(os.startsWith("macos") ? { hostId: HOST } : {}) }).agent?.package,
    ]);
    assert.deepEqual(Object.fromEntries(packages.filter(([, wanted]) => wanted !== undefined)), {
      "almalinux-9": "rpm",
      "debian-12": "deb",
      "debian-13": "deb",
      "rhel-9": "rpm",
      "rocky-9": "rpm",
    });
    assert.equal(plan({ os: "debian-12", installAgent: false }).agent, undefined);
    assert.equal(plan({ os: "ubuntu-24.04", installAgent: true }).agent?.package, "deb");
    assert.equal(
      plan({ installAgent: true, architecture: "x86_64" }).agent?.signingKey.fingerprint,
      AGENT_SIGNING_KEY_FINGERPRINT,
    );
  });

  it("stands a Mac on a dedicated host, given or its own, and nothing else", () => {
    assert.equal(plan().host, undefined);
    assert.deepEqual(plan({ os: "macos-sonoma", hostId: HOST }).host, { kind: "given", hostId: HOST });
    assert.deepEqual(plan({ os: "macos-sonoma", hostAvailabilityZone: "eu-west-1a" }).host, {
      kind: "own",
      availabilityZone: "eu-west-1a",
    });
  });

  it("takes an image of one's own, and knows who logs in from the operating system", () => {
    const planned = plan({ amiId: AMI, os: "ubuntu-24.04", instanceType: "t3.small" });
    assert.deepEqual(planned.image, { kind: "ami", amiId: AMI });
    assert.equal(planned.sshUser, "ubuntu");
    assert.equal(planned.instanceLogicalName, "app-ami");
  });

  it("is another instance for another operating system or architecture, whose image is ignored otherwise", () => {
    const names = [
      {},
      { os: "ubuntu-24.04" },
      { architecture: "x86_64" },
      { amiId: AMI, architecture: "arm64" },
    ].map((args) => plan(args).instanceLogicalName);
    assert.equal(new Set(names).size, names.length);
    assert.equal(plan({ instanceType: "m7g.large" }).instanceLogicalName, plan().instanceLogicalName);
  });

  it("makes every operating system's smallest volume the default", () => {
    for (const [os, { minimumRootVolumeGib }] of Object.entries(OPERATING_SYSTEMS)) {
      const host = os.startsWith("macos") ? { hostId: HOST } : {};
      assert.equal(plan({ os, ...host }).rootVolumeGib, minimumRootVolumeGib);
    }
    assert.equal(OPERATING_SYSTEMS["windows-2022"].minimumRootVolumeGib, 30);
  });

  it("stands in the zone that was named", () => {
    assert.deepEqual(plan({ zone: 2 }).placement, { kind: "network", subnetIndex: 1, network: JOINED });
  });

  it("names connections of its own, and completes them", () => {
    const { egress } = plan({
      egress: {
        database: { port: 5432, securityGroupId: GROUP, description: "Orders" },
        mirrors: { port: 80, cidrIpv4: "0.0.0.0/0" },
        time: { port: 123, toPort: 124, protocol: "udp", prefixListId: "pl-0a1b2c3d" },
      },
    });
    assert.deepEqual(egress, [
      {
        name: "database",
        protocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        description: "Orders",
        to: { referencedSecurityGroupId: GROUP },
      },
      {
        name: "mirrors",
        protocol: "tcp",
        fromPort: 80,
        toPort: 80,
        description: "mirrors",
        to: { cidrIpv4: "0.0.0.0/0" },
      },
      {
        name: "time",
        protocol: "udp",
        fromPort: 123,
        toPort: 124,
        description: "time",
        to: { prefixListId: "pl-0a1b2c3d" },
      },
    ]);
  });

  it("conditions access on tags of its own, which the instance then has", () => {
    const planned = plan({ tags: { Owner: "ops" }, accessTags: { SessionAccess: "dba" } });
    assert.deepEqual(planned.accessTags, { SessionAccess: "dba" });
    assert.deepEqual(planned.tags, {
      Project: "shop",
      Environment: "dev",
      Owner: "ops",
      SessionAccess: "dba",
    });
  });

  it("conditions access on the values that Project and Environment really have", () => {
    assert.deepEqual(plan({ tags: { Environment: "sandbox" } }).accessTags, {
      Project: "shop",
      Environment: "sandbox",
    });
  });

  it("takes the environment's own documents, with the parameters that they have", () => {
    const { documents } = plan({
      documents: {
        shell: { documentName: "shop-dev-shell" },
        forward: { documentName: "shop-dev-web", parameters: ["localPortNumber"] },
      },
    });
    assert.equal(documents.shell, "shop-dev-shell");
    assert.deepEqual(documents.forward, { name: "shop-dev-web", parameters: ["localPortNumber"] });
    assert.deepEqual(documents.remoteForward, AWS_DOCUMENTS.remoteHost);
  });
});

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
