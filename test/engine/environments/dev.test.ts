import { join } from "node:path";
import { describeLifecycle, describeOnRealEngine } from "../support/lifecycle.ts";
import { REPOSITORY } from "../support/paths.ts";

describeOnRealEngine("the environment dev, on both engines", () => {
  describeLifecycle({
    root: REPOSITORY,
    stack: "dev",
    packs: [{ dir: join(REPOSITORY, "policies") }],
    change: {
      what: "longer retention of the session logs",
      key: "logRetentionDays",
      value: "60",
      steps: [
        {
          resource: "aws:cloudwatch/logGroup:LogGroup::logging-log-group",
          op: "update",
          diffs: ["retentionInDays"],
        },
      ],
    },
  });
});
