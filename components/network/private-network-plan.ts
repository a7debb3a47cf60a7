import type { Input } from "@pulumi/pulumi";
import { every, matching, oneOf, wholeNumber } from "../core/checks.ts";
import { type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { nameOf, physicalName } from "../core/names.ts";
import type { Fault, Problems } from "../core/problems.ts";
import type { Tags } from "../core/tags.ts";
import { routeTableId, subnetId, vpcId } from "../core/ec2-ids.ts";
import { type FlowLogsPlan, planFlowLogs } from "./flow-logs-plan.ts";
import { parseIpv4Block, vpcBlock } from "../core/ipv4-block.ts";
import { shaped } from "../core/shaped.ts";
import type { Egress, PrivateNetworkArgs } from "./private-network-args.ts";

/** A subnet of each zone, as `awsx.ec2.Vpc` takes it. */
export interface SubnetPlan {
  readonly type: "Isolated" | "Private" | "Public";
  /** Length of the prefix, in bits. */
  readonly cidrMask: number;
}

export interface CreatedVpcPlan {
  readonly kind: "created";
  readonly cidrBlock: string;
  /** Length of the prefix of all that one zone gets. */
  readonly zoneMask: number;
  readonly zoneNames: readonly string[] | undefined;
  readonly subnets: readonly SubnetPlan[];
  readonly natGateways: "None" | "OnePerAz" | "Single";
}

export interface ExistingVpcPlan {
  readonly kind: "existing";
  readonly vpcId: Input<string>;
  readonly subnetIds: readonly Input<string>[];
  readonly routeTableIds: readonly Input<string>[];
}

export interface InterfaceEndpointsPlan {
  /** As in `com.amazonaws.<region>.<service>`; no duplicates. */
  readonly services: readonly string[];
  /** The first so many subnets. */
  readonly zones: number;
  readonly groupName: string;
}

/** Where instances may open connections to, beside the interface endpoints; always TCP 443. */
export type HttpsEgress = "anywhere" | "s3";

export interface PrivateNetworkPlan {
  readonly tags: Tags;
  readonly zones: number;
  readonly vpc: CreatedVpcPlan | ExistingVpcPlan;
  readonly instancesGroupName: string;
  readonly interfaceEndpoints: InterfaceEndpointsPlan | undefined;
  readonly s3Endpoint: { readonly name: string; readonly readableBuckets: readonly string[] } | undefined;
  readonly httpsEgress: HttpsEgress;
  readonly flowLogs: FlowLogsPlan | undefined;
}

const EGRESS: readonly Egress[] = ["endpoints", "nat", "nat-per-zone"];
const MAXIMUM_ZONES = 3;
/** The VPC is cut into 4, a power of two, so that a zone can be added without moving the others. */
const ZONE_BITS = 2;
/** A NAT gateway is all that stands in a public subnet: the smallest that AWS makes will do. */
const PUBLIC_MASK = 28;
/** Services that are there anyway, or that an endpoint of another type carries. */
const OWN_SERVICES = ["ssm", "ssmmessages", "ec2messages", "s3", "dynamodb"];

const zoneName = matching(
  /^[a-z]{2}(?:-[a-z]+)+-\d+[a-z]$/,
  "the name of an availability zone, as `eu-west-1a`",
  "name zones of the Region you deploy to",
);
const serviceName = every(
  matching(
    /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/,
    "the name of a service as its endpoint has it after the Region, as `secretsmanager`",
    "leave out `com.amazonaws.<region>.`",
  ),
  (value: string): Fault | undefined =>
    OWN_SERVICES.includes(value)
      ? {
          expected: `a service other than ${OWN_SERVICES.map((own) => `\`${own}\``).join(", ")}`,
          remedy:
            value === "ec2messages"
              ? "set `ec2Messages` instead"
              : "leave it out: what instances need of it is built already, or is no interface endpoint here",
        }
      : undefined,
);

/**
 * Decides everything about a network that can be decided before anything is asked of AWS.
 *
 * @throws pulumi.InputPropertiesError with every bad argument at once.
 */
export function planPrivateNetwork(
  name: string,
  unchecked: PrivateNetworkArgs,
  deployment: Deployment,
): PrivateNetworkPlan {
  const problems = problemsOf("PrivateNetwork", name);
  const args = shaped(problems, "PrivateNetworkArgs", unchecked);
  const common = planCommon(problems, args, deployment);
  const nameFor = (what: string): string =>
    physicalName(problems, "securityGroup", common.namePrefix, `${name}-${what}`, "name");

  const egress = args.egress ?? "endpoints";
  problems.check("egress", egress, oneOf(EGRESS));
  const vpc =
    args.vpcId === undefined ? planCreated(problems, args, egress) : planExisting(problems, args, args.vpcId);
  const zones = countZones(args);
  const plan: PrivateNetworkPlan = {
    tags: common.tags,
    zones,
    vpc,
    instancesGroupName: nameFor("instances"),
    interfaceEndpoints: planEndpoints(problems, args, egress, zones, nameFor("endpoints")),
    s3Endpoint: planS3(problems, args, egress, nameFor("s3")),
    httpsEgress: egress === "endpoints" ? "s3" : "anywhere",
    flowLogs:
      args.flowLogs === undefined
        ? undefined
        : planFlowLogs(problems, name, args.flowLogs, common.namePrefix),
  };
  problems.throwIfAny();
  return plan;
}

function countZones(args: PrivateNetworkArgs): number {
  const listed = args.vpcId === undefined ? args.availabilityZones : args.subnetIds;
  return listed?.length ?? args.zones ?? 2;
}

function planCreated(problems: Problems, args: PrivateNetworkArgs, egress: Egress): CreatedVpcPlan {
  for (const path of ["subnetIds", "routeTableIds"] as const) {
    if (args[path] !== undefined) {
      problems.add(path, `${args[path].length} given`, {
        expected: "no such argument without `vpcId`",
        remedy: "give the `vpcId` they belong to, or leave them out",
      });
    }
  }
  problems.check("zones", args.zones, wholeNumber(1, MAXIMUM_ZONES, "zones"));
  if (args.availabilityZones !== undefined) {
    if (args.zones !== undefined) {
      excluded(problems, "zones", args.zones, "availabilityZones");
    }
    checkList(problems, "availabilityZones", args.availabilityZones, MAXIMUM_ZONES);
    args.availabilityZones.forEach((zone, index) => {
      problems.check(`availabilityZones[${index}]`, zone, zoneName);
    });
  }
  const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";
  problems.check("cidrBlock", cidrBlock, vpcBlock(16, 24));
  const zoneMask = (parseIpv4Block(cidrBlock)?.prefix ?? 16) + ZONE_BITS;
  return {
    kind: "created",
    cidrBlock,
    zoneMask,
    zoneNames: args.availabilityZones,
    subnets:
      egress === "endpoints"
        ? [{ type: "Isolated", cidrMask: zoneMask }]
        : [
            { type: "Private", cidrMask: zoneMask + 1 },
            { type: "Public", cidrMask: PUBLIC_MASK },
          ],
    natGateways: egress === "endpoints" ? "None" : egress === "nat" ? "Single" : "OnePerAz",
  };
}

function planExisting(problems: Problems, args: PrivateNetworkArgs, vpc: Input<string>): ExistingVpcPlan {
  for (const path of ["zones", "availabilityZones", "cidrBlock"] as const) {
    if (args[path] !== undefined) {
      excluded(problems, path, args[path], "vpcId");
    }
  }
  if (args.egress === "nat" || args.egress === "nat-per-zone") {
    problems.add("egress", args.egress, {
      expected: "`endpoints` with `vpcId`",
      remedy:
        "leave it out; where the VPC has a NAT gateway of its own, instances need no PrivateNetwork, only a subnet",
    });
  }
  if (args.subnetIds === undefined) {
    problems.add("subnetIds", undefined, {
      expected: `1 to ${MAXIMUM_ZONES} subnets of the VPC`,
      remedy: "list the subnets that instances stand in, each in another zone",
    });
  } else {
    checkList(problems, "subnetIds", args.subnetIds, MAXIMUM_ZONES);
  }
  if (args.s3Endpoint === false) {
    if (args.routeTableIds !== undefined) {
      excluded(problems, "routeTableIds", args.routeTableIds.length, "s3Endpoint: false");
    }
  } else if (args.routeTableIds === undefined) {
    problems.add("routeTableIds", undefined, {
      expected: "the route tables of the subnets, which the S3 gateway endpoint is added to",
      remedy: "list them, or set `s3Endpoint` to `false` where the VPC has such an endpoint",
    });
  } else {
    checkList(problems, "routeTableIds", args.routeTableIds, 10);
  }
  return {
    kind: "existing",
    vpcId: problems.input("vpcId", vpc, vpcId),
    subnetIds: (args.subnetIds ?? []).map((id, index) => problems.input(`subnetIds[${index}]`, id, subnetId)),
    routeTableIds: (args.routeTableIds ?? []).map((id, index) =>
      problems.input(`routeTableIds[${index}]`, id, routeTableId),
    ),
  };
}

function planEndpoints(
  problems: Problems,
  args: PrivateNetworkArgs,
  egress: Egress,
  zones: number,
  groupName: string,
): InterfaceEndpointsPlan | undefined {
  if (egress !== "endpoints" && args.vpcId === undefined) {
    for (const path of ["endpointZones", "ec2Messages", "additionalEndpoints"] as const) {
      if (args[path] !== undefined) {
        problems.add(path, args[path], {
          expected: `no such argument with \`egress: "${egress}"\`, which builds no interface endpoints`,
          remedy: 'leave it out, or choose `egress: "endpoints"`',
        });
      }
    }
    return undefined;
  }
  const additional = args.additionalEndpoints ?? [];
  additional.forEach((service, index) => {
    problems.check(`additionalEndpoints[${index}]`, service, serviceName);
  });
  const endpointZones = args.endpointZones ?? zones;
  problems.check(
    "endpointZones",
    args.endpointZones,
    wholeNumber(1, Math.max(1, Math.min(zones, MAXIMUM_ZONES)), "zones"),
  );
  return {
    services: [
      ...new Set([
        "ssm",
        "ssmmessages",
        ...(args.logging?.permissions.endpoints.services ?? []),
        ...(args.ec2Messages === true ? ["ec2messages"] : []),
        ...additional,
      ]),
    ],
    zones: endpointZones,
    groupName,
  };
}

