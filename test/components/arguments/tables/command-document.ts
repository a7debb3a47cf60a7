import { CommandDocument, planCommandDocument } from "@bastionless/components";
import { type BadInput, row, told, within } from "../bad-input.ts";
import { COMMON, DOCUMENT_NAME, LOGGING, PREFERENCES, TEXT_512 } from "./common.ts";
import { PARAMETER_NAMES, parameterRows } from "./session-document.ts";

const STEP = { name: "run", commands: ["run {{ x }}"] };
const PARAMETERS = { x: { allowedPattern: "^a$", default: "a" } };
const WITH_PARAMETERS = { steps: [STEP], parameters: PARAMETERS };
const kind = (name: string, args: object): object => ({ steps: undefined, [name]: args });
const COLLECT = kind("collectLogs", { paths: ["/var/log/messages"] });
const RESTART = kind("restartService", { service: "nginx" });
const tags = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const service = (beside: object): ReturnType<typeof row> =>
  row(
    ["nginx", "getty@tty1.service", "s".repeat(255)],
    ["", "-x", "a b", "a;b", "$(id)", "s".repeat(256)],
    beside,
  );
const SCHEDULED = { association: { scheduleExpression: "cron(0 2 ? * SUN *)" } };

export const COMMAND_DOCUMENT: BadInput = {
  component: "CommandDocument",
  right: { steps: [{ name: "run", commands: ["uptime"] }], logging: LOGGING, instanceTags: { Team: "web" } },
  plan: planCommandDocument,
  construct: CommandDocument,
  contexts: { withoutSudo: { steps: undefined } },
  names: { takes: ["n", "n".repeat(119)], refuses: ["", "n".repeat(120), "a b", "a/b", "ä"] },
  rows: {
    ...COMMON,
    ...within("logging", PREFERENCES),
    documentName: DOCUMENT_NAME,
    description: TEXT_512,
    steps: row(
      [
        [
          { name: "a", commands: ["x"] },
          { name: "b", commands: ["x"] },
        ],
      ],
      [
        [],
        told(
          [
            { name: "a", commands: ["x"] },
            { name: "a", commands: ["x"] },
          ],
          "steps[1].name",
        ),
        [{ name: "a", commands: ["x".repeat(65_536)] }],
      ],
    ),
    "steps[].name": row(["s", "s_1", "s".repeat(64)], ["", "a b", "a-b", "s".repeat(65)]),
    "steps[].platform": row(["Linux", "MacOS", "Windows"], ["", "linux", "BSD"]),
    "steps[].commands": row([["x"], ["", "x"]], [[], [""], [" ", "\t"]]),
    "steps[].timeoutSeconds": row([5, 172_800], [0, 4, 172_801, 5.5]),
    "steps[].workingDirectory": row(["/", "d".repeat(4096)], ["", "d".repeat(4097)]),
    "steps[].onFailure": row(["continue", "exit"], ["", "stop"]),
    "healthCheck.services": row(
      [[], ["nginx"]],
      [told(["a b"], "healthCheck.services[0]")],
      kind("healthCheck", {}),
    ),
    "healthCheck.services[]": service(kind("healthCheck", {})),
    "healthCheck.maxDiskPercent": row([1, 100], [0, 101, 1.5], kind("healthCheck", {})),
    "collectLogs.paths": row([[], ["/a"]], [told(["a"], "collectLogs.paths[0]")], COLLECT),
    "collectLogs.paths[]": row(
      ["/var/log/a.log", "/a-b_c.d@e:f+g"],
      ["", "var/log", "/a b", "/a;b", "/$(id)", `/${"a".repeat(1024)}`, "/a/../b"],
      COLLECT,
    ),
    "collectLogs.lines": row([1, 100_000], [0, 100_001, 1.5], COLLECT),
    "restartService.service": service(RESTART),
    "restartService.settleSeconds": row([1, 3600], [0, 3601, 1.5], RESTART),
    parameters: row(
      [PARAMETERS],
      PARAMETER_NAMES.map((name) =>
        told(
          { ...PARAMETERS, [name]: { allowedPattern: "^a$" } },
          `parameters.${name}`,
          `parameters.${name}`,
        ),
      ),
      WITH_PARAMETERS,
    ),
    ...parameterRows((parameters) => ({ steps: [STEP], parameters }), "parameters"),
    instanceTags: row(
      [tags(1), tags(5), { ["k".repeat(128)]: "v" }, { "a_.:/=@+-": "v" }],
      [
        told({}, "instanceTags"),
        told(tags(6), "instanceTags"),
        ...["", "k".repeat(129), "a b", "a;b", "$(id)"].map((key) =>
          told({ [key]: "v" }, `instanceTags[${JSON.stringify(key)}]`),
        ),
      ],
    ),
    "instanceTags.*": row(["v", "v".repeat(128)], ["", "v".repeat(129), "a b", "a,b", "$(id)", "a*"]),
    maxConcurrency: row(["1", "999999", "1%", "100%"], ["", "0", "0%", "101%", "1.5", "-1", "ten"]),
    maxErrors: row(["0", "999999", "0%", "100%"], ["", "101%", "1.5", "-1", "ten"]),
    deliveryTimeoutSeconds: row([30, 2_592_000], [0, 29, 2_592_001, 30.5]),
    "association.scheduleExpression": row(
      ["rate(30 minutes)", "rate(1 day)", "cron(0 2 ? * SUN *)", "cron(0 0 2 ? * SUN *)"],
      [
        "",
        "daily",
        "rate(29 minutes)",
        "rate(1 week)",
        "cron(0 2 * * SUN)",
        "cron(0 2 * * SUN *)",
        "cron(0 2 ? * ? *)",
      ],
      SCHEDULED,
    ),
  },
  unlimited: {
    "steps[].commands[]": "checked as a list, and as a whole by the size of the document",
    "parameters.*.allowedValues[]":
      "they are written into a pattern, letter by letter; what a shell takes specially is whoever lists it to know",
  },
  conflicts: [
    ["no kind", { steps: undefined }, ["steps, healthCheck, collectLogs, restartService, withoutSudo"]],
    ...Object.entries({
      healthCheck: {},
      collectLogs: { paths: ["/a"] },
      restartService: { service: "a" },
      withoutSudo: {},
    }).map(([other, args]): BadInput["conflicts"][number] => [
      `steps and ${other}`,
      { [other]: args },
      [`steps, ${other}`],
    ]),
    ["parameters without steps", { ...kind("healthCheck", {}), parameters: {} }, ["parameters"]],
    [
      "collectLogs without a bucket",
      { ...COLLECT, logging: { cloudWatchLogGroupName: "/a" } },
      ["collectLogs"],
    ],
    [
      "an association without a bucket",
      { ...SCHEDULED, logging: { cloudWatchLogGroupName: "/a" } },
      ["association"],
    ],
    [
      "an association with a parameter to be given",
      { ...SCHEDULED, steps: [STEP], parameters: { x: { allowedPattern: "^a$" } } },
      ["association"],
    ],
    [
      "onlyAtSchedule without a schedule",
      { association: { onlyAtSchedule: true } },
      ["association.onlyAtSchedule"],
    ],
    [
      "onlyAtSchedule with a rate",
      { association: { onlyAtSchedule: true, scheduleExpression: "rate(1 day)" } },
      ["association.onlyAtSchedule"],
    ],
    ["logging to nowhere", { logging: {} }, ["logging"]],
    ["a placeholder that nobody declared", { steps: [STEP] }, ["steps"]],
    [
      "a document of more than 64 KB",
      { steps: Array.from({ length: 600 }, (_, index) => ({ name: `s${index}`, commands: ["x"] })) },
      ["steps"],
    ],
    ["nothing to collect", kind("collectLogs", { paths: [], journal: false }), ["collectLogs.paths"]],
  ],
};
