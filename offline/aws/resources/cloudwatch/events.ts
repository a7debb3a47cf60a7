import { isWireMap } from "../../../protocol/wire.ts";
import type { Wire } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import { arn, json, length, matching, oneOf } from "../../rules/formats.ts";
import { atLeastOne, exclusive, format } from "../../rules/rule.ts";
import type { Format } from "../../rules/rule.ts";
import { asText, parseJson } from "../../values.ts";
import { always, prefixed } from "../common.ts";

const RULE_NAME = /^[.\-_A-Za-z0-9]{1,64}$/u;

/** What EventBridge compares with, beside plain values. Source: EventBridge User Guide, "comparison operators". */
const OPERATORS = new Set([
  "anything-but",
  "cidr",
  "equals-ignore-case",
  "exists",
  "numeric",
  "prefix",
  "suffix",
  "wildcard",
]);

/** Why EventBridge refuses a part of a pattern: fields hold objects, or lists of what they may be. */
function patternProblem(pattern: Wire, path: string): string | undefined {
  if (!isWireMap(pattern)) {
    return `\`${path}\` is neither an object nor a list of values`;
  }
  if (Object.keys(pattern).length === 0) {
    return path === "" ? "it is empty" : `\`${path}\` is empty`;
  }
  for (const [name, part] of Object.entries(pattern)) {
    const at = path === "" ? name : `${path}.${name}`;
    if (name === "$or" && Array.isArray(part)) {
      const problem =
        part.length < 2
          ? `\`${at}\` needs two or more patterns`
          : part.map((one: Wire) => patternProblem(one, at)).find((text) => text !== undefined);
      if (problem !== undefined) {
        return problem;
      }
    } else if (Array.isArray(part)) {
      const problem = part.length === 0 ? `\`${at}\` is an empty list` : leavesProblem(part, at);
      if (problem !== undefined) {
        return problem;
      }
    } else {
      const problem = patternProblem(part, at);
      if (problem !== undefined) {
        return problem;
      }
    }
  }
  return undefined;
}

function leavesProblem(leaves: readonly Wire[], path: string): string | undefined {
  for (const leaf of leaves) {
    if (Array.isArray(leaf)) {
      return `\`${path}\` has a list in its list`;
    }
    if (isWireMap(leaf)) {
      const operators = Object.keys(leaf);
      const unknown = operators.find((operator) => !OPERATORS.has(operator));
      if (operators.length !== 1 || unknown !== undefined) {
        return `\`${path}\` compares with \`${unknown ?? operators.join(", ")}\`, expected one of ${[...OPERATORS].join(", ")}`;
      }
    }
  }
  return undefined;
}

const eventPattern: Format = (value) => {
  const text = asText(value);
  const parsed = parseJson(text);
  if (parsed === undefined) {
    return "is not JSON: correct its syntax";
  }
  const problem = patternProblem(parsed, "");
  return problem === undefined ? undefined : `is refused: ${problem}`;
};

/** Source: EventBridge API Reference, PutRule. */
export const eventRule: Model = {
  type: "aws:cloudwatch/eventRule:EventRule",
  id: (reading) => {
    const name = reading.text("name", prefixed("namePrefix")(reading));
    const bus = reading.text("eventBusName", "default");
    return bus === "default" ? name : `${bus}/${name}`;
  },
  autoName: { property: "name", unless: ["namePrefix"], maxLength: 64 },
  defaults: { eventBusName: "default", forceDestroy: false },
  rules: [
    format("name", matching(RULE_NAME, "1 to 64 letters, digits and . - _")),
    format("description", length(0, 512)),
    format("eventPattern", eventPattern, length(0, 4096)),
    format(
      "scheduleExpression",
      length(0, 256),
      matching(/^(?:cron|rate)\(.+\)$|^$/u, "`cron(…)` or `rate(…)`"),
    ),
    format("roleArn", arn("iam")),
    format("state", oneOf("DISABLED", "ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")),
    atLeastOne(["eventPattern", "scheduleExpression"]),
    exclusive(["name", "namePrefix"]),
    exclusive(["isEnabled", "state"]),
  ],
  unique: ["name"],
  replaces: ["eventBusName", "name", "namePrefix"],
  comparisons: { eventPattern: "json" },
  computed: {
    arn: (reading) => reading.arn("events", `rule/${reading.id}`),
    name: (reading) => reading.id.slice(reading.id.indexOf("/") + 1),
    namePrefix: always(""),
  },
};

/** Source: EventBridge API Reference, PutTargets. */
export const eventTarget: Model = {
  type: "aws:cloudwatch/eventTarget:EventTarget",
  id: (reading) => `${reading.text("rule")}-${reading.text("targetId", reading.hex("target", 26))}`,
  defaults: { eventBusName: "default", forceDestroy: false },
  rules: [
    format("arn", arn()),
    format("rule", matching(RULE_NAME, "the name of a rule: 1 to 64 letters, digits and . - _")),
    format("targetId", matching(/^[.\-_A-Za-z0-9]{1,64}$/u, "1 to 64 letters, digits and . - _")),
    format("input", json, length(0, 8192)),
    format("inputPath", length(0, 256)),
    format("inputTransformer.inputTemplate", length(1, 8192)),
    format("inputTransformer.inputPaths", (value) => {
      const names = isWireMap(value) ? Object.keys(value) : [];
      const reserved = names.find((name) => /^AWS/iu.test(name) || !/^[A-Za-z0-9_-]{1,256}$/u.test(name));
      return names.length > 100
        ? `has ${names.length} paths: expected at most 100`
        : reserved === undefined
          ? undefined
          : `has \`${reserved}\`: expected letters, digits and _ -, not starting with \`AWS\``;
    }),
    format("inputTransformer.inputPaths[]", matching(/^\$/u, "a JSON path, as `$.detail`")),
    format("roleArn", arn("iam")),
    exclusive(["input", "inputPath", "inputTransformer"]),
  ],
  replaces: ["eventBusName", "rule", "targetId"],
  computed: { targetId: (reading) => reading.id.slice(reading.text("rule").length + 1) },
};
