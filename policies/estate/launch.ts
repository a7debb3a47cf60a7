import { at, atFirst, isAbsent, type Place } from "../reader/place.ts";
import { isUnreadable, readOneOrList, readText } from "../reader/read.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** What a launch takes its settings from, where it does not say them itself. */
export interface LaunchSource {
  readonly kind: "launch-template" | "launch-configuration";
  readonly id: Place;
  /** In place of the id. */
  readonly name: Place;
  /** Absent: the template's default version. */
  readonly version: Place;
}

/** A network interface that a launch makes or takes. */
export interface LaunchInterface {
  readonly associatePublicIp: Place;
  /** Numbers or lists of addresses and prefixes: each asks for some. */
  readonly ipv6: readonly Place[];
  /** Ids of subnets, in any of which it may stand. */
  readonly subnets: readonly Place[];
  /** The id of an interface that is there already, which settles all else. */
  readonly existing: Place;
}

/** Settings that machines are launched with, whichever resource or block they were written as. */
export interface Launch {
  /** Where it stands in its resource, such as `launchSpecifications[0]`; empty: the resource is it. */
  readonly path: string;
  /** `template`: launches nothing by itself, and may leave to others what it does not say. */
  readonly role: "machine" | "template";
  /** Absent: it names no SSH key pair. */
  readonly keyName: Place;
  /** Options of the instance metadata service. Absent: it says nothing of them. */
  readonly metadata: Place;
  /**
   * Who decides on the metadata service. `form`: these settings cannot hold its options, a source can; `eks`: EKS, where
   * there is no source; `unread`: something that is not read here.
   */
  readonly metadataBy: "here" | "form" | "eks" | "unread";
  readonly interfaces: readonly LaunchInterface[];
  readonly sources: readonly LaunchSource[];
  readonly zone: Place;
  readonly image: Place;
}

/** Every form in which AWS's Pulumi provider launches machines in the account's own network, by resource type. */
export const LAUNCH_FORMS: ReadonlyMap<string, (record: ResourceRecord) => readonly Launch[]> = new Map([
  ["aws:autoscaling/group:Group", autoscalingGroup],
  ["aws:batch/computeEnvironment:ComputeEnvironment", computeEnvironment],
  ["aws:ec2/fleet:Fleet", fleet],
  ["aws:ec2/instance:Instance", instance],
  ["aws:ec2/launchConfiguration:LaunchConfiguration", launchConfiguration],
  ["aws:ec2/launchTemplate:LaunchTemplate", launchTemplate],
  ["aws:ec2/spotFleetRequest:SpotFleetRequest", spotFleet],
  ["aws:ec2/spotInstanceRequest:SpotInstanceRequest", instance],
  ["aws:eks/nodeGroup:NodeGroup", nodeGroup],
  ["aws:emr/cluster:Cluster", emrCluster],
  ["aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration", imageBuilder],
]);

const INSTANCE = "aws:ec2/instance:Instance";

/** `aws.ec2.Instance`, `aws.ec2.SpotInstanceRequest`. */
function instance(record: ResourceRecord): readonly Launch[] {
  const props = properties(record);
  const existing = [
    ...blocks(at(props, "networkInterfaces")),
    ...(record.type === INSTANCE ? blocks(at(props, "primaryNetworkInterface")) : []),
  ].map((block) => at(block, "networkInterfaceId"));
  const own: LaunchInterface = {
    associatePublicIp: at(props, "associatePublicIpAddress"),
    ipv6: [at(props, "ipv6AddressCount"), at(props, "ipv6Addresses")],
    subnets: present(at(props, "subnetId")),
    existing: NOTHING,
  };
  return [
    {
      ...blank(""),
      keyName: at(props, "keyName"),
      metadata: at(props, "metadataOptions"),
      metadataBy: "here",
      interfaces: existing.length === 0 ? [own] : existing.map((id) => ({ ...own, existing: id })),
      sources: templates(at(props, "launchTemplate")),
      zone: at(props, "availabilityZone"),
      image: at(props, "ami"),
    },
  ];
}

