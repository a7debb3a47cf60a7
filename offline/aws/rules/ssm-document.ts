import type { CheckFailure } from "../../protocol/provider.ts";
import { isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { asText, parseJson } from "../values.ts";
import { parseYaml } from "../yaml.ts";
import { known } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** The schema versions that a document type takes. Source: Systems Manager User Guide, "document schemas". */
const VERSIONS: { readonly [type: string]: readonly string[] } = {
  Automation: ["0.3"],
  Command: ["1.2", "2.0", "2.2"],
  Policy: ["2.0"],
  Session: ["1.0"],
};

const SESSION_TYPES = ["InteractiveCommands", "NonInteractiveCommands", "Port", "Standard_Stream"];
const SESSION_BOOLEANS = [
  "cloudWatchEncryptionEnabled",
  "cloudWatchStreamingEnabled",
  "runAsEnabled",
  "s3EncryptionEnabled",
];
const SESSION_TEXTS = [
  "cloudWatchLogGroupName",
  "idleSessionTimeout",
  "kmsKeyId",
  "maxSessionDuration",
  "runAsDefaultUser",
  "s3BucketName",
  "s3KeyPrefix",
];

/** Documents hold at most 64 KB. */
const MOST_BYTES = 65_536;

function read(content: string, format: string): Wire | undefined {
  if (format === "YAML") {
    return parseYaml(content);
  }
  return parseJson(content);
}

function minutes(inputs: WireMap, name: string, most: number): string | undefined {
  const value = inputs[name];
  if (typeof value !== "string" || value === "" || value.includes("{{")) {
    return undefined;
  }
  const count = Number(value);
  return /^\d+$/u.test(value) && count >= 1 && count <= most
    ? undefined
    : `\`inputs.${name}\` is \`${value}\`: expected minutes from "1" to "${most}"`;
}

function sessionInputs(inputs: WireMap): string | undefined {
  for (const name of SESSION_BOOLEANS) {
    const value = inputs[name];
    // A parameter such as "{{ encrypted }}" stands for a boolean.
    if (
      value !== undefined &&
      typeof value !== "boolean" &&
      !(typeof value === "string" && value.includes("{{"))
    ) {
      return `\`inputs.${name}\` is no boolean: write true or false without quotes`;
    }
  }
  for (const name of SESSION_TEXTS) {
    if (inputs[name] !== undefined && typeof inputs[name] !== "string") {
      return `\`inputs.${name}\` is no text: write it in quotes`;
    }
  }
  return minutes(inputs, "idleSessionTimeout", 60) ?? minutes(inputs, "maxSessionDuration", 1440);
}

/** Source: Systems Manager User Guide, "Session document schema". */
function sessionProblem(document: WireMap): string | undefined {
  const { sessionType, inputs, properties } = document;
  if (typeof sessionType !== "string" || !SESSION_TYPES.includes(sessionType)) {
    return `\`sessionType\` is ${JSON.stringify(sessionType)}: expected one of ${SESSION_TYPES.join(", ")}`;
  }
  if (sessionType === "Standard_Stream" && !isWireMap(inputs)) {
    return "a `Standard_Stream` document needs `inputs`: add them";
  }
  if (sessionType !== "Standard_Stream" && !isWireMap(properties)) {
    return `a \`${sessionType}\` document needs \`properties\`: add them`;
  }
  return isWireMap(inputs) ? sessionInputs(inputs) : undefined;
}

const PARAMETER_TYPES = ["Boolean", "Integer", "MapList", "String", "StringList", "StringMap"];

/** Source: Systems Manager User Guide, "Schemas, features, and examples" (schema version 2.0 or later). */
function commandProblem(document: WireMap): string | undefined {
  const { mainSteps, parameters } = document;
  if (!Array.isArray(mainSteps) || mainSteps.length === 0) {
    return "a `Command` document needs `mainSteps` with at least one step: add them";
  }
  const names = new Set<string>();
  for (const step of mainSteps.map((given: Wire) => given)) {
    if (!isWireMap(step)) {
      return "a step is no object: correct it";
    }
    const { action, inputs, name } = step;
    if (typeof name !== "string" || !/^\w+$/u.test(name)) {
      return `the step \`${asText(name ?? "")}\` has no name of letters, digits and _: correct it`;
    }
    if (names.has(name)) {
      return `two steps are called \`${name}\`: rename one of them`;
    }
    names.add(name);
    if (typeof action !== "string" || !/^aws:\w+$/u.test(action)) {
      return `the step \`${name}\` has the action ${JSON.stringify(action ?? null)}: expected one such as aws:runShellScript`;
    }
    if (action.endsWith("Script") && !(isWireMap(inputs) && Array.isArray(inputs["runCommand"]))) {
      return `the step \`${name}\` needs \`inputs.runCommand\`, a list of lines: add it`;
    }
  }
  for (const [name, parameter] of Object.entries(isWireMap(parameters) ? parameters : {})) {
    const type = isWireMap(parameter) ? parameter["type"] : undefined;
    if (typeof type !== "string" || !PARAMETER_TYPES.includes(type)) {
      return `the parameter \`${name}\` is of the type ${JSON.stringify(type ?? null)}: expected one of ${PARAMETER_TYPES.join(", ")}`;
    }
  }
  return undefined;
}

function problem(content: string, format: string, type: string): string | undefined {
  if (Buffer.byteLength(content) > MOST_BYTES) {
    return `the document is longer than ${MOST_BYTES} bytes: shorten it`;
  }
  let document: Wire | undefined;
  try {
    document = read(content, format);
  } catch (error) {
    return `the document is not ${format}: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`;
  }
  if (!isWireMap(document)) {
    return `the document is not ${format}: expected an object in the format that \`documentFormat\` names`;
  }
  const versions = VERSIONS[type];
  const version = document["schemaVersion"];
  if (versions !== undefined && !versions.includes(typeof version === "string" ? version : "")) {
    return `\`schemaVersion\` is ${JSON.stringify(version)}: a \`${type}\` document takes "${versions.join('" or "')}"`;
  }
  if (type === "Command" && version !== "1.2") {
    return commandProblem(document);
  }
  return type === "Session" ? sessionProblem(document) : undefined;
}

/** Refuses a document whose content does not fit its type and format. */
export const documentContent: Rule = ({ inputs }): readonly CheckFailure[] => {
  const [content] = known(inputs, "content");
  const [format] = known(inputs, "documentFormat");
  const [type] = known(inputs, "documentType");
  if (content === undefined || format === undefined || type === undefined || format.value === "TEXT") {
    return [];
  }
  const reason = problem(asText(content.value), asText(format.value), asText(type.value));
  return reason === undefined
    ? []
    : [{ property: "content", reason: content.secret ? "the secret document is refused: check it" : reason }];
};
