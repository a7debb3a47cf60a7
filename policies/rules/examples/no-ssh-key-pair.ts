import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

const PAIR: ExampleResource = {
  type: "aws:ec2/keyPair:KeyPair",
  name: "ops",
  props: { keyName: "ops", publicKey: "ssh-ed25519 AAAA" },
};

function instance(
  props: ExampleResource["props"],
  from?: ExampleResource["from"],
  name = "server",
): ExampleResource {
  return {
    type: "aws:ec2/instance:Instance",
    name,
    props: { ami: "ami-1", ...props },
    ...(from === undefined ? {} : { from }),
  };
}

function template(props: ExampleResource["props"]): ExampleResource {
  return {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    props: { name: "web", ...props },
  };
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "machines in every form, none with a key",
    resources: [
      instance({ keyName: "" }),
      template({}),
      {
        type: "aws:autoscaling/group:Group",
        name: "group",
        props: { launchTemplate: { id: UNKNOWN, version: "$Latest" } },
        from: { launchTemplate: ["template"] },
      },
      { type: "aws:eks/nodeGroup:NodeGroup", name: "nodes", props: { remoteAccess: {} } },
      {
        type: "aws:batch/computeEnvironment:ComputeEnvironment",
        name: "serverless",
        props: { computeResources: { type: "FARGATE", maxVcpus: 4, subnets: [UNKNOWN] } },
      },
    ],
    expect: {},
  },
  {
    title: "an instance with a key, and the key pair it takes",
    resources: [PAIR, instance({ keyName: "ops" })],
    expect: { ops: "violation", server: "violation" },
  },
  {
    title: "a key whose name is not known yet, which comes from a key pair of the stack",
    config: { allowKeyPairs: true },
    resources: [PAIR, instance({ keyName: UNKNOWN }, { keyName: ["ops"] })],
    expect: { server: "violation" },
  },
  {
    title: "a name that is not known yet, from elsewhere: it may be none",
    resources: [instance({ keyName: UNKNOWN })],
    expect: { server: "undecided" },
  },
  {
    title: "a template with a key, told once, and not at what is launched from it",
    resources: [
      template({ keyName: "ops" }),
      instance({ launchTemplate: { name: "web" } }),
      {
        type: "aws:ec2/fleet:Fleet",
        name: "fleet",
        props: { launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateName: "web" } }] },
      },
    ],
    expect: { template: "violation" },
  },
  {
    title: "templates of other stacks, one of them vouched for",
    config: { trustedLaunchTemplates: ["hardened-*"] },
    resources: [
      instance({ launchTemplate: { name: "legacy" } }, undefined, "legacy"),
      instance({ launchTemplate: { name: "hardened-7" } }, undefined, "hardened"),
    ],
    expect: { legacy: "undecided" },
  },
  {
    title: "an older version of a template, that may have had a key",
    resources: [
      { ...template({}), outputs: { latestVersion: 4, defaultVersion: 4 } },
      instance({ launchTemplate: { name: "web", version: "3" } }, undefined, "older"),
      instance({ launchTemplate: { name: "web", version: "4" } }, undefined, "newest"),
    ],
    expect: { older: "undecided" },
  },
  {
    title: "every other form that takes a key",
    resources: [
      {
        type: "aws:ec2/launchConfiguration:LaunchConfiguration",
        name: "configuration",
        props: { keyName: "k" },
      },
      { type: "aws:ec2/spotInstanceRequest:SpotInstanceRequest", name: "spot", props: { keyName: "k" } },
      {
        type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
        name: "spot-fleet",
        props: { launchSpecifications: [{ ami: "ami-1" }, { ami: "ami-1", keyName: "k" }] },
      },
      { type: "aws:eks/nodeGroup:NodeGroup", name: "nodes", props: { remoteAccess: { ec2SshKey: "k" } } },
      {
        type: "aws:batch/computeEnvironment:ComputeEnvironment",
        name: "batch",
        props: { computeResources: { type: "EC2", ec2KeyPair: "k" } },
      },
      { type: "aws:emr/cluster:Cluster", name: "hadoop", props: { ec2Attributes: { keyName: "k" } } },
      {
        type: "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
        name: "builder",
        props: { keyPair: "k" },
      },
      { type: "aws:lightsail/keyPair:KeyPair", name: "lightsail-key", props: {} },
    ],
    expect: {
      configuration: "violation",
      spot: "violation",
      "spot-fleet": "violation",
      nodes: "violation",
      batch: "violation",
      hadoop: "violation",
      builder: "violation",
      "lightsail-key": "violation",
    },
  },
  {
    title: "a Lightsail instance, which gets a key even where it names none",
    resources: [
      { type: "aws:lightsail/instance:Instance", name: "blog", props: { blueprintId: "wordpress" } },
    ],
    expect: { blog: "violation" },
  },
  {
    title: "specifications that are not known yet, beside a key that is",
    resources: [
      {
        type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
        name: "later",
        props: { launchSpecifications: UNKNOWN },
      },
      {
        type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
        name: "mixed",
        props: { launchSpecifications: [UNKNOWN, { keyName: "k" }] },
      },
    ],
    expect: { later: "undecided", mixed: "violation" },
  },
  {
    title: "machines of other providers: a key pair is one by being there, the rest is not read",
    resources: [
      { type: "aws-native:ec2:KeyPair", name: "native-pair", props: { keyName: "k" } },
      { type: "aws-native:ec2:Instance", name: "native", props: {} },
      { type: "web:tf:aws_instance", name: "module", props: {} },
      { type: "aws:elasticbeanstalk/environment:Environment", name: "beanstalk", props: {} },
    ],
    expect: {
      "native-pair": "violation",
      native: "undecided",
      module: "undecided",
      beanstalk: "undecided",
    },
  },
];
