/** The subnets of one VPC with their ranges, whether the VPC's own range is known or not. */
import { ComponentError } from "../protocol/component-error.ts";
import { checkNoGaps, checkNoOverlap } from "./layout-checks.ts";
import { chooseLayout, placeSubnets, planSubnets } from "./layout.ts";
import type { Layout, LayoutRequest, PlacedSubnet, PlannedSubnet } from "./layout.ts";
import { checkNatSubnets } from "./nat.ts";
import type { NatKind } from "./nat.ts";
import { layoutOfSpecs, layoutOfSubnets } from "./resolved-layout.ts";
import { combine } from "./values.ts";
import type { Computed, Value } from "./values.ts";

export interface VpcSubnet extends PlannedSubnet {
  readonly cidrBlock: string | Computed;
}

export interface VpcSubnets {
  readonly subnets: readonly VpcSubnet[];
  /** The output `subnetLayout`. */
  readonly layout: Computed;
  /** Given specs whose masks were left to the strategy, under a strategy that was left open. */
  readonly warnAboutStrategy: boolean;
}

/**
 * @param vpcCidr the VPC's range; an output where an address pool gives it
 * @throws ComponentError where the specs are wrong, do not fit or overlap
 */
export function vpcSubnets(
  request: LayoutRequest,
  vpcCidr: string | Computed,
  nat: NatKind,
  strategyGiven: boolean,
): VpcSubnets {
  const layout = chooseLayout(request);
  const subnets =
    layout.kind === "explicit"
      ? checked(placeSubnets(request, layout, ""), request, vpcCidr, nat)
      : typeof vpcCidr === "string"
        ? checked(placeSubnets(request, layout, vpcCidr), request, vpcCidr, nat)
        : subnetsOfUnknownRange(request, layout, vpcCidr, nat);
  return {
    subnets,
    layout: layoutOutput(request, layout, vpcCidr),
    warnAboutStrategy: !strategyGiven && layout.normalized?.explicit === false,
  };
}

function checked(
  subnets: readonly PlacedSubnet[],
  request: LayoutRequest,
  vpcCidr: string | Computed,
  nat: NatKind,
): readonly PlacedSubnet[] {
  checkNoOverlap(subnets);
  if (request.strategy === "Exact" && typeof vpcCidr === "string") {
    checkNoGaps(vpcCidr, subnets);
  }
  checkNatSubnets(
    nat,
    subnets.map(({ spec }) => spec),
  );
  return subnets;
}

/** Ranges wait for the VPC's, and so do the checks: nothing is wrong before it is known. */
function subnetsOfUnknownRange(
  request: LayoutRequest,
  layout: Layout,
  vpcCidr: Computed,
  nat: NatKind,
): readonly VpcSubnet[] {
  if (layout.kind === "legacy") {
    throw new ComponentError(
      'Dynamically allocated cidrBlock ranges are not supported with subnetStrategy="Legacy". "Try using subnetStrategy="Auto"',
    );
  }
  const planned = planSubnets(request, layout);
  return planned.map((subnet, index) => ({
    ...subnet,
    cidrBlock: combine([vpcCidr, ...openValues(planned)], ([range]) => {
      const placed = checked(placeSubnets(request, layout, rangeOf(range)), request, vpcCidr, nat);
      return placed[index]?.cidrBlock;
    }),
  }));
}

function rangeOf(range: Value | undefined): string {
  if (typeof range !== "string") {
    throw new ComponentError(`the range of the VPC is \`${JSON.stringify(range)}\`: expected a CIDR block`);
  }
  return range;
}

/** What may be an output in the specs themselves. */
function openValues(subnets: readonly PlannedSubnet[]): readonly (Value | undefined)[] {
  return subnets.flatMap(({ spec }) => [spec.tags, spec.assignIpv6AddressOnCreation]);
}

function layoutOutput(request: LayoutRequest, layout: Layout, vpcCidr: string | Computed): Computed {
  const { normalized } = layout;
  if (request.strategy === "Legacy" || request.strategy === "AutoMerge" || normalized === undefined) {
    const open = openValues(planSubnets(request, layout));
    return combine([vpcCidr, ...open], ([range]) =>
      layoutOfSubnets(placeSubnets(request, layout, rangeOf(range)), request.zones.length),
    );
  }
  const open = normalized.specs.flatMap((spec) => [spec.tags, spec.assignIpv6AddressOnCreation]);
  return combine(open, () => layoutOfSpecs(normalized.specs));
}