function planS3(
  problems: Problems,
  args: PrivateNetworkArgs,
  egress: Egress,
  name: string,
): PrivateNetworkPlan["s3Endpoint"] {
  const readableBuckets = args.readableBuckets ?? [];
  readableBuckets.forEach((bucket, index) => {
    problems.check(`readableBuckets[${index}]`, bucket, nameOf("bucket"));
  });
  if (args.s3Endpoint !== false) {
    return { name, readableBuckets };
  }
  if (args.readableBuckets !== undefined) {
    excluded(problems, "readableBuckets", args.readableBuckets, "s3Endpoint: false");
  }
  if (egress === "endpoints" && args.vpcId === undefined) {
    problems.add("s3Endpoint", false, {
      expected: "`true` in a new VPC without NAT, where nothing else leads to S3",
      remedy: "leave it out: the endpoint is free",
    });
  }
  return undefined;
}

function excluded(problems: Problems, path: string, value: unknown, other: string): void {
  problems.add(path, value, {
    expected: `not both this and \`${other}\``,
    remedy: "leave one of the two out",
  });
}

/** A list of bounded length without duplicates. Outputs in it are compared by identity only. */
function checkList(problems: Problems, path: string, list: readonly unknown[], maximum: number): void {
  if (list.length < 1 || list.length > maximum) {
    problems.add(path, `${list.length} given`, {
      expected: `1 to ${maximum}`,
      remedy: list.length === 0 ? "give at least one, or leave the argument out" : "leave some out",
    });
  }
  list.forEach((item, index) => {
    if (list.indexOf(item) !== index) {
      problems.add(`${path}[${index}]`, item, {
        expected: "no duplicates",
        remedy: "leave it out: it is there already",
      });
    }
  });
}
