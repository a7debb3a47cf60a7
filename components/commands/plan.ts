import { every, matching, oneOf, text, wholeNumber } from "../core/checks.ts";
import { type CommonPlan, type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { nameOf, namePrefix } from "../core/names.ts";
import { type Check, Problems } from "../core/problems.ts";
import type { SessionPreferences } from "../core/session-preferences.ts";
import { shaped } from "../core/shaped.ts";
import { planParameters } from "../documents/command-parameters.ts";
import type { ParameterContent } from "../documents/content.ts";
import { planPreferences } from "../documents/plan.ts";
import type { CommandDocumentArgs, CommandStepArgs } from "./args.ts";
import { type CommandContent, commandContent, type StepPlan } from "./content.ts";
import { collectLogs, healthCheck, type Preset, restartService, withoutSudo } from "./presets.ts";
import { scheduleExpression } from "./schedule.ts";

const KINDS = ["steps", "healthCheck", "collectLogs", "restartService", "withoutSudo"] as const;

/** What AWS takes as a document. */
const DOCUMENT_BYTES = 65_536;

export interface CommandDocumentPlan extends CommonPlan {
  readonly documentName: string;
  readonly content: CommandContent;
  /** Parameters without a default: whoever runs the document must give them. */
  readonly required: readonly string[];
  readonly logging: SessionPreferences;
  readonly instanceTags: Readonly<Record<string, string>>;
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly deliveryTimeoutSeconds: number;
  readonly association:
    | { readonly scheduleExpression: string | undefined; readonly onlyAtSchedule: boolean }
    | undefined;
}

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planCommandDocument(
  name: string,
  unchecked: CommandDocumentArgs,
  deployment: Deployment,
): CommandDocumentPlan {
  const problems = problemsOf("CommandDocument", name);
  const args = shaped(problems, "CommandDocumentArgs", unchecked);
  const common = planCommon(problems, args, deployment);
  const documentName = args.documentName ?? `${common.namePrefix}-${name}`;
  // A prefix that is wrong is reported already, and not again in every name that starts with it.
  if (args.documentName !== undefined || namePrefix(common.namePrefix) === undefined) {
    problems.check(
      args.documentName === undefined ? "name" : "documentName",
      documentName,
      nameOf("document"),
    );
  }
  problems.check("description", args.description, text(512));
  const preset = planKind(problems, args);
  const parameters = planOwnParameters(problems, args, preset.steps);
  const content = commandContent(args.description ?? preset.description, parameters, preset.steps);
  const bytes = Buffer.byteLength(JSON.stringify(content));
  if (bytes > DOCUMENT_BYTES) {
    problems.add("steps", `${bytes} bytes`, {
      expected: `a document of at most ${DOCUMENT_BYTES} bytes`,
      remedy: "keep scripts in a bucket or an image, and let the steps fetch them",
    });
  }
  problems.check("maxConcurrency", args.maxConcurrency, amount(1));
  problems.check("maxErrors", args.maxErrors, amount(0));
  problems.check(
    "deliveryTimeoutSeconds",
    args.deliveryTimeoutSeconds,
    wholeNumber(30, 2_592_000, "seconds"),
  );
  checkTags(problems, args.instanceTags);
  const required = Object.entries(parameters).flatMap(([key, value]) =>
    value.default === undefined ? [key] : [],
  );
  const plan: CommandDocumentPlan = {
    ...common,
    documentName,
    content,
    required,
    logging: planPreferences(problems, "logging", args.logging),
    instanceTags: args.instanceTags,
    maxConcurrency: args.maxConcurrency ?? (args.restartService === undefined ? "10%" : "1"),
    maxErrors: args.maxErrors ?? "0",
    deliveryTimeoutSeconds: args.deliveryTimeoutSeconds ?? 600,
    association: planAssociation(problems, args, required),
  };
  problems.throwIfAny();
  return plan;
}

function planKind(problems: Problems, args: CommandDocumentArgs): Preset {
  const given = KINDS.filter((kind) => args[kind] !== undefined);
  if (given.length !== 1) {
    problems.add(given.join(", ") || KINDS.join(", "), given.length === 0 ? undefined : given.join(", "), {
      expected: `exactly one of ${KINDS.map((kind) => `\`${kind}\``).join(", ")}`,
      remedy: given.length === 0 ? "say what is to be run" : "make a document of each",
    });
  }
  // Each that is given is planned, so that two of them do not hide each other's mistakes.
  const presets = [
    args.steps && { description: "Commands for a fleet", steps: planSteps(problems, args.steps) },
    args.healthCheck && healthCheck(problems, args.healthCheck),
    args.collectLogs && collectLogs(problems, args.collectLogs, args.logging.s3BucketName !== undefined),
    args.restartService && restartService(problems, args.restartService),
    args.withoutSudo && withoutSudo(args.withoutSudo),
  ];
  return presets.find((preset) => preset !== undefined) ?? { description: "", steps: [] };
}

const stepName = matching(/^\w{1,64}$/, "1 to 64 letters, digits and `_`", "rename the step");

function planSteps(problems: Problems, steps: readonly CommandStepArgs[]): readonly StepPlan[] {
  if (steps.length === 0) {
    problems.add("steps", [], { expected: "at least one step", remedy: "say what is to be run" });
  }
  const names = new Set<string>();
  return steps.map((step, index) => {
    const path = `steps[${index}]`;
    problems.check(`${path}.name`, step.name, stepName);
    if (names.has(step.name)) {
      problems.add(`${path}.name`, step.name, {
        expected: "a name that no other step has",
        remedy: "rename one of them",
      });
    }
    names.add(step.name);
    problems.check(`${path}.platform`, step.platform, oneOf(["Linux", "MacOS", "Windows"] as const));
    problems.check(`${path}.timeoutSeconds`, step.timeoutSeconds, wholeNumber(5, 172_800, "seconds"));
    problems.check(`${path}.workingDirectory`, step.workingDirectory, text(4096));
    problems.check(`${path}.onFailure`, step.onFailure, oneOf(["continue", "exit"] as const));
    if (step.commands.every((line) => line.trim() === "")) {
      problems.add(`${path}.commands`, step.commands, {
        expected: "at least one command",
        remedy: "say what is to be run",
      });
    }
    return {
      name: step.name,
      platform: step.platform ?? "Linux",
      commands: step.commands,
      timeoutSeconds: step.timeoutSeconds ?? 600,
      workingDirectory: step.workingDirectory,
      exitsOnFailure: step.onFailure !== "continue",
    };
  });
}

/** The parameters of one's own steps; presets take none. */
function planOwnParameters(
  problems: Problems,
  args: CommandDocumentArgs,
  steps: readonly StepPlan[],
): Readonly<Record<string, ParameterContent>> {
  if (args.steps === undefined) {
    if (args.parameters !== undefined) {
      problems.add("parameters", Object.keys(args.parameters), {
        expected: "none without `steps`, which use them",
        remedy: "leave them out",
      });
    }
    return {};
  }
  if (problems.isRefused("parameters")) {
    return {};
  }
  // Steps without a command are told of already.
  const scriptOf = (windows: boolean): string | undefined =>
    steps
      .filter(({ platform }) => (platform === "Windows") === windows)
      .flatMap(({ commands, workingDirectory = "" }) => [...commands, workingDirectory])
      .join("\n")
      .trim() || undefined;
  const planned = problems.part(
    () => {
      const own = new Problems("");
      const parameters = planParameters(
        own,
        { linux: scriptOf(false), windows: scriptOf(true) },
        args.parameters ?? {},
      );
      own.throwIfAny();
      return parameters;
    },
    (path) => (path.startsWith("commands.parameters") ? path.slice("commands.".length) : "steps"),
  );
  return planned ?? {};
}

/** A number, or a share of the machines. Source: Systems Manager API Reference, SendCommand. */
function amount(least: number): Check<string> {
  return every(matching(/^(?:\d{1,6}|\d{1,2}%|100%)$/, "a number, or a share from `1%` to `100%`"), (value) =>
    Number.parseInt(value, 10) >= (value.endsWith("%") ? Math.max(least, 0) : least)
      ? undefined
      : { expected: `at least ${least}`, remedy: "choose a larger one" },
  );
}

const TARGETS = 5;

/** In the ready command no shell may take any of it for something else. */
const tagText: Check<string> = matching(
  /^[\w.:/=@+-]{1,128}$/,
  "1 to 128 letters, digits and `_.:/=@+-`, which stand in a command line as they are",
  "choose another tag of the machines",
);

function checkTags(problems: Problems, tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags);
  if (entries.length < 1 || entries.length > TARGETS) {
    problems.add("instanceTags", entries.length === 0 ? undefined : `${entries.length} tags`, {
      expected: `1 to ${TARGETS} tags that machines must carry`,
      remedy: "name tags of the machines that the document is for",
    });
  }
  for (const [key, value] of entries) {
    problems.check(`instanceTags[${JSON.stringify(key)}]`, key, tagText);
    problems.check(`instanceTags[${JSON.stringify(key)}]`, value, tagText);
  }
}

function planAssociation(
  problems: Problems,
  args: CommandDocumentArgs,
  required: readonly string[],
): CommandDocumentPlan["association"] {
  const { association } = args;
  if (association === undefined) {
    return undefined;
  }
  problems.check("association.scheduleExpression", association.scheduleExpression, scheduleExpression);
  if (association.onlyAtSchedule === true && !(association.scheduleExpression ?? "").startsWith("cron(")) {
    problems.add("association.onlyAtSchedule", true, {
      expected: "a `cron(…)` schedule beside it: AWS takes it with nothing else",
      remedy: "give one, or leave `onlyAtSchedule` out",
    });
  }
  if (required.length > 0) {
    problems.add("association", required.join(", "), {
      expected: "a default for every parameter, as nobody is there to set them",
      remedy: "give the parameters defaults",
    });
  }
  if (args.logging.s3BucketName === undefined) {
    problems.add("association", association, {
      expected: "a log bucket in `logging`: associations write their output nowhere else",
      remedy: "pass `preferences` of a SessionLogging component with `s3`",
    });
  }
  return {
    scheduleExpression: association.scheduleExpression,
    onlyAtSchedule: association.onlyAtSchedule ?? false,
  };
}
