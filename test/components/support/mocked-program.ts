import * as pulumi from "@pulumi/pulumi";
import { simulatedAws } from "../../../offline/aws/index.ts";
import { isWireMap, type Wire, type WireMap } from "../../../offline/protocol/wire.ts";
import { awsMocks, type AwsMocks, type MockedResource } from "../../support/aws-mocks.ts";

export interface MockedProgramOptions {
  /** @default "eu-west-1" */
  readonly region?: string;
  /** What public SSM parameters of images hold. @default an AMI id */
  readonly image?: string;
  /** What searches for images find. @default what the simulated provider knows */
  readonly foundImage?: string;
}

export interface MockedProgram<T> {
  readonly mocks: AwsMocks;
  readonly result: T;
  /** The inputs of the one resource of a type with a logical name. */
  inputs(type: string, name: string): WireMap;
  /** A policy document among the inputs, parsed. */
  document(type: string, name: string, property?: string): PolicyLike;
}

export interface PolicyLike {
  readonly Statement: readonly Record<string, unknown>[];
}

/** A nested value that must be a map. */
export function mapAt(inputs: WireMap, property: string): WireMap {
  const value = inputs[property];
  if (!isWireMap(value)) {
    throw new Error(`\`${property}\` is no map`);
  }
  return value;
}

/** A nested value that must be a list. */
export function listAt(inputs: WireMap, property: string): readonly Wire[] {
  const value = inputs[property];
  if (!Array.isArray(value)) {
    throw new Error(`\`${property}\` is no list`);
  }
  return value.map((item: Wire) => item);
}

export const ACCOUNT = "111122223333";

/** What `awsx.ec2.Vpc` answers with: ids that say which subnet they are of. */
function vpcOutputs(inputs: WireMap): WireMap {
  const named = inputs["availabilityZoneNames"];
  const zones = Array.isArray(named) ? named.length : Number(inputs["numberOfAvailabilityZones"]);
  const types = listAt(inputs, "subnetSpecs").map((spec) => (isWireMap(spec) ? spec["type"] : undefined));
  const ids = (kind: string, prefix: string): string[] =>
    types.includes(kind)
      ? Array.from({ length: zones }, (_, index) => `${prefix}-0000000${kind.length}${index}00000000`)
      : [];
  return {
    ...inputs,
    vpcId: "vpc-0a1b2c3d4e5f60718",
    isolatedSubnetIds: ids("Isolated", "subnet"),
    privateSubnetIds: ids("Private", "subnet"),
    publicSubnetIds: ids("Public", "subnet"),
    routeTables: types.flatMap((type) => (typeof type === "string" ? ids(type, "rtb") : [])),
  };
}

/** Runs a program against the simulated provider, in this process, until everything is registered. */
export async function runMocked<T>(
  program: () => T,
  options: MockedProgramOptions = {},
): Promise<MockedProgram<T>> {
  const region = options.region ?? "eu-west-1";
  const mocks = awsMocks(simulatedAws({ account: ACCOUNT }), {
    configuration: { region },
    others: (type, _name, inputs) => (type === "awsx:ec2:Vpc" ? vpcOutputs(inputs) : undefined),
    answers: (token, args) => {
      switch (token) {
        case "aws:ssm/getParameter:getParameter":
          return { ...args, insecureValue: options.image ?? "ami-0a1b2c3d4e5f60718" };
        case "aws:ec2/getAmi:getAmi":
          return options.foundImage === undefined ? undefined : { ...args, id: options.foundImage };
        case "aws:ec2/getPrefixList:getPrefixList":
          return { ...args, id: "pl-6da54004" };
        default:
          return undefined;
      }
    },
  });
  await pulumi.runtime.setMocks(mocks, "shop", "dev", false);
  const result = program();
  await pulumi.runtime.disconnect();
  const find = (type: string, name: string): MockedResource => mocks.named(type, name);
  return {
    mocks,
    result,
    inputs: (type, name) => find(type, name).inputs,
    document: (type, name, property = "policy") => {
      const text = find(type, name).inputs[property];
      if (typeof text !== "string") {
        throw new Error(`\`${property}\` of \`${name}\` is no text`);
      }
      const parsed: PolicyLike = JSON.parse(text);
      return parsed;
    },
  };
}

/** The value of an output that is known. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
