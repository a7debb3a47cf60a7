/** Writes `offline/aws/schema/schema.json` anew from the installed `@pulumi/aws`: `node test/offline/aws/schema/write.ts`. */
import { writeFileSync } from "node:fs";

import { DESCRIBED_LOOKUPS, MODELLED_RESOURCES } from "./modelled-types.ts";
import { readTypings } from "./typings.ts";

const target = new URL("../../../../offline/aws/schema/schema.json", import.meta.url);
writeFileSync(
  target,
  `${JSON.stringify(readTypings(MODELLED_RESOURCES, DESCRIBED_LOOKUPS), undefined, 1)}\n`,
);
