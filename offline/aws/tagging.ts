import { UNKNOWN, isUnknown, isWireMap, secret } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import { asText, bare } from "./values.ts";

/** The provider's `defaultTags` and `ignoreTags`. */
export interface Tagging {
  /** Unknown where a part of the configuration is. */
  readonly defaults: Wire;
  readonly ignoredKeys: readonly string[];
  readonly ignoredPrefixes: readonly string[];
}

/**
 * The `tagsAll` of a resource: the provider's default tags, the resource's own over them, without the ignored ones.
 * One unknown tag makes all of it unknown, as in the provider (pulumi-aws, provider/tags.go).
 */
export function mergeTags(tagging: Tagging, tags: Wire | undefined): Wire {
  const own = bare(tags ?? {});
  if (own.unknown || isUnknown(tagging.defaults)) {
    return UNKNOWN;
  }
  const merged: Record<string, Wire> = {};
  const both: readonly WireMap[] = [tagging.defaults, own.value].filter((map) => isWireMap(map));
  for (const [key, value] of both.flatMap((map) => Object.entries(map))) {
    const ignored =
      tagging.ignoredKeys.includes(key) || tagging.ignoredPrefixes.some((prefix) => key.startsWith(prefix));
    if (!ignored) {
      merged[key] = typeof value === "object" ? value : asText(value);
    }
  }
  return own.secret ? secret(merged) : merged;
}
