import { createHash } from "node:crypto";

import { isWireMap } from "../../../protocol/wire.ts";
import type { Wire, WireMap } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import { matching, notMatching, oneOf } from "../../rules/formats.ts";
import { format } from "../../rules/rule.ts";
import { documentContent } from "../../rules/ssm-document.ts";
import { asText, parseJson } from "../../values.ts";
import { parseYaml } from "../../yaml.ts";
import { CREATED } from "../common.ts";

const TYPES = [
  "ApplicationConfiguration",
  "ApplicationConfigurationSchema",
  "Automation",
  "Automation.ChangeTemplate",
  "AutoApprovalPolicy",
  "ChangeCalendar",
  "CloudFormation",
  "Command",
  "ConformancePackTemplate",
  "DeploymentStrategy",
  "ManualApprovalPolicy",
  "Package",
  "Policy",
  "ProblemAnalysis",
  "ProblemAnalysisTemplate",
  "QuickSetup",
  "Session",
];

function content(reading: Reading): WireMap {
  const text = reading.text("content");
  const parsed: Wire | undefined =
    reading.text("documentFormat") === "YAML" ? parseYaml(text) : parseJson(text);
  return isWireMap(parsed) ? parsed : {};
}

function parameters(reading: Reading): Wire {
  const declared = content(reading)["parameters"];
  if (!isWireMap(declared)) {
    return [];
  }
  return Object.entries(declared).map(([name, parameter]) => ({
    name,
    type: isWireMap(parameter) ? (parameter["type"] ?? "") : "",
    description: isWireMap(parameter) ? (parameter["description"] ?? "") : "",
    defaultValue: isWireMap(parameter) ? (parameter["default"] ?? "") : "",
  }));
}

/** Source: Systems Manager API Reference, CreateDocument. */
export const document: Model = {
  type: "aws:ssm/document:Document",
  id: (reading) => reading.text("name"),
  autoName: { property: "name", maxLength: 128 },
  defaults: { documentFormat: "JSON" },
  rules: [
    format(
      "name",
      matching(/^[a-zA-Z0-9_\-.]{3,128}$/u, "3 to 128 letters, digits and _ - ."),
      notMatching(/^(?:aws|amazon|amzn)/iu, "names that start with `aws`, `amazon` or `amzn` are AWS's own"),
    ),
    format("documentType", oneOf(...TYPES)),
    format("documentFormat", oneOf("JSON", "TEXT", "YAML")),
    format("targetType", matching(/^\/[\w.\-:/]{0,199}$/u, "a type such as /AWS::EC2::Instance")),
    format("versionName", matching(/^[a-zA-Z0-9_\-.]{3,128}$/u, "3 to 128 letters, digits and _ - .")),
    documentContent,
  ],
  replaces: ["name"],
  comparisons: { content: "json" },
  computed: {
    arn: (reading) => {
      const kind = reading.text("documentType") === "Automation" ? "automation-definition" : "document";
      return reading.arn("ssm", `${kind}/${reading.id}`);
    },
    createdDate: () => CREATED,
    defaultVersion: () => "1",
    description: (reading) => {
      const { description } = content(reading);
      return typeof description === "string" ? description : "";
    },
    documentVersion: () => "1",
    hash: (reading) => createHash("sha256").update(reading.text("content")).digest("hex"),
    hashType: () => "Sha256",
    latestVersion: () => "1",
    owner: (reading) => reading.place.account,
    parameters,
    platformTypes: (reading) =>
      ["Automation", "Session"].includes(reading.text("documentType"))
        ? ["Windows", "Linux", "MacOS"]
        : ["Linux", "Windows"],
    schemaVersion: (reading) => asText(content(reading)["schemaVersion"] ?? ""),
    status: () => "Active",
  },
  fromId: (id) => ({ name: id }),
};