/** `aws.ec2.LaunchTemplate`. */
function launchTemplate(record: ResourceRecord): readonly Launch[] {
  const props = properties(record);
  return [
    {
      ...blank(""),
      role: "template",
      keyName: at(props, "keyName"),
      metadata: at(props, "metadataOptions"),
      metadataBy: "here",
      interfaces: blocks(at(props, "networkInterfaces")).map((block) => ({
        associatePublicIp: at(block, "associatePublicIpAddress"),
        ipv6: ["ipv6AddressCount", "ipv6Addresses", "ipv6PrefixCount", "ipv6Prefixes"].map((key) =>
          at(block, key),
        ),
        subnets: present(at(block, "subnetId")),
        existing: at(block, "networkInterfaceId"),
      })),
      image: at(props, "imageId"),
    },
  ];
}

/** `aws.ec2.LaunchConfiguration`. */
function launchConfiguration(record: ResourceRecord): readonly Launch[] {
  const props = properties(record);
  return [
    {
      ...blank(""),
      role: "template",
      keyName: at(props, "keyName"),
      metadata: at(props, "metadataOptions"),
      metadataBy: "here",
      interfaces: [{ ...BARE, associatePublicIp: at(props, "associatePublicIpAddress") }],
      image: at(props, "imageId"),
    },
  ];
}

/** `aws.autoscaling.Group`: one template or configuration, or several in a mixed instances policy. */
function autoscalingGroup(record: ResourceRecord): readonly Launch[] {
  const props = properties(record);
  const mixed = at(at(props, "mixedInstancesPolicy"), "launchTemplate");
  const configuration = at(props, "launchConfiguration");
  const sources = [
    ...templates(at(props, "launchTemplate")),
    ...templates(at(mixed, "launchTemplateSpecification")),
    ...blocks(at(mixed, "overrides")).flatMap((block) => templates(at(block, "launchTemplateSpecification"))),
    ...(isAbsent(configuration)
      ? []
      : [
          {
            kind: "launch-configuration",
            id: configuration,
            name: NOTHING,
            version: NOTHING,
          } as const,
        ]),
  ];
  const [source] = sources;
  return source === undefined
    ? [] // An existing instance stands model: `instanceId`, which this provider does not have.
    : [
        {
          ...blank(""),
          interfaces: [{ ...BARE, subnets: blocks(at(props, "vpcZoneIdentifiers")) }],
          sources,
          zone: at(props, "availabilityZones"),
        },
      ];
}

/** `aws.ec2.SpotFleetRequest`: specifications of its own, or templates. */
function spotFleet(record: ResourceRecord): readonly Launch[] {
  const props = properties(record);
  return [
    ...blocks(at(props, "launchSpecifications")).map((block) => ({
      ...blank(block.path),
      keyName: at(block, "keyName"),
      metadataBy: "form" as const,
      interfaces: [
        {
          ...BARE,
          associatePublicIp: at(block, "associatePublicIpAddress"),
          subnets: commaSeparated(at(block, "subnetId")),
        },
      ],
      zone: at(block, "availabilityZone"),
      image: at(block, "ami"),
    })),
    ...templateConfigs(at(props, "launchTemplateConfigs")),
  ];
}

/** `aws.ec2.Fleet`: templates, in subnets of their own. */
function fleet(record: ResourceRecord): readonly Launch[] {
  return templateConfigs(at(properties(record), "launchTemplateConfigs"));
}

function templateConfigs(place: Place): readonly Launch[] {
  return blocks(place).map((block) => ({
    ...blank(block.path),
    interfaces: [
      {
        ...BARE,
        subnets: blocks(at(block, "overrides")).flatMap((override) =>
          commaSeparated(at(override, "subnetId")),
        ),
      },
    ],
    sources: templates(at(block, "launchTemplateSpecification")),
  }));
}

/** `aws.eks.NodeGroup`: without a template of its user, EKS makes one. */
function nodeGroup(record: ResourceRecord): readonly Launch[] {
  const props = properties(record);
  return [
    {
      ...blank(""),
      keyName: at(at(props, "remoteAccess"), "ec2SshKey"),
      metadataBy: "eks",
      interfaces: [{ ...BARE, subnets: blocks(at(props, "subnetIds")) }],
      sources: templates(at(props, "launchTemplate")),
    },
  ];
}

