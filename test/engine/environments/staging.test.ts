import { join } from "node:path";
import { describeLifecycle, describeOnRealEngine } from "../support/lifecycle.ts";
import { REPOSITORY } from "../support/paths.ts";

describeOnRealEngine("the environment staging, on both engines", () => {
  describeLifecycle({
    root: REPOSITORY,
    stack: "staging",
    packs: [{ dir: join(REPOSITORY, "policies") }],
    change: {
      what: "a longer idle timeout of sessions",
      key: "idleTimeoutMinutes",
      value: "20",
      steps: [{ resource: "aws:ssm/document:Document::shell-document", op: "update", diffs: ["content"] }],
    },
  });
});
