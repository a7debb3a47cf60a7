import assert from "node:assert/strict";
import { RESOURCE_SIGNATURE, secret, SIGNATURE_KEY, UNKNOWN } from "@bastionless/offline/protocol/wire.ts";
import { constructVpc, output } from "./support/construct.ts";

const DEPENDENCY = "urn:elsewhere";

describe("awsx:ec2:Vpc", () => {
  it("registers itself without inputs, then the VPC, and its subnets zone by zone, public ones first", async () => {
    const { host } = await constructVpc({ numberOfAvailabilityZones: 2, subnetStrategy: "Auto" });
    assert.deepEqual(host.names, [
      "awsx:ec2:Vpc net",
      "Vpc net",
      "InternetGateway net",
      "Subnet net-public-1",
      "RouteTable net-public-1",
      "RouteTableAssociation net-public-1",
      "Eip net-1",
      "NatGateway net-1",
      "Route net-public-1",
      "Subnet net-private-1",
      "RouteTable net-private-1",
      "RouteTableAssociation net-private-1",
      "Route net-private-1",
      "Subnet net-public-2",
      "RouteTable net-public-2",
      "RouteTableAssociation net-public-2",
      "Eip net-2",
      "NatGateway net-2",
      "Route net-public-2",
      "Subnet net-private-2",
      "RouteTable net-private-2",
      "RouteTableAssociation net-private-2",
      "Route net-private-2",
    ]);
    assert.deepEqual(host.children[0], {
      type: "awsx:ec2:Vpc",
      name: "net",
      custom: false,
      parent: "urn:stack",
      inputs: {},
      propertyDependencies: {},
      dependencies: [],
      version: "",
      provider: "",
      providers: {},
      protect: false,
      retainOnDelete: false,
      ignoreChanges: [],
      replaceOnChanges: [],
      aliases: [],
    });
    assert.deepEqual(host.outputs, [{ urn: "urn:awsx:ec2:Vpc:net", outputs: {} }]);
  });

  it("says of every property what it was computed from, and of every child what it waits for", async () => {
    const { host } = await constructVpc({ numberOfAvailabilityZones: 1, subnetStrategy: "Auto" });
    assert.deepEqual(host.child("Subnet", "net-public-1"), {
      type: "aws:ec2/subnet:Subnet",
      name: "net-public-1",
      custom: true,
      parent: "urn:Vpc:net",
      inputs: {
        assignIpv6AddressOnCreation: false,
        availabilityZone: "eu-west-1a",
        cidrBlock: "10.0.128.0/18",
        mapPublicIpOnLaunch: true,
        tags: { Name: "net-public-1", SubnetType: "Public" },
        vpcId: "id:Vpc:net",
      },
      propertyDependencies: {
        assignIpv6AddressOnCreation: [],
        availabilityZone: [],
        cidrBlock: [],
        mapPublicIpOnLaunch: [],
        tags: [],
        vpcId: ["urn:Vpc:net"],
      },
      dependencies: ["urn:Vpc:net"],
      version: "7.43.0",
      provider: "",
      protect: false,
    });
    const nat = host.child("NatGateway", "net-1");
    assert.deepEqual(nat.inputs, {
      allocationId: "eipalloc-1",
      subnetId: "id:Subnet:net-public-1",
      tags: { Name: "net-1" },
    });
    assert.deepEqual(nat.propertyDependencies, {
      allocationId: ["urn:Eip:net-1"],
      subnetId: ["urn:Subnet:net-public-1"],
      tags: [],
    });
    assert.deepEqual(nat.dependencies, ["urn:Subnet:net-public-1", "urn:Eip:net-1"]);
    const route = host.child("Route", "net-private-1");
    assert.equal(route.parent, "urn:RouteTable:net-private-1");
    assert.deepEqual(route.inputs, {
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: "id:NatGateway:net-1",
      routeTableId: "id:RouteTable:net-private-1",
    });
  });

  it("leaves ids unknown in a preview, and with them an IPv6 range that nobody asked for", async () => {
    const { host, response } = await constructVpc({ numberOfAvailabilityZones: 1 }, { preview: true });
    const subnet = host.child("Subnet", "net-public-1");
    assert.equal(subnet.inputs["vpcId"], UNKNOWN);
    assert.equal(subnet.inputs["ipv6CidrBlock"], UNKNOWN);
    assert.deepEqual(subnet.propertyDependencies["ipv6CidrBlock"], ["urn:Vpc:net"]);
    assert.equal(response.outputs["privateSubnetIds"], UNKNOWN);
    assert.deepEqual(response.outputs["isolatedSubnetIds"], []);
    assert.deepEqual(response.outputs["vpc"], {
      [SIGNATURE_KEY]: RESOURCE_SIGNATURE,
      urn: "urn:Vpc:net",
      id: UNKNOWN,
    });
  });

  it("returns references to its resources, each depending on every id among the outputs", async () => {
    const { response } = await constructVpc({
      numberOfAvailabilityZones: 1,
      natGateways: { strategy: "None" },
    });
    assert.deepEqual(Object.keys(response.outputs).toSorted(), [
      "eips",
      "internetGateway",
      "isolatedSubnetIds",
      "isolatedSubnets",
      "natGateways",
      "privateSubnetIds",
      "privateSubnets",
      "publicSubnetIds",
      "publicSubnets",
      "routeTableAssociations",
      "routeTables",
      "routes",
      "subnetLayout",
      "subnets",
      "vpc",
      "vpcEndpoints",
      "vpcId",
    ]);
    assert.equal(response.urn, "urn:awsx:ec2:Vpc:net");
    assert.equal(response.outputs["vpcId"], "id:Vpc:net");
    assert.deepEqual(response.outputs["subnetLayout"], [
      { cidrMask: 17, type: "Private" },
      { cidrMask: 18, type: "Public" },
    ]);
    assert.deepEqual(response.outputDependencies["internetGateway"], [
      "urn:InternetGateway:net",
      "urn:Vpc:net",
      "urn:Subnet:net-public-1",
      "urn:Subnet:net-private-1",
    ]);
  });

  it("hands its provider and protection on to its children, and asks that provider for zones", async () => {
    const provider = "urn:pulumi:s::p::pulumi:providers:aws::west::1";
    const { host } = await constructVpc(
      { numberOfAvailabilityZones: 1, region: "eu-central-1" },
      { request: { protect: true, providers: { aws: provider }, dependencies: [DEPENDENCY] } },
    );
    const [component, ...children] = host.children;
    assert.deepEqual(component?.providers, { aws: provider });
    assert.deepEqual(component?.dependencies, [DEPENDENCY]);
    assert.ok(children.every((child) => child.provider === provider && child.protect === true));
    assert.ok(children.every((child) => child.inputs["region"] === "eu-central-1"));
    assert.deepEqual(host.invokes, [
      {
        token: "aws:index/getAvailabilityZones:getAvailabilityZones",
        args: { region: "eu-central-1" },
        provider,
        version: "7.43.0",
      },
    ]);
  });

  it("uses addresses that exist instead of making some", async () => {
    const { host } = await constructVpc({
      numberOfAvailabilityZones: 2,
      natGateways: {
        strategy: "OnePerAz",
        elasticIpAllocationIds: ["eipalloc-a", output({ value: "eipalloc-b", dependencies: [DEPENDENCY] })],
      },
    });
    assert.deepEqual(
      host.names.filter((name) => name.startsWith("Eip")),
      [],
    );
    assert.equal(host.child("NatGateway", "net-1").inputs["allocationId"], "eipalloc-a");
    const second = host.child("NatGateway", "net-2");
    assert.equal(second.inputs["allocationId"], "eipalloc-b");
    assert.deepEqual(second.propertyDependencies["allocationId"], [DEPENDENCY]);
  });

  it("routes all zones through one gateway, or none", async () => {
    const single = await constructVpc({ numberOfAvailabilityZones: 2, natGateways: { strategy: "Single" } });
    assert.equal(single.host.child("Route", "net-private-2").inputs["natGatewayId"], "id:NatGateway:net-1");
    assert.equal(single.host.names.filter((name) => name.startsWith("NatGateway")).length, 1);
    const none = await constructVpc({ numberOfAvailabilityZones: 1, natGateways: { strategy: "None" } });
    assert.deepEqual(
      none.host.names.filter((name) => name.startsWith("Route ")),
      ["Route net-public-1"],
    );
  });

  it("keeps what is secret or unknown in tags, and everything with tags that are one output as a whole", async () => {
    const partly = await constructVpc({
      numberOfAvailabilityZones: 1,
      tags: { a: output({ value: "s", secret: true, dependencies: [DEPENDENCY] }), b: output({}) },
    });
    const vpc = partly.host.child("Vpc", "net");
    assert.deepEqual(vpc.inputs["tags"], { Name: "net", a: secret("s"), b: UNKNOWN });
    assert.deepEqual(vpc.propertyDependencies["tags"], [DEPENDENCY]);
    const whole = await constructVpc({ numberOfAvailabilityZones: 1, tags: output({ value: { a: "b" } }) });
    assert.deepEqual(whole.host.child("Subnet", "net-private-1").inputs["tags"], { a: "b" });
  });

  it("has all outputs depend on what the tags of a spec were computed from", async () => {
    const { response } = await constructVpc({
      numberOfAvailabilityZones: 1,
      subnetSpecs: [
        { type: "Public", tags: { a: output({ value: "b", dependencies: [DEPENDENCY] }) } },
        { type: "Private" },
      ],
    });
    assert.deepEqual(response.outputDependencies["vpcId"], [
      "urn:Vpc:net",
      "urn:Subnet:net-public-1",
      "urn:Subnet:net-private-1",
      DEPENDENCY,
    ]);
  });

  it("makes all outputs secret where the tags of a spec hold a secret", async () => {
    const { response } = await constructVpc({
      numberOfAvailabilityZones: 1,
      subnetSpecs: [
        { type: "Public", tags: { a: output({ value: "s", secret: true }) } },
        { type: "Private" },
      ],
    });
    assert.deepEqual(response.outputs["vpcId"], secret("id:Vpc:net"));
  });

  it("waits with ranges, and with the checks on them, for a VPC whose range comes from a pool", async () => {
    const inputs = {
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Auto",
      ipv4IpamPoolId: "pool",
      ipv4NetmaskLength: 20,
    };
    const settled = { Vpc: { cidrBlock: "10.44.0.0/20" }, Eip: { allocationId: "eipalloc-1" } };
    const preview = await constructVpc(inputs, { preview: true, settled });
    assert.equal(preview.host.child("Subnet", "net-public-2").inputs["cidrBlock"], UNKNOWN);
    const applied = await constructVpc(inputs, { settled });
    const subnet = applied.host.child("Subnet", "net-public-2");
    assert.equal(subnet.inputs["cidrBlock"], "10.44.12.0/23");
    assert.deepEqual(subnet.propertyDependencies["cidrBlock"], ["urn:Vpc:net"]);
    await assert.rejects(
      constructVpc({ ...inputs, subnetStrategy: "Legacy" }, { settled }),
      /not supported with subnetStrategy="Legacy"/,
    );
  });

  it("gives subnets a /64 of the VPC's IPv6 range each", async () => {
    const { host } = await constructVpc(
      { numberOfAvailabilityZones: 2, assignGeneratedIpv6CidrBlock: true },
      { settled: { Vpc: { ipv6CidrBlock: "2600:1f18:abc:de00::/56" }, Eip: { allocationId: "eipalloc-1" } } },
    );
    assert.deepEqual(
      ["net-public-1", "net-private-1", "net-public-2", "net-private-2"].map(
        (name) => host.child("Subnet", name).inputs["ipv6CidrBlock"],
      ),
      [
        "2600:1f18:abc:de00::/64",
        "2600:1f18:abc:de02::/64",
        "2600:1f18:abc:de01::/64",
        "2600:1f18:abc:de03::/64",
      ],
    );
    await assert.rejects(
      constructVpc({ numberOfAvailabilityZones: 1, assignGeneratedIpv6CidrBlock: true }),
      /require the VPC to have an IPv6 CIDR block/,
    );
  });

  it("warns of a layout whose strategy is left open, in terms of the one to come", async () => {
    const specs = [
      { type: "Public", cidrMask: 24 },
      { type: "Private", cidrMask: 20 },
    ];
    const { host } = await constructVpc({ numberOfAvailabilityZones: 1, subnetSpecs: specs });
    assert.equal(host.warnings.length, 1);
    assert.match(
      host.warnings[0] ?? "",
      /specified via "Auto" as:\n\n\[\{"cidrMask":20,"type":"Private"\},\{"cidrMask":24,"type":"Public"\}\]$/,
    );
    const settled = await constructVpc({
      numberOfAvailabilityZones: 1,
      subnetStrategy: "Auto",
      subnetSpecs: specs,
    });
    assert.deepEqual(settled.host.warnings, []);
  });
});

