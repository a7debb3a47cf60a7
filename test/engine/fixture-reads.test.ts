import { fileURLToPath } from "node:url";
import { describeLifecycle, describeOnRealEngine } from "./support/lifecycle.ts";

describeOnRealEngine("a program that reads resources, on both engines", () => {
  describeLifecycle({
    root: fileURLToPath(new URL("fixtures/reads", import.meta.url)),
    stack: "dev",
    packs: [],
  });
});
