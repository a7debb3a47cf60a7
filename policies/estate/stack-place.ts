import type { Data } from "../reader/data.ts";
import { isDataMap } from "../reader/data.ts";
import type { Estate } from "./estate.ts";
import { identity, type ResourceRecord } from "./resource-record.ts";
import { accountOf, regionOf } from "./whereabouts.ts";

/** Where resources are, as far as it can be told. */
export interface StackPlace {
  readonly partition: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

const ARN = /arn:(aws[a-z-]*):[a-z0-9-]+:([a-z0-9-]*):(\d{12}|):/g;

/**
 * Partition, region and account of a resource: from its own ARN and properties; before it exists, from the ARNs that the
 * given resources name, if all of them agree. A stack that names one account is in it.
 */
export function placeOf(
  estate: Estate,
  resource: ResourceRecord,
  related: readonly ResourceRecord[],
): StackPlace {
  const own = arnPlaces(identity(resource, "arn") ?? "");
  const existing = arnPlaces(
    [...estate.facts.values()].map(({ record }) => identity(record, "arn") ?? "").join(" "),
  );
  const named = arnPlaces(
    related.flatMap((record) => texts(record.inputs ?? record.outputs ?? {})).join(" "),
  );
  const regions = related.flatMap((record) => regionOf(record) ?? []);
  const agreed = (part: "partition" | "region" | "account"): string | undefined =>
    only(own, part) ?? only(existing, part) ?? only(named, part);
  return {
    partition: agreed("partition"),
    account: accountOf(resource) ?? agreed("account"),
    region: regionOf(resource) ?? single(regions) ?? agreed("region"),
  };
}

function arnPlaces(text: string): readonly StackPlace[] {
  return [...text.matchAll(ARN)].map(([, partition, region, account]) => ({ partition, region, account }));
}

function only(places: readonly StackPlace[], part: keyof StackPlace): string | undefined {
  return single(places.flatMap((place) => place[part] ?? []));
}

/** The value, if there is one, and only one; empty texts say nothing. */
function single(values: readonly string[]): string | undefined {
  const [first, ...others] = new Set(values.filter((value) => value !== ""));
  return others.length === 0 ? first : undefined;
}

function texts(data: Data): readonly string[] {
  if (typeof data === "string") {
    return [data];
  }
  if (Array.isArray(data)) {
    return data.flatMap((member: Data) => texts(member));
  }
  return isDataMap(data) ? Object.values(data).flatMap(texts) : [];
}
