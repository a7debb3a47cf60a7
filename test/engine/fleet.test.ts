import { fileURLToPath } from "node:url";
import { describeLifecycle, describeOnRealEngine } from "./support/lifecycle.ts";

const root = fileURLToPath(new URL("fixtures/fleet", import.meta.url));

describeOnRealEngine("a fleet whose instances boot with something else, on both engines", () => {
  describeLifecycle({
    root,
    stack: "dev",
    packs: [],
    change: {
      what: "the launch template, and through its version the group",
      key: "greeting",
      value: "welcome",
      steps: [
        {
          resource: "aws:autoscaling/group:Group::fleet",
          op: "update",
          diffs: ["mixedInstancesPolicy"],
        },
        {
          resource: "aws:ec2/launchTemplate:LaunchTemplate::fleet-amazon-linux-2023-arm64",
          op: "update",
          diffs: ["userData"],
        },
      ],
    },
  });
});

describeOnRealEngine("a fleet with schedules whose first size changes, on both engines", () => {
  describeLifecycle({
    root,
    stack: "sized",
    packs: [],
    change: { what: "nothing: its schedules say how large it is", key: "size", value: "3", steps: [] },
  });
});

describeOnRealEngine("a fleet that changes over to another operating system, on both engines", () => {
  describeLifecycle({
    root,
    stack: "changed",
    packs: [],
    change: {
      what: "a template beside the old one, to which the group changes over before that goes",
      key: "os",
      value: "debian-12",
      steps: [
        {
          resource: "aws:autoscaling/group:Group::fleet",
          op: "update",
          diffs: ["mixedInstancesPolicy"],
        },
        {
          resource: "aws:ec2/launchTemplate:LaunchTemplate::fleet-amazon-linux-2023-arm64",
          op: "delete",
          diffs: [],
        },
        {
          resource: "aws:ec2/launchTemplate:LaunchTemplate::fleet-debian-12-arm64",
          op: "create",
          diffs: [],
        },
      ],
    },
  });
});
