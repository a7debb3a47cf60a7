import { fileURLToPath } from "node:url";
import { describeLifecycle, describeOnRealEngine } from "./support/lifecycle.ts";

describeOnRealEngine("a program of components, on both engines", () => {
  describeLifecycle({
    root: fileURLToPath(new URL("fixtures/plain", import.meta.url)),
    stack: "dev",
    packs: [{ dir: fileURLToPath(new URL("fixtures/pack", import.meta.url)) }],
    change: {
      what: "a component's input",
      key: "text",
      value: "another",
      steps: [{ resource: "plain:index:Note::greeting", op: "update", diffs: [] }],
    },
  });
});
