import { join } from "node:path";
import { describeLifecycle, describeOnRealEngine } from "../support/lifecycle.ts";
import { REPOSITORY } from "../support/paths.ts";

describeOnRealEngine("the environment prod, on both engines", () => {
  describeLifecycle({
    root: REPOSITORY,
    stack: "prod",
    packs: [{ dir: join(REPOSITORY, "policies") }],
    change: {
      what: "no termination protection",
      key: "terminationProtection",
      value: "false",
      steps: [
        {
          resource: "aws:ec2/instance:Instance::gateway-amazon-linux-2023-arm64",
          op: "update",
          diffs: ["disableApiTermination"],
        },
      ],
    },
  });
});
