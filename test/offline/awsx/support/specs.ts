import type { LayoutRequest, SubnetStrategy } from "@bastionless/offline/awsx/layout.ts";
import { chooseLayout, placeSubnets } from "@bastionless/offline/awsx/layout.ts";
import type { SubnetSpec } from "@bastionless/offline/awsx/subnet-spec.ts";
import fc from "fast-check";

export function spec(type: string, of: Partial<SubnetSpec> = {}): SubnetSpec {
  return {
    type,
    name: undefined,
    cidrMask: undefined,
    size: undefined,
    cidrBlocks: undefined,
    tags: undefined,
    assignIpv6AddressOnCreation: undefined,
    ...of,
  };
}

export function request(of: Partial<LayoutRequest> & { readonly strategy: SubnetStrategy }): LayoutRequest {
  return {
    vpcName: "net",
    zones: ["eu-west-1a", "eu-west-1b"],
    nameTags: "Legacy",
    specs: undefined,
    zoneMask: undefined,
    ...of,
  };
}

/** `name range` of each subnet. */
export function ranges(layout: LayoutRequest, vpcCidr: string): readonly string[] {
  return placeSubnets(layout, chooseLayout(layout), vpcCidr).map(
    ({ resourceName, cidrBlock }) => `${resourceName} ${cidrBlock}`,
  );
}

/** Specs with names of their own, so that none is refused for its name. */
export const namedSpecs: fc.Arbitrary<readonly SubnetSpec[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom("Public", "Private", "Isolated"),
      cidrMask: fc.option(fc.integer({ min: 18, max: 28 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((specs) => specs.map(({ type, cidrMask }, index) => spec(type, { name: `s${index}`, cidrMask })));

export const zones: fc.Arbitrary<readonly string[]> = fc
  .integer({ min: 1, max: 6 })
  .map((count) => Array.from({ length: count }, (_, index) => `eu-west-1${"abcdef"[index]}`));

export const vpcCidrs: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 24 }))
  .map(([octet, mask]) => `10.${octet}.0.0/${mask}`);
