import { isIPv6 } from "node:net";
import { ComponentError } from "../protocol/component-error.ts";

/**
 * The /64 range of one subnet within the /56 range of its VPC.
 *
 * @param index 0 to 255
 */
export function subnetIpv6Block(vpcBlock: string, index: number): string {
  const [address, mask] = vpcBlock.split("/");
  if (!address || !mask) {
    throw new ComponentError(`"${vpcBlock}" is not a valid IPv6 CIDR block`);
  }
  if (!isIPv6(address)) {
    throw new ComponentError(`"${address}" is not a valid IPv6 address`);
  }
  if (mask !== "56") {
    throw new ComponentError(`VPC must be a /56 block (got /${mask})`);
  }
  if (!Number.isInteger(index) || index < 0 || index > 0xff) {
    throw new ComponentError("index must be an integer from 0-255");
  }
  const groups = address.split(":");
  const fourth = groups[3] ?? "";
  const network = Number.parseInt(fourth, 16);
  // A range whose fourth group is shortened away (2600:1f18::/56) cannot be split here, nor in the real component.
  if (fourth === "" || Number.isNaN(network)) {
    throw new ComponentError(`Vpc ipv6 cidr block was not in an expected form: ${vpcBlock}`);
  }
  const subnet = (network & 0xff00) | index;
  return `${groups.slice(0, 3).join(":")}:${subnet.toString(16)}::/64`;
}
