import { ComponentError } from "../protocol/component-error.ts";
import { following, formatAddress, lastHost, overlap, parseBlock } from "./cidr.ts";

export interface RangedSubnet {
  readonly resourceName: string;
  readonly cidrBlock: string;
}

/** @throws ComponentError that lists every subnet whose range overlaps another's */
export function checkNoOverlap(subnets: readonly RangedSubnet[]): void {
  const blocks = subnets.map(({ cidrBlock }) => parseBlock(cidrBlock));
  const overlapping = subnets.filter((_, index) => {
    const block = blocks[index];
    return blocks.some((other, at) => at !== index && block !== undefined && overlap(block, other));
  });
  if (overlapping.length > 0) {
    const lines = overlapping.map(
      ({ resourceName, cidrBlock }, index) => `${index + 1}. ${resourceName}: ${cidrBlock}\n`,
    );
    throw new ComponentError(
      "The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, reduce the " +
        `size of the subnets per AZ, or use less Availability Zones:\n\n${lines.join("")}`,
    );
  }
}

/**
 * The Exact strategy: one subnet after the other, `Unused` ones included, fill the whole VPC.
 *
 * @throws ComponentError that names every gap
 */
export function checkNoGaps(vpcCidr: string, subnets: readonly RangedSubnet[]): void {
  const vpc = parseBlock(vpcCidr);
  const gaps: string[] = [];
  for (const [index, subnet] of subnets.entries()) {
    const { start } = parseBlock(subnet.cidrBlock);
    const previous = subnets[index - 1];
    if (previous === undefined) {
      if (start !== vpc.start) {
        gaps.push(
          `${subnet.resourceName} (${subnet.cidrBlock}) does not start at the beginning of the VPC (${vpcCidr})`,
        );
      }
    } else if (start !== following(parseBlock(previous.cidrBlock)).start) {
      gaps.push(
        `${previous.resourceName} (${previous.cidrBlock}) <=> ${subnet.resourceName} (${subnet.cidrBlock})`,
      );
    }
  }
  const last = subnets.at(-1);
  const end = last === undefined ? undefined : lastHost(parseBlock(last.cidrBlock));
  if (last !== undefined && end !== undefined && end !== lastHost(vpc)) {
    // The brace too many is in the real component's message.
    gaps.push(
      `${last.resourceName} (ending ${formatAddress(end)}) ends before VPC ends (at ${formatAddress(lastHost(vpc))}})`,
    );
  }
  if (gaps.length > 0) {
    throw new ComponentError(
      `There are gaps in the subnet ranges. Please fix the following gaps: ${gaps.join(", ")}`,
    );
  }
}
