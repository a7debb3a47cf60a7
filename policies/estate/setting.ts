import { UNKNOWN } from "../reader/data.ts";
import { at } from "../reader/place.ts";
import type { Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { type Kind, kindOf } from "./kind.ts";
import { resolve } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** Resources that set something on another one, such as a bucket's policy. */
export interface Settings {
  readonly mine: readonly ResourceRecord[];
  /** Those of which it cannot be told whose they are. */
  readonly perhaps: readonly { readonly urn: string; readonly cause: Unreadable }[];
}

/** The resources of a kind that name the target in a property, by name, ARN, id or property dependency. */
export function settingsOf(estate: Estate, target: ResourceRecord, kind: Kind, property: string): Settings {
  const mine: ResourceRecord[] = [];
  const perhaps: { urn: string; cause: Unreadable }[] = [];
  const targetKind = kindOf(target.type);
  for (const setting of estate.byKind.get(kind) ?? []) {
    const place = at(properties(setting), property);
    const found = resolve(estate, setting, place, targetKind === undefined ? [] : [targetKind]);
    if (found.kind === "unreadable") {
      perhaps.push({ urn: setting.urn, cause: found.cause });
    } else if (found.kind === "found" && found.records.some(({ urn }) => urn === target.urn)) {
      if (place.data === UNKNOWN && found.records.length > 1) {
        perhaps.push({ urn: setting.urn, cause: { kind: "unknown", path: place.path } });
      } else {
        mine.push(setting);
      }
    }
  }
  return { mine, perhaps };
}
