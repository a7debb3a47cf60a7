import { fileURLToPath } from "node:url";
import { describeLifecycle, describeOnRealEngine } from "./support/lifecycle.ts";

// With REAL_AWSX=1 the real `pulumi-resource-awsx` on PATH expands the networks on the real engine.
describeOnRealEngine("networks of many shapes, expanded by awsx's Vpc on both engines", () => {
  describeLifecycle({
    root: fileURLToPath(new URL("fixtures/networks", import.meta.url)),
    stack: "dev",
    packs: [],
    brief: true,
    many: true,
  });
});
