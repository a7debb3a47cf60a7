import type { Model } from "../../model.ts";
import { length, matching, notMatching, oneOf } from "../../rules/formats.ts";
import { exactlyOne, format, needs, together } from "../../rules/rule.ts";
import { asText } from "../../values.ts";
import { always } from "../common.ts";

/** Source: Systems Manager API Reference, PutParameter. */
export const parameter: Model = {
  type: "aws:ssm/parameter:Parameter",
  id: (reading) => reading.text("name"),
  rules: [
    format(
      "name",
      matching(
        /^\/?[a-zA-Z0-9_.-]+(?:\/[a-zA-Z0-9_.-]+){0,14}$/u,
        "letters, digits and _ . -, in at most 15 levels of /",
      ),
      length(1, 1011),
      notMatching(/^\/?(?:aws|ssm)/iu, "names that start with `aws` or `ssm` are AWS's own"),
      notMatching(/^[^/]+\//u, "a name with levels starts with a slash"),
    ),
    format("type", oneOf("SecureString", "String", "StringList")),
    format("tier", oneOf("Advanced", "Intelligent-Tiering", "Standard")),
    format("dataType", oneOf("aws:ec2:image", "aws:ssm:integration", "text")),
    format("description", length(0, 1024)),
    format("value", length(1, 8192)),
    exactlyOne(["insecureValue", "value", "valueWo"]),
    needs("valueWo", ["valueWoVersion"]),
    needs("valueWoVersion", ["valueWo"]),
    together(["type", "insecureValue"], ([type, insecure]) =>
      type === "SecureString" && insecure !== undefined
        ? { property: "insecureValue", reason: "is refused of a `SecureString`: use `value` or `valueWo`" }
        : undefined,
    ),
    ...["insecureValue", "value", "valueWo"].map((property) =>
      together(["tier", property], ([tier, value]) =>
        (tier === undefined || tier === "Standard") && asText(value ?? "").length > 4096
          ? { property, reason: "has more than the 4096 characters that the standard tier takes" }
          : undefined,
      ),
    ),
  ],
  replaces: ["name"],
  computed: {
    arn: (reading) => reading.arn("ssm", `parameter/${reading.id.replace(/^\//u, "")}`),
    dataType: always("text"),
    hasValueWo: (reading) => reading.has("valueWo"),
    insecureValue: (reading) => (reading.text("type") === "SecureString" ? "" : reading.text("value")),
    keyId: (reading) => (reading.text("type") === "SecureString" ? "alias/aws/ssm" : ""),
    tier: always("Standard"),
    value: (reading) => reading.text("insecureValue"),
    version: always(1),
  },
  fromId: (id) => ({ name: id }),
};
