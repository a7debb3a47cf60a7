import { createHash } from "node:crypto";

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A UUID that is always the same for a URN, where the real engine draws a random one. */
export function uuidFor(urn: string): string {
  const hex = digest(urn);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** An id for a resource whose provider is not simulated: its name, and a few characters that tell equal names apart. */
export function placeholderId(urn: string, name: string): string {
  return `${name}-${digest(urn).slice(0, 7)}`;
}
