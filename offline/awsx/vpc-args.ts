import { ComponentError } from "../protocol/component-error.ts";
import type { SubnetStrategy } from "./layout.ts";
import type { NameTagStrategy } from "./naming.ts";
import type { SubnetSpec } from "./subnet-spec.ts";
import { Computed, isValueList, isValueMap } from "./values.ts";
import type { Value, ValueMap } from "./values.ts";

/** Arguments of `awsx:ec2:Vpc`, read from the wire. What may be an output is a `Value`. */
export interface VpcArgs {
  readonly availabilityZoneNames: readonly string[] | undefined;
  readonly numberOfAvailabilityZones: number | undefined;
  readonly availabilityZoneCidrMask: number | undefined;
  readonly cidrBlock: string | Computed | undefined;
  readonly natStrategy: string;
  readonly allocationIds: readonly Value[];
  readonly subnetSpecs: readonly SubnetSpec[] | undefined;
  /** As given; undefined where the program leaves it open, which counts as Legacy. */
  readonly subnetStrategy: SubnetStrategy | undefined;
  readonly nameTags: NameTagStrategy;
  readonly endpoints: readonly EndpointSpec[];
  readonly endpointStrategy: EndpointStrategy;
  readonly tags: Value | undefined;
  readonly region: Value | undefined;
  /** Every argument as given; those that the VPC itself takes are passed on to it. */
  readonly all: ValueMap;
}

export type EndpointStrategy = "Legacy" | "Auto";

export interface EndpointSpec {
  readonly serviceName: string;
  readonly properties: ValueMap;
}

/** @throws ComponentError for an argument that has to be plain data, and is an output or something else */
export function readVpcArgs(all: ValueMap): VpcArgs {
  const nat = isValueMap(all["natGateways"]) ? all["natGateways"] : {};
  const cidrBlock = all["cidrBlock"];
  return {
    all,
    availabilityZoneNames: strings(all["availabilityZoneNames"], "availabilityZoneNames"),
    numberOfAvailabilityZones: number(all["numberOfAvailabilityZones"], "numberOfAvailabilityZones"),
    availabilityZoneCidrMask: number(all["availabilityZoneCidrMask"], "availabilityZoneCidrMask"),
    cidrBlock: cidrBlock instanceof Computed ? cidrBlock : text(cidrBlock, "cidrBlock"),
    natStrategy: text(nat["strategy"], "natGateways.strategy") ?? "OnePerAz",
    allocationIds: list(nat["elasticIpAllocationIds"], "natGateways.elasticIpAllocationIds") ?? [],
    subnetSpecs: list(all["subnetSpecs"], "subnetSpecs")?.map((spec, index) =>
      readSubnetSpec(spec, `subnetSpecs[${index}]`),
    ),
    subnetStrategy: oneOf(all["subnetStrategy"], "subnetStrategy", ["Legacy", "Auto", "AutoMerge", "Exact"]),
    nameTags:
      oneOf(all["subnetNameTagStrategy"], "subnetNameTagStrategy", ["Legacy", "AvailabilityZone"]) ??
      "Legacy",
    endpoints: (list(all["vpcEndpointSpecs"], "vpcEndpointSpecs") ?? []).map((spec, index) =>
      readEndpointSpec(spec, `vpcEndpointSpecs[${index}]`),
    ),
    endpointStrategy:
      oneOf(all["vpcEndpointStrategy"], "vpcEndpointStrategy", ["Legacy", "Auto"]) ?? "Legacy",
    tags: all["tags"] ?? undefined,
    region: all["region"] ?? undefined,
  };
}

function readSubnetSpec(value: Value, at: string): SubnetSpec {
  const spec = map(value, at);
  return {
    type: required(text(spec["type"], `${at}.type`), `${at}.type`),
    name: text(spec["name"], `${at}.name`),
    cidrMask: number(spec["cidrMask"], `${at}.cidrMask`),
    size: number(spec["size"], `${at}.size`),
    cidrBlocks: strings(spec["cidrBlocks"], `${at}.cidrBlocks`),
    tags: spec["tags"] ?? undefined,
    assignIpv6AddressOnCreation: spec["assignIpv6AddressOnCreation"] ?? undefined,
  };
}

function readEndpointSpec(value: Value, at: string): EndpointSpec {
  const properties = map(value, at);
  return {
    serviceName: required(text(properties["serviceName"], `${at}.serviceName`), `${at}.serviceName`),
    properties,
  };
}

function wrong(at: string, value: Value | undefined, expected: string): ComponentError {
  const found = value instanceof Computed ? "an output" : `\`${JSON.stringify(value)}\``;
  return new ComponentError(
    `\`${at}\` is ${found}: expected ${expected}, which is known when the component is constructed`,
  );
}

function required(value: string | undefined, at: string): string {
  if (value === undefined) {
    throw new ComponentError(`\`${at}\` is missing`);
  }
  return value;
}

function text(value: Value | undefined, at: string): string | undefined {
  if (value === undefined || value === null || typeof value === "string") {
    return value ?? undefined;
  }
  throw wrong(at, value, "a string");
}

function number(value: Value | undefined, at: string): number | undefined {
  if (value === undefined || value === null || typeof value === "number") {
    return value ?? undefined;
  }
  throw wrong(at, value, "a number");
}

function list(value: Value | undefined, at: string): readonly Value[] | undefined {
  if (value === undefined || value === null || isValueList(value)) {
    return value ?? undefined;
  }
  throw wrong(at, value, "a list");
}

function strings(value: Value | undefined, at: string): readonly string[] | undefined {
  return list(value, at)?.map((element, index) =>
    required(text(element, `${at}[${index}]`), `${at}[${index}]`),
  );
}

function map(value: Value, at: string): ValueMap {
  if (isValueMap(value)) {
    return value;
  }
  throw wrong(at, value, "an object");
}

function oneOf<T extends string>(value: Value | undefined, at: string, choices: readonly T[]): T | undefined {
  const given = text(value, at);
  const choice = choices.find((candidate) => candidate === given);
  if (given !== undefined && choice === undefined) {
    throw wrong(at, given, `one of ${choices.map((name) => `\`${name}\``).join(", ")}`);
  }
  return choice;
}
