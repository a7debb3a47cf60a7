import { createHash } from "node:crypto";

/** TEST-NET-2 (RFC 5737): addresses that belong to nobody stand for those of a service. */
export const PREFIX_LIST_NETWORK = "198.51.100.0/24";

/** The id of the prefix list that AWS manages for a service of a region. */
export function prefixListId(region: string, service: string): string {
  return `pl-${createHash("sha256").update(`${region}\0${service}`).digest("hex").slice(0, 8)}`;
}
