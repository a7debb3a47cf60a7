import { ComponentError } from "../protocol/component-error.ts";
import { isType } from "./subnet-spec.ts";
import type { SubnetSpec } from "./subnet-spec.ts";

export type NatKind = "none" | "single" | "oneperaz";

/** @throws ComponentError for a strategy that does not exist, or allocation ids that do not fit it */
export function natKind(strategy: string, allocationCount: number, zoneCount: number): NatKind {
  const kind = strategy.toLowerCase();
  switch (kind) {
    case "none":
      if (allocationCount > 0) {
        throw new ComponentError(
          `Elastic IP allocation IDs cannot be specified when NAT Gateway strategy is '${strategy}'.`,
        );
      }
      return kind;
    case "single":
      if (allocationCount > 1) {
        throw new ComponentError(
          `Exactly one Elastic IP may be specified when NAT Gateway strategy is '${strategy}'.`,
        );
      }
      return kind;
    case "oneperaz":
      if (allocationCount > 0 && allocationCount !== zoneCount) {
        throw new ComponentError(
          `The number of Elastic IPs, if specified, must match the number of availability zones for the VPC (${zoneCount}) when NAT Gateway strategy is '${strategy}'`,
        );
      }
      return kind;
    default:
      throw new ComponentError(`Unknown NatGatewayStrategy '${strategy}'`);
  }
}

/** @throws ComponentError where gateways are asked for, and no subnet can hold them or none could use them */
export function checkNatSubnets(kind: NatKind, specs: readonly Pick<SubnetSpec, "type">[]): void {
  const useful =
    specs.some((spec) => isType(spec, "public")) &&
    specs.some((spec) => isType(spec, "private") || isType(spec, "isolated"));
  if (kind !== "none" && !useful) {
    throw new ComponentError(
      "If NAT Gateway strategy is 'OnePerAz' or 'Single', public subnets must be declared to host the NAT Gateway " +
        "resource, along with private or isolated subnets to route through it.",
    );
  }
}

/** Whether a public subnet of the zone at `zoneIndex` gets a gateway, where there are `count` already. */
export function needsGateway(kind: NatKind, count: number, zoneIndex: number): boolean {
  switch (kind) {
    case "none":
      return false;
    case "single":
      return count === 0;
    case "oneperaz":
      return count <= zoneIndex;
  }
}
