import { isWireMap } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import type { Format } from "../../rules/rule.ts";
import { arn, length, matching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { format, together } from "../../rules/rule.ts";
import { schedule } from "../../rules/schedule.ts";
import { asText } from "../../values.ts";
import { always } from "../common.ts";

const NAME = matching(/^[a-zA-Z0-9_\-.]{3,128}$/u, "3 to 128 letters, digits and _ - .");
const WINDOW = matching(/^mw-[0-9a-f]{17}$/u, "the id of a maintenance window");
const RATE = matching(/^(?:[1-9][0-9]*|[1-9][0-9]?%|100%)$/u, "a number or a percentage");

const zone: Format = (value) =>
  Intl.supportedValuesOf("timeZone").includes(asText(value)) || /^(?:Etc\/)?UTC$/u.test(asText(value))
    ? undefined
    : "is refused: expected a time zone of the IANA database, such as Europe/Berlin";

function atMost(count: number): Format {
  return (value) =>
    Array.isArray(value) && value.length > count
      ? `has ${value.length} entries: expected at most ${count}`
      : undefined;
}

/** Source: Systems Manager API Reference, CreateMaintenanceWindow. */
export const maintenanceWindow: Model = {
  type: "aws:ssm/maintenanceWindow:MaintenanceWindow",
  id: (reading) => `mw-0${reading.hex("window", 16)}`,
  autoName: { property: "name", maxLength: 128 },
  defaults: { allowUnassociatedTargets: false, enabled: true },
  rules: [
    format("name", NAME),
    format("description", length(1, 128)),
    format("schedule", schedule(1)),
    format("scheduleTimezone", zone),
    format("scheduleOffset", wholeNumber(1, 6)),
    format("duration", wholeNumber(1, 24)),
    format("cutoff", wholeNumber(0, 23)),
    together(["cutoff", "duration"], ([cutoff, duration]) =>
      Number(asText(cutoff ?? 0)) < Number(asText(duration ?? 24))
        ? undefined
        : { property: "cutoff", reason: "is refused: expected fewer hours than the duration" },
    ),
  ],
  replaces: [],
};

/** Source: Systems Manager API Reference, RegisterTargetWithMaintenanceWindow. */
export const maintenanceWindowTarget: Model = {
  type: "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
  id: (reading) => reading.uuid("target"),
  autoName: { property: "name", maxLength: 128 },
  rules: [
    format("windowId", WINDOW),
    format("name", NAME),
    format("description", length(1, 128)),
    format("ownerInformation", length(1, 128)),
    format("resourceType", oneOf("INSTANCE", "RESOURCE_GROUP")),
    format("targets", atMost(5)),
    format(
      "targets[].key",
      matching(
        /^(?:InstanceIds|resource-groups:(?:Name|ResourceTypeFilters)|tag-key|tag:[\p{L}\p{Z}\p{N}_.:/=\-@]*)$/u,
        "a key such as tag:Environment",
      ),
    ),
    format("targets[].values", atMost(50)),
  ],
  replaces: ["resourceType", "windowId"],
};

/** Source: Systems Manager API Reference, RegisterTaskWithMaintenanceWindow. */
export const maintenanceWindowTask: Model = {
  type: "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
  id: (reading) => reading.uuid("task"),
  autoName: { property: "name", maxLength: 128 },
  rules: [
    format("windowId", WINDOW),
    format("name", NAME),
    format("description", length(1, 128)),
    format("taskType", oneOf("AUTOMATION", "LAMBDA", "RUN_COMMAND", "STEP_FUNCTIONS")),
    format("priority", wholeNumber(0, 1_000_000)),
    format("maxConcurrency", RATE),
    format("maxErrors", matching(/^(?:0|[1-9][0-9]*|[1-9]?[0-9]%|100%)$/u, "a number or a percentage")),
    format("cutoffBehavior", oneOf("CANCEL_TASK", "CONTINUE_TASK")),
    format("serviceRoleArn", arn("iam")),
    format("targets", atMost(5)),
    format("targets[].key", oneOf("InstanceIds", "WindowTargetIds")),
    // With targets, a command needs both rates: without them, the API answers with a validation error.
    together(["targets", "taskType", "maxConcurrency", "maxErrors"], ([targets, , concurrency, errors]) =>
      Array.isArray(targets) && targets.length > 0 && (concurrency === undefined || errors === undefined)
        ? {
            property: concurrency === undefined ? "maxConcurrency" : "maxErrors",
            reason: "is required of a task with targets: set it",
          }
        : undefined,
    ),
    together(["taskType", "taskInvocationParameters"], ([type, parameters]) => {
      const expected = {
        AUTOMATION: "automationParameters",
        LAMBDA: "lambdaParameters",
        RUN_COMMAND: "runCommandParameters",
        STEP_FUNCTIONS: "stepFunctionsParameters",
      }[asText(type ?? "")];
      const others = isWireMap(parameters) ? Object.keys(parameters).filter((key) => key !== expected) : [];
      return others.length === 0
        ? undefined
        : {
            property: "taskInvocationParameters",
            reason: `has ${others.join(", ")}, which its type does not take`,
          };
    }),
    format("taskInvocationParameters.runCommandParameters.timeoutSeconds", wholeNumber(30, 2_592_000)),
    format("taskInvocationParameters.runCommandParameters.comment", length(0, 100)),
  ],
  replaces: ["taskType", "windowId"],
  computed: {
    arn: (reading) => reading.arn("ssm", `windowtask/${reading.id}`),
    maxConcurrency: always("1"),
    maxErrors: always("1"),
    serviceRoleArn: (reading) =>
      reading.arn("iam", "role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM", {
        region: true,
      }),
    windowTaskId: (reading) => reading.id,
  },
};