describe("endpoints of awsx:ec2:Vpc", () => {
  const ssm = { serviceName: "ssm", vpcEndpointType: "Interface" };

  it("are passed through, with a warning, under the Legacy strategy", async () => {
    const { host } = await constructVpc({ numberOfAvailabilityZones: 1, vpcEndpointSpecs: [ssm] });
    assert.deepEqual(host.child("VpcEndpoint", "ssm").inputs, {
      serviceName: "ssm",
      tags: { Name: "net" },
      vpcEndpointType: "Interface",
      vpcId: "id:Vpc:net",
    });
    assert.match(host.warnings.join(), /Interface endpoint without subnetIds/);
    assert.equal(host.child("Vpc", "net").inputs["enableDnsSupport"], undefined);
  });

  it("find subnets, route tables, DNS and a security group of their own under the Auto strategy", async () => {
    const { host, response } = await constructVpc({
      numberOfAvailabilityZones: 2,
      vpcEndpointStrategy: "Auto",
      vpcEndpointSpecs: [ssm, { serviceName: "s3" }],
    });
    assert.deepEqual(host.child("VpcEndpoint", "ssm").inputs, {
      privateDnsEnabled: true,
      securityGroupIds: ["id:SecurityGroup:ssm-sg"],
      serviceName: "ssm",
      subnetIds: ["id:Subnet:net-private-1", "id:Subnet:net-private-2"],
      tags: { Name: "net" },
      vpcEndpointType: "Interface",
      vpcId: "id:Vpc:net",
    });
    assert.deepEqual(host.child("VpcEndpoint", "s3").inputs["routeTableIds"], [
      "id:RouteTable:net-public-1",
      "id:RouteTable:net-private-1",
      "id:RouteTable:net-public-2",
      "id:RouteTable:net-private-2",
    ]);
    assert.deepEqual(host.child("SecurityGroup", "ssm-sg").inputs, {
      description: "Managed by Pulumi",
      tags: { Name: "net" },
      vpcId: "id:Vpc:net",
    });
    const rule = host.child("SecurityGroupRule", "ssm-ingress");
    assert.deepEqual(rule.inputs["cidrBlocks"], ["10.0.0.0/16"]);
    assert.deepEqual(rule.dependencies, ["urn:SecurityGroup:ssm-sg", "urn:Vpc:net"]);
    const vpc = host.child("Vpc", "net").inputs;
    assert.deepEqual([vpc["enableDnsHostnames"], vpc["enableDnsSupport"]], [true, true]);
    assert.equal(
      Array.isArray(response.outputs["vpcEndpoints"]) && response.outputs["vpcEndpoints"].length,
      2,
    );
  });

  it("are refused under the Auto strategy where DNS is switched off, or their type is an output", async () => {
    const auto = { numberOfAvailabilityZones: 1, vpcEndpointStrategy: "Auto" };
    await assert.rejects(
      constructVpc({ ...auto, enableDnsSupport: false, vpcEndpointSpecs: [ssm] }),
      /requires enableDnsSupport to be true/,
    );
    await assert.rejects(
      constructVpc({
        ...auto,
        vpcEndpointSpecs: [{ serviceName: "ssm", vpcEndpointType: output({ value: "Interface" }) }],
      }),
      /requires vpcEndpointType for endpoint "ssm" to be omitted or a plain string/,
    );
  });
});

