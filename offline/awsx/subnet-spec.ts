import { ComponentError } from "../protocol/component-error.ts";
import { parseBlock, sizeOf } from "./cidr.ts";
import type { Value } from "./values.ts";

/** `Public`, `Private`, `Isolated` or `Unused`, in any case of letters. */
export type SubnetType = string;

/** One kind of subnet, laid out once in every zone. */
export interface SubnetSpec {
  readonly type: SubnetType;
  readonly name: string | undefined;
  /** 0 to 32. */
  readonly cidrMask: number | undefined;
  /** Addresses: a power of 2, from 4. */
  readonly size: number | undefined;
  /** One for each zone. */
  readonly cidrBlocks: readonly string[] | undefined;
  readonly tags: Value | undefined;
  readonly assignIpv6AddressOnCreation: Value | undefined;
}

export interface ExplicitSubnetSpec extends SubnetSpec {
  readonly cidrBlocks: readonly string[];
}

export type NormalizedSpecs =
  | { readonly explicit: true; readonly specs: readonly ExplicitSubnetSpec[] }
  | { readonly explicit: false; readonly specs: readonly SubnetSpec[] };

/** The sizes a subnet can have, by mask: from 2^32 (/0) down to 4 addresses (/30). */
const SIZES: readonly number[] = Array.from({ length: 31 }, (_, mask) => sizeOf(mask));

export function isType(
  spec: { readonly type: SubnetType },
  type: "public" | "private" | "isolated",
): boolean {
  return spec.type.toLowerCase() === type;
}

export function duplicateTypeMessage(type: string): string {
  return (
    `Multiple subnet specs of type "${type}" require unique names. ` +
    'You can have at most one unnamed subnet per type. All other subnets of the same type must have unique "name" ' +
    "properties to avoid duplicate resource names."
  );
}

/**
 * Specs whose mask and size agree, with whichever was left out filled in; or specs that name every block.
 *
 * @throws ComponentError with every problem of every spec
 */
export function normalizeSpecs(specs: readonly SubnetSpec[], zoneCount: number): NormalizedSpecs {
  const issues = [...duplicateIssues(specs), ...sizeIssues(specs)];
  const explicit = specs.some((spec) => spec.cidrBlocks !== undefined);
  const normalized: NormalizedSpecs = explicit
    ? { explicit: true, specs: explicitSpecs(specs, zoneCount, issues) }
    : { explicit: false, specs: specs.map((spec) => sizedSpec(spec, issues)) };
  if (issues.length > 0) {
    throw new ComponentError(`Invalid subnet specifications:\n - ${issues.join("\n - ")}`);
  }
  return normalized;
}

/** Names become resource names, so that of one type at most one spec goes without. */
function duplicateIssues(specs: readonly SubnetSpec[]): string[] {
  return [...Map.groupBy(specs, ({ type }) => type.toLowerCase())]
    .filter(([, group]) => new Set(group.map(({ name }) => name)).size < group.length)
    .map(([type]) => duplicateTypeMessage(type));
}

function sizeIssues(specs: readonly SubnetSpec[]): string[] {
  const wrong = specs.flatMap(({ size }) => (size === undefined || SIZES.includes(size) ? [] : [size]));
  return wrong.length === 0
    ? []
    : [`The following subnet sizes are invalid: ${wrong.join(", ")}. Valid sizes are: ${SIZES.join(", ")}.`];
}

function explicitSpecs(
  specs: readonly SubnetSpec[],
  zoneCount: number,
  issues: string[],
): readonly ExplicitSubnetSpec[] {
  return specs.flatMap((spec, index) => {
    const issue = explicitIssue(spec, index, zoneCount);
    if (issue !== undefined) {
      issues.push(issue);
    }
    return spec.cidrBlocks === undefined ? [] : [{ ...spec, cidrBlocks: spec.cidrBlocks }];
  });
}

function explicitIssue(spec: SubnetSpec, index: number, zoneCount: number): string | undefined {
  if (spec.cidrBlocks === undefined) {
    return "If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks.";
  }
  if (spec.cidrBlocks.length !== zoneCount) {
    return `The number of CIDR blocks in subnetSpecs[${index}] must match the number of availability zones (${zoneCount}).`;
  }
  const masks = spec.cidrBlocks.map((block) => parseBlock(block).mask);
  if (spec.cidrMask !== undefined && masks.some((mask) => mask !== spec.cidrMask)) {
    return `The cidrMask in subnetSpecs[${index}] must match all cidrBlocks or be left undefined.`;
  }
  if (spec.size !== undefined && masks.some((mask) => sizeOf(mask) !== spec.size)) {
    return `The size in subnetSpecs[${index}] must match all cidrBlocks or be left undefined.`;
  }
  return undefined;
}

function sizedSpec(spec: SubnetSpec, issues: string[]): SubnetSpec {
  // A size of 0 counts as none, and a mask of 0 has no size, as in the real component.
  const mask = spec.cidrMask ?? (spec.size ? SIZES.indexOf(spec.size) : undefined);
  const size = mask ? SIZES[mask] : undefined;
  if (spec.size !== undefined && size !== undefined && size !== spec.size) {
    issues.push(`Subnet size ${spec.size} does not match the expected size for a /${mask} subnet (${size}).`);
  }
  return { ...spec, cidrMask: mask, size };
}
