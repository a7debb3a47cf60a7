import { fileURLToPath } from "node:url";
import { describeLifecycle, describeOnRealEngine } from "./support/lifecycle.ts";

describeOnRealEngine("a program that uses every resource option, on both engines", () => {
  describeLifecycle({
    root: fileURLToPath(new URL("fixtures/options", import.meta.url)),
    stack: "dev",
    packs: [{ dir: fileURLToPath(new URL("fixtures/pack", import.meta.url)) }],
    change: {
      what: "a log group's retention",
      key: "retentionInDays",
      value: "90",
      steps: [
        { resource: "aws:cloudwatch/logGroup:LogGroup::group", op: "update", diffs: ["retentionInDays"] },
      ],
    },
  });
});
