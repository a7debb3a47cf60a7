import { ComponentError } from "../protocol/component-error.ts";
import { layOutAuto, mergeWithDefaults, defaultSpecs, DEFAULT_TYPES } from "./layout-auto.ts";
import { layOutLegacy } from "./layout-legacy.ts";
import { subnetNames } from "./naming.ts";
import type { NameTagStrategy } from "./naming.ts";
import { normalizeSpecs } from "./subnet-spec.ts";
import type { NormalizedSpecs, SubnetSpec } from "./subnet-spec.ts";

export type SubnetStrategy = "Legacy" | "Auto" | "AutoMerge" | "Exact";

/** A subnet of one zone, before it has a range. */
export interface PlannedSubnet {
  readonly zone: string;
  readonly spec: SubnetSpec;
  readonly resourceName: string;
  readonly nameTag: string;
}

export interface PlacedSubnet extends PlannedSubnet {
  readonly cidrBlock: string;
}

export interface LayoutRequest {
  readonly vpcName: string;
  readonly zones: readonly string[];
  readonly strategy: SubnetStrategy;
  readonly nameTags: NameTagStrategy;
  /** Undefined: the default, a private and a public subnet in each zone. */
  readonly specs: readonly SubnetSpec[] | undefined;
  /** The mask of the range that each zone gets, instead of an even share. */
  readonly zoneMask: number | undefined;
}

/** How a request is laid out: ranges as the specs name them, or as one of the two allocators deals them out. */
export interface Layout {
  readonly kind: "explicit" | "legacy" | "auto";
  /** The specs as given, with masks and sizes filled in; undefined where none were given. */
  readonly normalized: NormalizedSpecs | undefined;
}

/** @throws ComponentError with every problem of the specs */
export function chooseLayout(request: LayoutRequest): Layout {
  const { specs, strategy, zones } = request;
  if (strategy === "AutoMerge" && specs?.some((spec) => spec.cidrBlocks !== undefined) === true) {
    throw new ComponentError(
      'subnetStrategy="AutoMerge" does not support subnetSpecs with explicit cidrBlocks. ' +
        'Use subnetStrategy="Auto" or "Exact" to fully specify the subnet layout.',
    );
  }
  if (specs === undefined) {
    return {
      kind: strategy === "Auto" || strategy === "AutoMerge" ? "auto" : "legacy",
      normalized: undefined,
    };
  }
  const normalized = normalizeSpecs(specs, zones.length);
  if (strategy === "Legacy") {
    return { kind: "legacy", normalized };
  }
  return { kind: normalized.explicit ? "explicit" : "auto", normalized };
}

/** The subnets and their names, in the order in which ranges are dealt out; for a VPC whose range is not known yet. */
export function planSubnets(request: LayoutRequest, layout: Layout): readonly PlannedSubnet[] {
  const given = layout.normalized?.specs;
  const specs =
    request.strategy === "AutoMerge"
      ? mergeWithDefaults(given ?? [], DEFAULT_TYPES)
      : (given ?? DEFAULT_TYPES);
  return request.zones.flatMap((zone, index) => specs.map((spec) => planned(request, spec, zone, index)));
}

/** @throws ComponentError where the specs do not fit into `vpcCidr` */
export function placeSubnets(
  request: LayoutRequest,
  layout: Layout,
  vpcCidr: string,
): readonly PlacedSubnet[] {
  const { zones } = request;
  if (layout.kind === "legacy") {
    return layOutLegacy(vpcCidr, zones.length, layout.normalized?.specs).map(
      ({ zoneIndex, spec, cidrBlock }) => ({
        ...planned(request, spec, zones[zoneIndex] ?? "", zoneIndex),
        cidrBlock,
      }),
    );
  }
  const blocks =
    layout.normalized?.explicit === true && layout.kind === "explicit"
      ? layout.normalized.specs.map(({ cidrBlocks }) => cidrBlocks)
      : layOutAuto(vpcCidr, zones.length, request.zoneMask, (zoneMask) =>
          request.strategy === "AutoMerge"
            ? mergeWithDefaults(layout.normalized?.specs ?? [], defaultSpecs(zoneMask))
            : (layout.normalized?.specs ?? defaultSpecs(zoneMask)),
        );
  const subnets = planSubnets(request, layout);
  const perZone = subnets.length / zones.length;
  return subnets.map((subnet, place) => ({
    ...subnet,
    cidrBlock: blocks[place % perZone]?.[Math.floor(place / perZone)] ?? "",
  }));
}

function planned(request: LayoutRequest, spec: SubnetSpec, zone: string, index: number): PlannedSubnet {
  return { zone, spec, ...subnetNames(request.vpcName, spec, zone, index, request.nameTags) };
}
