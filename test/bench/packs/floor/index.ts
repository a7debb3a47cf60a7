import { PolicyPack } from "@pulumi/policy";

// What Pulumi's protocol itself takes: every resource is shown to one policy, and the stack to another.
new PolicyPack("floor", {
  policies: [
    {
      name: "each-resource",
      description: "Does nothing.",
      enforcementLevel: "mandatory",
      validateResource: () => undefined,
    },
    {
      name: "whole-stack",
      description: "Does nothing.",
      enforcementLevel: "mandatory",
      validateStack: () => undefined,
    },
  ],
});