describe("arguments of awsx:ec2:Vpc that do not go together", () => {
  const refused: { readonly [what: string]: readonly [Parameters<typeof constructVpc>[0], RegExp] } = {
    "zones by name and by number": [
      { availabilityZoneNames: ["eu-west-1a"], numberOfAvailabilityZones: 1 },
      /Only one of \[availabilityZoneNames\] and \[numberOfAvailabilityZones\]/,
    ],
    "more zones than the region has": [
      { numberOfAvailabilityZones: 4 },
      /does not have at least 4 Availability Zones/,
    ],
    "a region that is an output, without zones": [
      { region: output({ value: "eu-west-1" }) },
      /must be a plain string/,
    ],
    "a pool without a size": [
      { ipv4IpamPoolId: "pool" },
      /'ipv4NetmaskLength' or 'cidrBlock' must also be specified/,
    ],
    "a pool with a size and a range": [
      { ipv4IpamPoolId: "pool", ipv4NetmaskLength: 16, cidrBlock: "10.0.0.0/16" },
      /Only one of 'cidrBlock', 'ipv4NetmaskLength'/,
    ],
    "gateways without a public subnet": [
      { subnetSpecs: [{ type: "Private" }] },
      /public subnets must be declared/,
    ],
    "gateways that nothing is routed through": [
      { subnetSpecs: [{ type: "Public" }] },
      /along with private or isolated/,
    ],
    "addresses without gateways": [
      { natGateways: { strategy: "None", elasticIpAllocationIds: ["a"] } },
      /cannot be specified when NAT Gateway strategy is 'None'/,
    ],
    "two addresses for one gateway": [
      { natGateways: { strategy: "Single", elasticIpAllocationIds: ["a", "b"] } },
      /Exactly one Elastic IP may be specified/,
    ],
    "fewer addresses than zones": [
      { natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["a"] } },
      /must match the number of availability zones for the VPC \(3\)/,
    ],
    "a kind of gateway that does not exist": [
      { natGateways: { strategy: "Many" } },
      /Unknown NatGatewayStrategy 'Many'/,
    ],
    "an exact layout with gaps": [
      {
        subnetStrategy: "Exact",
        subnetSpecs: [
          { type: "Public", cidrMask: 20 },
          { type: "Private", cidrMask: 20 },
        ],
      },
      /There are gaps in the subnet ranges/,
    ],
    "a number of zones that is an output": [
      { numberOfAvailabilityZones: output({}) },
      /`numberOfAvailabilityZones` is an output/,
    ],
  };
  for (const [what, [inputs, message]] of Object.entries(refused)) {
    it(`are refused: ${what}`, async () => {
      await assert.rejects(constructVpc(inputs), { name: "ComponentError", message });
    });
  }
});
