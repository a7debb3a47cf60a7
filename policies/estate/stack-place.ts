import { type Data, isDataMap } from "../reader/data.ts";
import type { Estate } from "./estate.ts";
import type { Kind } from "./kind.ts";
import { identity, type ResourceRecord } from "./resource-record.ts";
import { DOCUMENT_TYPE } from "./session-document.ts";
import { accountOf, regionOf } from "./whereabouts.ts";

/** Where resources are, as far as it can be told. */
export interface StackPlace {
  readonly partition: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/** What several ARNs, or resources, say of one part of a place: one value, several, or nothing. */
type Said = ReadonlySet<string>;

interface SaidPlace {
  readonly partition: Said;
  readonly region: Said;
  readonly account: Said;
}

/**
 * Partition, region and account of a resource: what it says itself; else what every resource of the stack that exists
 * says; before any exists, what the ARNs say that its log stores, keys and session documents, and the given resources,
 * name. Undefined where they do not agree.
 */
export function placeOf(
  estate: Estate,
  resource: ResourceRecord,
  related: readonly ResourceRecord[],
): StackPlace {
  const { existing, named } = stackSays(estate);
  const own = said([identity(resource, "arn") ?? ""]);
  const agreed = (part: keyof StackPlace): string | undefined =>
    firstWord([() => own[part], () => existing[part], () => named[part], () => said(textsOf(related))[part]]);
  return {
    partition: agreed("partition"),
    account: accountOf(estate, resource) ?? agreed("account"),
    region: regionOf(estate, resource) ?? agreed("region"),
  };
}

/** The first that says anything has the word, also where it says two things. */
function firstWord(sources: readonly (() => Said)[]): string | undefined {
  for (const source of sources) {
    const [first, ...others] = source();
    if (first !== undefined) {
      return others.length === 0 ? first : undefined;
    }
  }
  return undefined;
}

const stacks = new WeakMap<Estate, { readonly existing: SaidPlace; readonly named: SaidPlace }>();

const TELLING: readonly Kind[] = ["bucket", "bucket-policy", "key", "key-policy", "log-group"];

function stackSays(estate: Estate): { readonly existing: SaidPlace; readonly named: SaidPlace } {
  let known = stacks.get(estate);
  if (known === undefined) {
    const records = [...estate.facts.values()].map(({ record }) => record);
    const telling = [
      ...TELLING.flatMap((kind) => estate.byKind.get(kind) ?? []),
      ...records.filter(({ type }) => type === DOCUMENT_TYPE),
    ];
    const existing = said(records.map((record) => identity(record, "arn") ?? ""));
    const named = said(textsOf(telling));
    const regions = new Set(telling.flatMap((record) => regionOf(estate, record) ?? []));
    known = { existing, named: regions.size > 0 ? { ...named, region: regions } : named };
    stacks.set(estate, known);
  }
  return known;
}

const ARN = /arn:(aws[a-z-]*):[a-z0-9-]+:([a-z0-9-]*):(\d{12}|):/g;

function said(texts: readonly string[]): SaidPlace {
  const place = { partition: new Set<string>(), region: new Set<string>(), account: new Set<string>() };
  for (const text of texts) {
    for (const [, partition = "", region = "", account = ""] of text.matchAll(ARN)) {
      place.partition.add(partition);
      place.region.add(region);
      place.account.add(account);
    }
  }
  place.region.delete("");
  place.account.delete("");
  return place;
}

function textsOf(records: readonly ResourceRecord[]): readonly string[] {
  return records.flatMap(({ inputs, outputs }) => textsIn(inputs ?? outputs ?? {}));
}

function textsIn(data: Data): readonly string[] {
  if (typeof data === "string") {
    return [data];
  }
  if (Array.isArray(data)) {
    return data.flatMap((member: Data) => textsIn(member));
  }
  return isDataMap(data) ? Object.values(data).flatMap(textsIn) : [];
}
