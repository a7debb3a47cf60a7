import assert from "node:assert/strict";
import { AGENT_SIGNING_KEY_FINGERPRINT } from "../../../components/instance/agent-signing-key.ts";
import { OPERATING_SYSTEMS } from "../../../components/instance/machine-image.ts";
import { AWS_DOCUMENTS } from "../../../components/instance/session-commands.ts";
import { AMI, GROUP, HOST, JOINED, NETWORK, SUBNET, plan } from "./support/planned-instance.ts";

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
