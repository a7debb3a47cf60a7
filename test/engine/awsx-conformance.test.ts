import { fileURLToPath } from "node:url";
import { describeLifecycle, describeOnRealEngine } from "./support/lifecycle.ts";

// With REAL_AWSX=1 the real engine has awsx's own provider, which is on PATH, build the shapes: then the offline
// engine's graph is compared with what that provider registers, in a preview and once everything is created.
describeOnRealEngine("the table of network shapes, on both engines", () => {
  describeLifecycle({
    root: fileURLToPath(new URL("fixtures/awsx-shapes", import.meta.url)),
    stack: "dev",
    packs: [],
    brief: true,
  });
});
