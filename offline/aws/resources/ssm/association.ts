import type { Model } from "../../model.ts";
import { matching, oneOf } from "../../rules/formats.ts";
import { format } from "../../rules/rule.ts";
import { always } from "../common.ts";

/** Source: Systems Manager API Reference, CreateAssociation. */
export const association: Model = {
  type: "aws:ssm/association:Association",
  id: (reading) => reading.uuid("association"),
  unnamed: true,
  defaults: { applyOnlyAtCronInterval: false },
  rules: [
    format("name", matching(/^[a-zA-Z0-9_\-.:/]{3,128}$/u, "the name of a document")),
    format("complianceSeverity", oneOf("CRITICAL", "HIGH", "LOW", "MEDIUM", "UNSPECIFIED")),
    format("maxConcurrency", matching(/^(?:[1-9][0-9]*|[1-9]?[0-9]%|100%)$/u, "a number or a percentage")),
    format("maxErrors", matching(/^(?:[1-9][0-9]*|0|[1-9]?[0-9]%|100%)$/u, "a number or a percentage")),
    format("syncCompliance", oneOf("AUTO", "MANUAL")),
    format("associationName", matching(/^[a-zA-Z0-9_\-.]{3,128}$/u, "3 to 128 letters, digits and _ - .")),
  ],
  replaces: ["automationTargetParameterName", "name"],
  computed: {
    arn: (reading) => reading.arn("ssm", `association/${reading.id}`),
    associationId: (reading) => reading.id,
    documentVersion: always("$DEFAULT"),
  },
};

/** A setting of the account in a region. Source: Systems Manager API Reference, UpdateServiceSetting. */
export const serviceSetting: Model = {
  type: "aws:ssm/serviceSetting:ServiceSetting",
  id: (reading) => {
    const setting = reading.text("settingId");
    return setting.startsWith("arn:") ? setting : reading.arn("ssm", `servicesetting${setting}`);
  },
  rules: [
    format(
      "settingId",
      matching(
        /^(?:arn:[a-z-]+:ssm:[a-z0-9-]+:\d{12}:servicesetting)?\/ssm\/.+$/u,
        "a setting such as /ssm/documents/console/public-sharing-permission",
      ),
    ),
  ],
  replaces: ["settingId"],
  computed: { arn: (reading) => reading.id, status: always("Customized") },
};
