import { createHash } from "node:crypto";

import type { CheckFailure } from "../protocol/provider.ts";
import type { ObjectSchema } from "./schema/schema.ts";
import type { AutoName, Model } from "./model.ts";

/** The random part of a made-up name: as many digits as Pulumi's own, but the same for the same URN. */
const DIGITS = 7;

/** How resources of a type are named where the program gives no name; undefined where they are not. */
export function autoNameOf(model: Model, inputs: ObjectSchema): AutoName | undefined {
  if (model.autoName !== undefined) {
    return model.autoName;
  }
  const named = inputs["name?"] !== undefined && model.unnamed !== true;
  return named ? { property: "name", unless: ["namePrefix"], maxLength: 255 } : undefined;
}

/** The name of the resource with this URN and logical name, or why there can be none. */
export function makeName(rule: AutoName, urn: string, logicalName: string): string | CheckFailure {
  const digits = createHash("sha256").update(urn).digest("hex").slice(0, DIGITS);
  const base = rule.lowerCase === true ? logicalName.toLowerCase() : logicalName;
  const prefix = rule.prefix === undefined || base.startsWith(rule.prefix) ? "" : rule.prefix;
  const name = `${prefix}${base}-${digits}`;
  if (name.length > rule.maxLength) {
    return {
      property: rule.property,
      reason:
        `the logical name \`${logicalName}\` with ${DIGITS + 1} more characters is longer than ` +
        `${rule.maxLength}: give \`${rule.property}\` a shorter value`,
    };
  }
  return name;
}
