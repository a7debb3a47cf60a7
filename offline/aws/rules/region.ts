import { isUnknown } from "../../protocol/wire.ts";
import type { CheckFailure } from "../../protocol/provider.ts";
import { partitionOf } from "../place.ts";
import { known } from "./rule.ts";
import type { Subject } from "./rule.ts";
import { asText } from "../values.ts";

/** Refuses a resource's own `region` that no partition has, or that is of another partition. */
export function checkRegion({ inputs, place }: Subject): readonly CheckFailure[] {
  return known(inputs, "region").flatMap((found) => {
    const partition = partitionOf(asText(found.value));
    if (partition === undefined) {
      return [
        { property: "region", reason: `\`${asText(found.value)}\` is not a known AWS region: correct it` },
      ];
    }
    return partition === place.partition || isUnknown(place.region)
      ? []
      : [
          {
            property: "region",
            reason: `\`${asText(found.value)}\` is of the partition \`${partition}\`, the provider of \`${place.partition}\``,
          },
        ];
  });
}
