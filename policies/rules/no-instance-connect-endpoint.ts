import { matchesAny, textList } from "./config.ts";
import type { Rule } from "./rule.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { satisfied, violation } from "./verdict.ts";

/**
 * No EC2 Instance Connect Endpoint is there.
 *
 * It carries TCP from whoever may call `ec2-instance-connect:OpenTunnel` to port 22 or 3389 of the VPC's machines, which
 * must admit it by an inbound rule. What goes through is not logged as a session is, and session documents do not
 * limit it. That it is there is enough, in every provider's form, whatever its properties say.
 */
export const noInstanceConnectEndpoint: Rule = {
  id: "no-instance-connect-endpoint",
  displayName: "No EC2 Instance Connect Endpoint",
  description: "No EC2 Instance Connect Endpoint leads past Session Manager.",
  severity: "medium",
  tags: ["network"],
  remediation:
    "Delete the endpoint and the inbound rules that admit it, and connect with `aws ssm start-session`.",
  configSchema: {
    properties: {
      allowedEndpoints: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names, as the program calls them, of endpoints that are meant. `*` stands for anything.",
      },
    },
  },
  decideResource: (facts, config) => {
    const { name } = facts.record;
    if (facts.presence !== "instance-connect-endpoint") {
      return readUnmodelled(facts, "instance-connect-endpoints");
    }
    return [
      matchesAny(name, textList(config, "allowedEndpoints"))
        ? satisfied({ id: "connect-endpoint-allowed", name })
        : violation({ id: "connect-endpoint", name }),
    ];
  },
};
