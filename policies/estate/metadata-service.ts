import { at, type Place } from "../reader/place.ts";
import { excerpt, isUnreadable, type Read, readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import type { Launch } from "./launch.ts";
import { resolve } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** What settings say of IMDSv1: the instance metadata service without a session token. */
export type MetadataAnswer =
  | { readonly kind: "required"; readonly path: string }
  /** The whole service is off. */
  | { readonly kind: "disabled"; readonly path: string }
  | { readonly kind: "optional"; readonly path: string }
  /** They ask for IMDSv2 in a form that the provider does not send. */
  | { readonly kind: "dropped"; readonly path: string }
  /** They say nothing of it. */
  | { readonly kind: "unset"; readonly path: string }
  | { readonly kind: "unreadable"; readonly cause: Unreadable };

const LAUNCH_CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

/**
 * What the settings of a launch say of IMDSv1.
 *
 * For launch configurations the provider sends `httpTokens` only with `httpEndpoint: "enabled"` beside it. Source:
 * terraform-provider-aws, internal/service/autoscaling/launch_configuration.go, `expandInstanceMetadataOptions`.
 */
export function metadataAnswer(type: string, { metadata, path: launchPath }: Launch): MetadataAnswer {
  const endpoint = oneOf(at(metadata, "httpEndpoint"), "enabled", "disabled");
  const tokens = oneOf(at(metadata, "httpTokens"), "required", "optional");
  const path = tokensPath(metadata, launchPath);
  if (endpoint.kind === "known" && endpoint.value === "disabled") {
    return { kind: "disabled", path: at(metadata, "httpEndpoint").path };
  }
  const isSent = type !== LAUNCH_CONFIGURATION || (endpoint.kind === "known" && endpoint.value === "enabled");
  switch (tokens.kind) {
    case "unknown":
    case "malformed":
      return { kind: "unreadable", cause: tokens };
    case "known":
      if (isUnreadable(endpoint) && (tokens.value === "optional" || !isSent)) {
        // The service may be off.
        return { kind: "unreadable", cause: endpoint };
      }
      return tokens.value === "required" && !isSent
        ? { kind: "dropped", path: metadata.path }
        : { kind: tokens.value, path };
    case "absent":
      return isUnreadable(endpoint) ? { kind: "unreadable", cause: endpoint } : { kind: "unset", path };
  }
}

function tokensPath(metadata: Place, launchPath: string): string {
  const options = metadata.path === "" ? "metadataOptions" : metadata.path;
  return metadata.path === "" && launchPath !== "" ? launchPath : `${options}.httpTokens`;
}

/** A text out of a few; providers take an empty one for none. */
function oneOf<T extends string>(place: Place, ...words: readonly T[]): Read<T> {
  const text = readText(place);
  if (text.kind !== "known") {
    return text;
  }
  const word = words.find((each) => each === text.value);
  if (word !== undefined) {
    return { kind: "known", value: word };
  }
  return text.value === ""
    ? { kind: "absent", path: place.path }
    : {
        kind: "malformed",
        path: place.path,
        expected: words.map((each) => `\`${each}\``).join(" or "),
        found: excerpt(text.value),
      };
}

/** What decides where neither the launch nor what it takes its settings from says anything. */
export type MetadataDefault =
  /** Defaults of the account that the stack sets. `isFirst`: nothing is launched before them. */
  | { readonly kind: "account"; readonly defaults: string; readonly isFirst: boolean }
  | { readonly kind: "image"; readonly image: string }
  | { readonly kind: "unreadable"; readonly cause: Unreadable }
  | { readonly kind: "none" };

/**
 * The default that counts for a launch: the account's for the Region, then the image's, then EC2's own, with which IMDSv1
 * answers. Images of other stacks are not seen.
 *
 * Source: EC2 User Guide, "Order of precedence for instance metadata options".
 */
export function metadataDefault(estate: Estate, record: ResourceRecord, launch: Launch): MetadataDefault {
  for (const defaults of estate.byKind.get("metadata-defaults") ?? []) {
    const regions = [regionOf(defaults), regionOf(record)] as const;
    if (defaults.provider !== record.provider || !areOne(...regions)) {
      continue;
    }
    const unreadable = regions.find(isUnreadable);
    if (unreadable !== undefined) {
      return { kind: "unreadable", cause: unreadable };
    }
    const tokens = oneOf(at(properties(defaults), "httpTokens"), "required", "optional", "no-preference");
    if (isUnreadable(tokens)) {
      return { kind: "unreadable", cause: tokens };
    }
    if (tokens.kind === "known" && tokens.value === "required") {
      return {
        kind: "account",
        defaults: defaults.name,
        isFirst: record.dependsOn?.includes(defaults.urn) ?? false,
      };
    }
    if (tokens.kind === "known" && tokens.value === "optional") {
      return { kind: "none" };
    }
  }
  const image = resolve(estate, record, launch.image, ["image"]);
  const images = image.kind === "found" ? image.records : [];
  const support = images.map((each) => readText(at(properties(each), "imdsSupport")));
  if (support.some((read) => read.kind === "known" && read.value === "v2.0")) {
    return { kind: "image", image: images.map(({ name }) => name).join(", ") };
  }
  const unreadable = support.find(isUnreadable);
  return unreadable === undefined ? { kind: "none" } : { kind: "unreadable", cause: unreadable };
}

/** As the program says it; a resource without one has its provider's. */
function regionOf(record: ResourceRecord): Read<string> {
  return readText(at(properties(record), "region"));
}

/** Whether two Regions may be the same. */
function areOne(one: Read<string>, other: Read<string>): boolean {
  if (isUnreadable(one) || isUnreadable(other)) {
    return true;
  }
  return (one.kind === "known" ? one.value : "") === (other.kind === "known" ? other.value : "");
}
