import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };
const REQUIRED = { metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" } };

function instance(props: ExampleResource["props"], more: Partial<ExampleResource> = {}): ExampleResource {
  return { type: "aws:ec2/instance:Instance", name: "server", props: { ami: "ami-1", ...props }, ...more };
}

function template(props: ExampleResource["props"], more: Partial<ExampleResource> = {}): ExampleResource {
  return {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    props: { name: "web", ...props },
    ...more,
  };
}

function configuration(props: ExampleResource["props"]): ExampleResource {
  return {
    type: "aws:ec2/launchConfiguration:LaunchConfiguration",
    name: "configuration",
    props: { name: "workers", ...props },
  };
}

const DEFAULTS: ExampleResource = {
  type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  name: "defaults",
  props: { httpTokens: "required", httpPutResponseHopLimit: 1 },
};

export const EXAMPLES: readonly Example[] = [
  {
    title: "an instance that requires tokens, and one without the service",
    resources: [
      instance(REQUIRED),
      instance({ metadataOptions: { httpEndpoint: "disabled" } }, { name: "mute" }),
    ],
    expect: {},
  },
  {
    title: "tokens are optional",
    resources: [instance({ metadataOptions: { httpTokens: "optional" } })],
    expect: { server: "violation" },
  },
  {
    title: "nothing said: EC2's own default lets IMDSv1 answer",
    resources: [instance({}), template({}), configuration({})],
    expect: { server: "violation", template: "violation", configuration: "violation" },
  },
  {
    title: "nothing said, in an account whose defaults another stack has set",
    config: { accountRequiresImdsv2: true },
    resources: [instance({}), template({}), configuration({})],
    expect: {},
  },
  {
    title: "the account's defaults, in this stack: what waits for them, and what does not",
    resources: [
      DEFAULTS,
      instance({}, { dependsOn: ["defaults"] }),
      instance({}, { name: "hasty" }),
      instance({ metadataOptions: { httpTokens: "optional" } }, { name: "stubborn" }),
      instance({ region: "us-east-1" }, { name: "abroad", dependsOn: ["defaults"] }),
    ],
    expect: { hasty: "undecided", stubborn: "violation", abroad: "violation" },
  },
  {
    title: "an instance from a template, which says it",
    resources: [
      template(REQUIRED),
      instance(
        { launchTemplate: { id: UNKNOWN, version: "$Latest" } },
        { from: { launchTemplate: ["template"] } },
      ),
    ],
    expect: {},
  },
  {
    title: "a template that does not say it, told there alone",
    resources: [
      template({}),
      instance({ launchTemplate: { name: "web" } }),
      {
        type: "aws:autoscaling/group:Group",
        name: "group",
        props: {
          mixedInstancesPolicy: {
            launchTemplate: {
              launchTemplateSpecification: { launchTemplateId: UNKNOWN, version: "$Latest" },
              overrides: [{ launchTemplateSpecification: { launchTemplateName: "other" } }],
            },
          },
        },
        from: { mixedInstancesPolicy: ["template"] },
      },
    ],
    expect: { template: "violation", group: "undecided" },
  },
  {
    title: "the default version of a template that has moved on",
    resources: [
      template(REQUIRED, { outputs: { latestVersion: 5, defaultVersion: 2 } }),
      instance({ launchTemplate: { name: "web" } }),
      instance({ launchTemplate: { name: "web", version: "$Latest" } }, { name: "latest" }),
    ],
    expect: { server: "undecided" },
  },
  {
    title: "options of an instance that leave the tokens to its template",
    resources: [
      template(REQUIRED),
      instance({ launchTemplate: { name: "web" }, metadataOptions: { httpPutResponseHopLimit: 2 } }),
    ],
    expect: { server: "undecided" },
  },
  {
    title: "a launch configuration without `httpEndpoint`, for which the provider drops the tokens",
    resources: [configuration({ metadataOptions: { httpTokens: "required" } })],
    expect: { configuration: "violation" },
  },
  {
    title: "a launch configuration with both, and the group that launches from it",
    resources: [
      configuration(REQUIRED),
      {
        type: "aws:autoscaling/group:Group",
        name: "group",
        props: { launchConfiguration: UNKNOWN },
        from: { launchConfiguration: ["configuration"] },
      },
      { type: "aws:autoscaling/group:Group", name: "elsewhere", props: { launchConfiguration: "legacy" } },
    ],
    expect: { elsewhere: "undecided" },
  },
  {
    title: "specifications of a spot fleet, which cannot say it",
    resources: [
      {
        type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
        name: "fleet",
        props: { launchSpecifications: [{ ami: "ami-1", instanceType: "t4g.small" }] },
      },
    ],
    expect: { fleet: "violation" },
  },
  {
    title: "an image of the stack that asks for IMDSv2, which the account may undo",
    resources: [
      { type: "aws:ec2/ami:Ami", name: "image", props: { name: "base", imdsSupport: "v2.0" } },
      instance({ ami: UNKNOWN }, { from: { ami: ["image"] } }),
    ],
    expect: { server: "undecided" },
  },
  {
    title: "tokens that are not known yet, a service that may be off, and a word that is none",
    resources: [
      instance(
        { metadataOptions: { httpTokens: "optional", httpEndpoint: UNKNOWN } },
        { name: "perhaps-off" },
      ),
      instance({ metadataOptions: { httpTokens: UNKNOWN } }),
      instance({ metadataOptions: UNKNOWN }, { name: "later" }),
      instance({ metadataOptions: { httpTokens: "Required" } }, { name: "misspelt" }),
    ],
    expect: { "perhaps-off": "undecided", server: "undecided", later: "undecided", misspelt: "undecided" },
  },
  {
    title: "node groups: EKS decides, unless a template does",
    resources: [
      template(REQUIRED),
      { type: "aws:eks/nodeGroup:NodeGroup", name: "nodes", props: { clusterName: "c" } },
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "hardened",
        props: { clusterName: "c", launchTemplate: { id: UNKNOWN, version: UNKNOWN } },
        from: { launchTemplate: ["template"] },
      },
    ],
    expect: { nodes: "undecided" },
  },
  {
    title: "machines of other services and providers, which are not read",
    resources: [
      { type: "aws:lightsail/instance:Instance", name: "blog", props: {} },
      { type: "aws:emr/cluster:Cluster", name: "hadoop", props: {} },
      { type: "aws-native:ec2:LaunchTemplate", name: "native", props: {} },
    ],
    expect: { blog: "undecided", hadoop: "undecided", native: "undecided" },
  },
];
