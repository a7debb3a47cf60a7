import type { Model } from "../../model.ts";
import { length, matching, notMatching, wholeNumber } from "../../rules/formats.ts";
import { format } from "../../rules/rule.ts";
import { always, CREATED } from "../common.ts";

/** Source: Systems Manager API Reference, CreateActivation. */
export const activation: Model = {
  type: "aws:ssm/activation:Activation",
  id: (reading) => reading.uuid("activation"),
  autoName: { property: "name", maxLength: 256 },
  rules: [
    format("iamRole", length(1, 64), notMatching(/^arn:|\//u, "the name of a role is taken, not its ARN")),
    format("registrationLimit", wholeNumber(1, 1000)),
    format("description", length(0, 256)),
    format("name", length(0, 256)),
    format(
      "expirationDate",
      matching(
        /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u,
        "an RFC 3339 timestamp",
      ),
    ),
  ],
  replaces: ["description", "expirationDate", "iamRole", "name", "registrationLimit", "tags"],
  computed: {
    activationCode: (reading) => reading.hex("code", 20),
    expirationDate: always(CREATED.replace("-01T", "-02T")),
    expired: always(false),
    registrationCount: always(0),
  },
};
