import type { Model } from "../../model.ts";
import { matching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { format, together } from "../../rules/rule.ts";
import { schedule } from "../../rules/schedule.ts";
import { asText } from "../../values.ts";
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
    format("scheduleExpression", schedule(30)),
    format("targets", (value) =>
      Array.isArray(value) && value.length > 5
        ? `has ${value.length} entries: expected at most 5`
        : undefined,
    ),
    format(
      "targets[].key",
      matching(
        /^(?:InstanceIds|ParameterValues|resource-groups:.+|aws:NoOpAutomationTag|tag-key|tag:[\p{L}\p{Z}\p{N}_.:/=\-@]*)$/u,
        "a key such as tag:Environment or InstanceIds",
      ),
    ),
    format("waitForSuccessTimeoutSeconds", wholeNumber(15, 172_800)),
    together(["applyOnlyAtCronInterval", "scheduleExpression"], ([only, expression]) =>
      asText(only ?? false) === "true" && !asText(expression ?? "").startsWith("cron(")
        ? { property: "applyOnlyAtCronInterval", reason: "is refused: it needs a schedule in cron(…)" }
        : undefined,
    ),
  ],
  replaces: ["automationTargetParameterName", "name"],
  computed: {
    arn: (reading) => reading.arn("ssm", `association/${reading.id}`),
    associationId: (reading) => reading.id,
    documentVersion: always("$DEFAULT"),
  },
};

/** What each setting may be. Of one that is not here, every value is taken. */
const SETTING_VALUES: Readonly<Record<string, RegExp>> = {
  "/ssm/automation/customer-script-log-destination": /^CloudWatch$/u,
  "/ssm/automation/customer-script-log-group-name": /^[\w./#-]{1,512}$/u,
  "/ssm/documents/console/public-sharing-permission": /^(?:Enable|Disable)$/u,
  "/ssm/managed-instance/activation-tier": /^(?:standard|advanced)$/u,
  // The name of a role, with its path and without a slash in front.
  "/ssm/managed-instance/default-ec2-instance-management-role": /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/u,
  "/ssm/opsinsights/opscenter": /^(?:Enabled|Disabled)$/u,
  "/ssm/parameter-store/default-parameter-tier": /^(?:Standard|Advanced|Intelligent-Tiering)$/u,
  "/ssm/parameter-store/high-throughput-enabled": /^(?:true|false)$/u,
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
    together(["settingId", "settingValue"], ([setting, value]) => {
      const id = asText(setting ?? "").replace(/^arn:.*:servicesetting/u, "");
      const values = SETTING_VALUES[id];
      return values === undefined || value === undefined || values.test(asText(value))
        ? undefined
        : { property: "settingValue", reason: `\`${asText(value)}\` is no value of \`${id}\`: correct it` };
    }),
  ],
  replaces: ["settingId"],
  computed: { arn: (reading) => reading.id, status: always("Customized") },
};