/** `aws.batch.ComputeEnvironment`: on EC2, not on Fargate, which has no machines. */
function computeEnvironment(record: ResourceRecord): readonly Launch[] {
  const resources = at(properties(record), "computeResources");
  const type = readText(at(resources, "type"));
  if (isAbsent(resources) || (type.kind === "known" && /^FARGATE/i.test(type.value))) {
    return [];
  }
  if (isUnreadable(type)) {
    // It may be Fargate, of which nothing else is true.
    const any = at(resources, "type");
    return [
      {
        ...blank(resources.path),
        role: "template",
        keyName: any,
        metadata: any,
        interfaces: [{ ...BARE, associatePublicIp: any }],
      },
    ];
  }
  return [
    {
      ...blank(resources.path),
      keyName: at(resources, "ec2KeyPair"),
      metadataBy: "form",
      interfaces: [{ ...BARE, subnets: blocks(at(resources, "subnets")) }],
      sources: templates(at(resources, "launchTemplate")),
      image: at(resources, "imageId"),
    },
  ];
}

/** `aws.emr.Cluster`: of its machines only the key pair is read; the rest is reported as not read. */
function emrCluster(record: ResourceRecord): readonly Launch[] {
  const attributes = at(properties(record), "ec2Attributes");
  return [
    { ...blank(attributes.path), role: "template", keyName: at(attributes, "keyName"), metadataBy: "unread" },
  ];
}

/** `aws.imagebuilder.InfrastructureConfiguration`: the machines that images are built and tested on. */
function imageBuilder(record: ResourceRecord): readonly Launch[] {
  const props = properties(record);
  return [
    {
      ...blank(""),
      keyName: at(props, "keyPair"),
      metadata: at(props, "instanceMetadataOptions"),
      metadataBy: "here",
      interfaces: [{ ...BARE, subnets: present(at(props, "subnetId")) }],
    },
  ];
}

/** `aws.ec2.NetworkInterface`: what a machine may take later. Only IPv6 addresses come with it. */
export function standingInterface(record: ResourceRecord): LaunchInterface | undefined {
  const props = properties(record);
  return record.type === "aws:ec2/networkInterface:NetworkInterface"
    ? {
        ...BARE,
        ipv6: [
          "ipv6AddressCount",
          "ipv6Addresses",
          "ipv6AddressLists",
          "ipv6PrefixCount",
          "ipv6Prefixes",
        ].map((key) => at(props, key)),
        subnets: present(at(props, "subnetId")),
      }
    : undefined;
}

const NOTHING: Place = { data: undefined, path: "" };

const BARE: LaunchInterface = { associatePublicIp: NOTHING, ipv6: [], subnets: [], existing: NOTHING };

function blank(path: string): Launch {
  return {
    path,
    role: "machine",
    keyName: NOTHING,
    metadata: NOTHING,
    metadataBy: "form",
    interfaces: [],
    sources: [],
    zone: NOTHING,
    image: NOTHING,
  };
}

/** The members of a list; where the list itself cannot be told, one that cannot be told either. */
function blocks(place: Place): readonly Place[] {
  const list = readOneOrList(place);
  if (isUnreadable(list)) {
    return [place];
  }
  return list.kind === "absent" ? [] : list.value;
}

/** Providers take an empty text for none. */
function present(place: Place): readonly Place[] {
  return isAbsent(place) || place.data === "" ? [] : [place];
}

/** Spot fleets take several subnets in one text. */
function commaSeparated(place: Place): readonly Place[] {
  return typeof place.data === "string"
    ? place.data.split(",").flatMap((part) => present({ ...place, data: part.trim() }))
    : present(place);
}

function templates(place: Place): readonly LaunchSource[] {
  return blocks(place).map((block) => ({
    kind: "launch-template",
    id: atFirst(block, "id", "launchTemplateId"),
    name: atFirst(block, "name", "launchTemplateName"),
    version: at(block, "version"),
  }));
}
