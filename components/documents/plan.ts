import type { Input } from "@pulumi/pulumi";
import { every, matching, notBlank, port, s3KeyPrefix, script, text, wholeNumber } from "../core/checks.ts";
import { type CommonPlan, type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { nameOf, namePrefix } from "../core/names.ts";
import type { Fault, Problems } from "../core/problems.ts";
import type { SessionPreferences } from "../core/session-preferences.ts";
import { shaped } from "../core/shaped.ts";
import type {
  CommandsDocumentArgs,
  PortDocumentArgs,
  RemotePortDocumentArgs,
  SessionDocumentArgs,
  ShellDocumentArgs,
  SshDocumentArgs,
} from "./args.ts";
import { planParameters } from "./command-parameters.ts";
import type {
  CommandsContent,
  DocumentContent,
  PortChoice,
  PortContent,
  RemotePortContent,
  ShellContent,
  SshContent,
} from "./content.ts";
import { planMenu } from "./menu.ts";
import { tunnelHost, tunnelHostPattern } from "./patterns.ts";

const KINDS = ["shell", "port", "remotePort", "ssh", "commands", "menu"] as const;

/** An account name of Linux or of a directory that it is joined to. */
const USER = /^[A-Za-z_][\w.@\\-]{0,255}$/;

/** As ARN of a key or an alias, as key id, or as alias. */
const KMS_KEY =
  /^(?:arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:(?:key\/(?:mrk-)?[0-9a-f-]+|alias\/[\w/-]+)|alias\/[\w/-]+|(?:mrk-)?[0-9a-f-]{32,36})$/;

const localPort = (value: number): Fault | undefined =>
  Number.isInteger(value) && value >= 0 && value <= 65_535
    ? undefined
    : { expected: "a port from 1 to 65535, or 0 for any free one", remedy: "choose one in that range" };

export interface SessionDocumentPlan extends CommonPlan {
  readonly documentName: string;
  /** A fixed host stands in `host`; here it is empty as long as it is not known. */
  readonly content: DocumentContent;
  readonly host: Input<string> | undefined;
  readonly preferences: SessionPreferences;
}

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planSessionDocument(
  name: string,
  unchecked: SessionDocumentArgs,
  deployment: Deployment,
): SessionDocumentPlan {
  const problems = problemsOf("SessionDocument", name);
  const args = shaped(problems, "SessionDocumentArgs", unchecked);
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

  const given = KINDS.filter((kind) => args[kind] !== undefined);
  if (given.length !== 1) {
    problems.add(given.join(", ") || KINDS.join(", "), given.length === 0 ? undefined : given.join(", "), {
      expected: "exactly one of `shell`, `port`, `remotePort`, `ssh`, `commands` and `menu`",
      remedy: given.length === 0 ? "say what the document is for" : "make a document of each",
    });
  }
  // Each that is given is planned, so that two of them do not hide each other's mistakes.
  const contents = [
    args.shell && planShell(problems, args.shell, args.description),
    args.port && planPort(problems, args.port, args.description),
    args.remotePort && planRemotePort(problems, args.remotePort, args.description),
    args.ssh && planSsh(problems, args.ssh, args.description),
    args.commands && planCommands(problems, args.commands, args.description),
    args.menu && planMenu(problems, args.menu, args.description),
  ];
  const logging = args.shell?.logging ?? args.commands?.logging ?? args.menu?.logging;
  const logged = (["shell", "commands", "menu"] as const).find((kind) => args[kind] !== undefined);
  const path = `${logged ?? "shell"}.logging`;
  const preferences = logging === undefined ? {} : planPreferences(problems, path, logging);
  const givenHost = args.remotePort?.host;
  const host = givenHost === undefined ? undefined : problems.input("remotePort.host", givenHost, tunnelHost);
  problems.throwIfAny();
  const content = contents.find((planned) => planned !== undefined);
  if (content === undefined) {
    throw new TypeError(`SessionDocument \`${name}\`: a plan without content and without a problem`);
  }
  return { ...common, documentName, content, host, preferences };
}

/** Checks where sessions are logged. `path` is the argument that says it. */
export function planPreferences(
  problems: Problems,
  path: string,
  given: SessionPreferences,
): SessionPreferences {
  if (given.s3BucketName === undefined && given.cloudWatchLogGroupName === undefined) {
    problems.add(path, given, {
      expected: "a log bucket, a log group, or both",
      remedy: "pass `preferences` of a SessionLogging component",
    });
  }
  const checked = <T extends string>(
    key: string,
    input: Input<T> | undefined,
    check: Parameters<typeof problems.input<T>>[2],
  ): Input<T> | undefined =>
    input === undefined ? undefined : problems.input(`${path}.${key}`, input, check);
  const bucket = checked("s3BucketName", given.s3BucketName, nameOf("bucket"));
  const group = checked("cloudWatchLogGroupName", given.cloudWatchLogGroupName, nameOf("logGroup"));
  const key = checked(
    "kmsKeyId",
    given.kmsKeyId,
    matching(KMS_KEY, "the ARN or id of a KMS key, or the ARN or name (`alias/…`) of an alias"),
  );
  problems.check(`${path}.s3KeyPrefix`, given.s3KeyPrefix, s3KeyPrefix);
  return {
    ...given,
    ...(bucket !== undefined && { s3BucketName: bucket }),
    ...(group !== undefined && { cloudWatchLogGroupName: group }),
    ...(key !== undefined && { kmsKeyId: key }),
  };
}

/** Checks and completes what a shell is like. `at` is put before the arguments' names. */
export function planShell(
  problems: Problems,
  args: ShellDocumentArgs,
  description?: string,
  at = "shell.",
): ShellContent {
  problems.check(`${at}idleTimeoutMinutes`, args.idleTimeoutMinutes, wholeNumber(1, 60, "minutes"));
  problems.check(`${at}maxDurationMinutes`, args.maxDurationMinutes, wholeNumber(1, 1440, "minutes"));
  const idleTimeoutMinutes = args.idleTimeoutMinutes ?? 20;
  problems.check(
    `${at}runAsDefaultUser`,
    args.runAsDefaultUser,
    every(
      (value) =>
        value === "root"
          ? { expected: "a user other than root, as whom no session can run", remedy: "name another user" }
          : undefined,
      matching(USER, "the name of a user of the operating system"),
    ),
  );
  problems.check(`${at}linuxProfile`, args.linuxProfile, script);
  problems.check(`${at}windowsProfile`, args.windowsProfile, script);
  if (args.runAs === false && args.runAsDefaultUser !== undefined) {
    problems.add(`${at}runAs`, false, {
      expected: "true, or no `runAsDefaultUser` beside it",
      remedy: "leave one of the two out",
    });
  }
  return {
    kind: "shell",
    description: description ?? "A logged and encrypted shell",
    idleTimeoutMinutes,
    maxDurationMinutes: args.maxDurationMinutes,
    runAs: args.runAs ?? args.runAsDefaultUser !== undefined,
    runAsDefaultUser: args.runAsDefaultUser,
    shellProfile: { linux: args.linuxProfile ?? "", windows: args.windowsProfile ?? "" },
  };
}

function checkPorts(problems: Problems, path: string, ports: readonly number[]): void {
  for (const [index, value] of ports.entries()) {
    problems.check(`${path}[${index}]`, value, port);
  }
  if (ports.length === 0 || new Set(ports).size < ports.length) {
    problems.add(path, ports, {
      expected: "at least one port, and none twice",
      remedy: "list each port once",
    });
  }
}

function planPortChoice(problems: Problems, path: string, args: PortDocumentArgs): PortChoice {
  problems.check(`${path}.port`, args.port, port);
  problems.check(`${path}.localPort`, args.localPort, localPort);
  if (args.ports !== undefined) {
    checkPorts(problems, `${path}.ports`, args.ports);
  }
  if ((args.port === undefined) === (args.ports === undefined)) {
    problems.add(`${path}.port`, args.port, {
      expected: `exactly one of \`${path}.port\` and \`${path}.ports\``,
      remedy: args.port === undefined ? "name the port" : "leave one of the two out",
    });
  }
  return args.port === undefined ? { choice: args.ports ?? [] } : { fixed: args.port };
}

function portText(choice: PortChoice): string {
  return "fixed" in choice ? String(choice.fixed) : choice.choice.join(" or ");
}

function planPort(problems: Problems, args: PortDocumentArgs, description?: string): PortContent {
  const choice = planPortChoice(problems, "port", args);
  return {
    kind: "port",
    description: description ?? `A tunnel to port ${portText(choice)} of an instance`,
    port: choice,
    localPort: args.localPort ?? 0,
  };
}

function planSsh(problems: Problems, args: SshDocumentArgs, description?: string): SshContent {
  const ports = args.ports ?? [22];
  checkPorts(problems, "ssh.ports", ports);
  return {
    kind: "ssh",
    description: description ?? `SSH to port ${ports.join(" or ")} of an instance`,
    ports,
  };
}

function planRemotePort(
  problems: Problems,
  args: RemotePortDocumentArgs,
  description?: string,
): RemotePortContent {
  const choice = planPortChoice(problems, "remotePort", args);
  problems.check("remotePort.hostPattern", args.hostPattern, tunnelHostPattern);
  if (
    (args.host === undefined) === (args.hostPattern === undefined) &&
    !problems.isRefused("remotePort.hostPattern")
  ) {
    problems.add("remotePort.host", args.host, {
      expected: "exactly one of `remotePort.host` and `remotePort.hostPattern`",
      remedy: args.host === undefined ? "name the host" : "leave one of the two out",
    });
  }
  const host = typeof args.host === "string" ? args.host : "";
  return {
    kind: "remotePort",
    description: description ?? `A tunnel to port ${portText(choice)} of ${host || "a host"}`,
    port: choice,
    localPort: args.localPort ?? 0,
    host: args.host === undefined ? { pattern: args.hostPattern ?? "" } : { fixed: host },
  };
}

function planCommands(problems: Problems, args: CommandsDocumentArgs, description?: string): CommandsContent {
  const commands = { linux: args.linux, windows: args.windows };
  problems.check("commands.linux", args.linux, every(notBlank, script));
  problems.check("commands.windows", args.windows, every(notBlank, script));
  if (args.linux === undefined && args.windows === undefined) {
    problems.add("commands.linux", undefined, {
      expected: "at least one of `commands.linux` and `commands.windows`",
      remedy: "say what is to be run",
    });
  }
  return {
    kind: "commands",
    description: description ?? "Commands and no shell",
    interactive: args.interactive ?? true,
    ...commands,
    runAsElevated: args.runAsElevated ?? false,
    parameters: planParameters(problems, commands, args.parameters ?? {}),
  };
}
