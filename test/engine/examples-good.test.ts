import { join } from "node:path";
import { examples } from "./support/examples.ts";
import { describeLifecycle, describeOnRealEngine } from "./support/lifecycle.ts";
import { REPOSITORY } from "./support/paths.ts";

for (const { name, root, stack } of examples().filter(({ bad }) => !bad)) {
  describeOnRealEngine(`examples/${name}, on both engines`, () => {
    describeLifecycle({ root, stack, packs: [{ dir: join(REPOSITORY, "policies") }] });
  });
}
