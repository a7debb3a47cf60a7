import { join } from "node:path";
import { examples } from "./support/examples.ts";
import { describeLifecycle, describeOnRealEngine, describeRejection } from "./support/lifecycle.ts";
import { REPOSITORY } from "./support/paths.ts";

for (const { name, root, stack } of examples().filter(({ bad }) => bad)) {
  describeOnRealEngine(`examples/${name}, with the policies`, () => {
    describeRejection({ root, stack, packs: [{ dir: join(REPOSITORY, "policies") }] });
  });

  describeOnRealEngine(`examples/${name}, without the policies, on both engines`, () => {
    describeLifecycle({ root, stack, packs: [], brief: true });
  });
}
