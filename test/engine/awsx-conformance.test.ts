import { fileURLToPath } from "node:url";
import { assertSameGraph } from "./support/assert-graph.ts";
import { describeLifecycle, describeOnRealEngine } from "./support/lifecycle.ts";
import { finishOffline } from "./support/offline.ts";
import { graphOfPlan, PLAN_LACKS } from "./support/plan.ts";
import { graphOfRecords } from "./support/records.ts";
import { ownStack } from "./support/stack.ts";

// With REAL_AWSX=1 the real engine has awsx's own provider, which is on PATH, build the shapes: then the offline
// engine's graph is compared with what that provider registers.
const root = fileURLToPath(new URL("fixtures/awsx-shapes", import.meta.url));

describeOnRealEngine("the whole table of network shapes, on both engines", () => {
  const engine = ownStack(root, "all");

  it("has the graph in a first preview that the offline engine records", async () => {
    const [{ plan }, { resources }] = await Promise.all([
      engine().previewWithPlan(),
      finishOffline(root, "all", { mode: "preview" }),
    ]);
    assertSameGraph(graphOfPlan(plan), graphOfRecords(resources), PLAN_LACKS);
  });
});

describeOnRealEngine("network shapes with endpoints, IPv6 and tags, on both engines", () => {
  describeLifecycle({ root, stack: "some", packs: [], brief: true });
});
