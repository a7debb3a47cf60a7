import { crc32 } from "node:zlib";

/** The provider's hash of a text, which stands in some ids: CRC-32 (IEEE). */
export function hashOf(text: string): number {
  return crc32(text);
}
