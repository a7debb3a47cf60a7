import type { Check } from "../core/problems.ts";

/**
 * Command lines of the AWS CLI, and a block of SSH configuration, that open sessions. Pure.
 *
 * Law: each line means the same in a POSIX shell, PowerShell and cmd. Arguments consist of characters that all three
 * leave alone within double quotes; anything else is refused, not escaped.
 */

/** What a Port document may leave open to the person who starts a session with it, in the order of a command line. */
export const PORT_PARAMETERS = ["host", "portNumber", "localPortNumber"] as const;

export type PortParameter = (typeof PORT_PARAMETERS)[number];

/** A session document as a command line names it. */
export interface CommandDocument {
  readonly name: string;
  /** Parameters that it takes. What the document fixes itself may not be given again. */
  readonly parameters: readonly PortParameter[];
}

export interface SessionTarget {
  readonly instanceId: string;
  readonly region: string;
}

/** AWS's own documents. Source: Systems Manager User Guide, "Start a session". */
export const AWS_DOCUMENTS = {
  port: { name: "AWS-StartPortForwardingSession", parameters: ["portNumber", "localPortNumber"] },
  remoteHost: {
    name: "AWS-StartPortForwardingSessionToRemoteHost",
    parameters: ["host", "portNumber", "localPortNumber"],
  },
  ssh: { name: "AWS-StartSSHSession", parameters: ["portNumber"] },
} as const satisfies Record<string, CommandDocument>;

/** A host name or an IP address: nothing that the CLI's shorthand would take for a second parameter. */
export const sessionHost: Check<string> = (value) =>
  /^[A-Za-z0-9:](?:[A-Za-z0-9._:-]*[A-Za-z0-9:])?$/.test(value) && value.length <= 253
    ? undefined
    : {
        expected: "a host name, an IPv4 or an IPv6 address",
        remedy: "give it without scheme, port or brackets",
      };

/** Not a hyphen with a dot or a colon behind it, where PowerShell ends the word (PowerShell issue 6291). */
const PLAIN = /^(?!-.*[.:])[\w.:/-]+$/;
const QUOTABLE = /^[\w.:/=,@+-]+$/;

/**
 * One argument of a command line.
 *
 * @throws Error where the value has a character that some shell would not leave alone.
 */
export function argument(value: string): string {
  if (PLAIN.test(value)) {
    return value;
  }
  if (QUOTABLE.test(value)) {
    return `"${value}"`;
  }
  throw new Error(
    `a part of a command line is \`${value}\`, expected only letters, digits and \`_.:/=,@+-\`; shells disagree on the rest`,
  );
}

function startSession(
  target: SessionTarget,
  document: CommandDocument | undefined,
  given: Partial<Record<PortParameter, string | number>>,
): string {
  const words = ["aws", "ssm", "start-session", "--target", target.instanceId, "--region", target.region];
  if (document !== undefined) {
    words.push("--document-name", document.name);
    // In the CLI's shorthand; a value with a comma in it, which would end there, is no host and no port.
    const parameters = PORT_PARAMETERS.flatMap((parameter) =>
      given[parameter] === undefined || !document.parameters.includes(parameter)
        ? []
        : [`${parameter}=${given[parameter]}`],
    );
    if (parameters.length > 0) {
      words.push("--parameters", parameters.join(","));
    }
  }
  return words.map(argument).join(" ");
}

/** A shell, with the given session document or, without one, the preferences of the account. */
export function connectCommand(target: SessionTarget, documentName: string | undefined): string {
  return startSession(
    target,
    documentName === undefined ? undefined : { name: documentName, parameters: [] },
    {},
  );
}

/** A port of the instance on a port of one's own machine. */
export function forwardCommand(
  target: SessionTarget,
  document: CommandDocument,
  remotePort: number,
  localPort: number,
): string {
  return startSession(target, document, { portNumber: remotePort, localPortNumber: localPort });
}

/** A port of a host that the instance reaches on a port of one's own machine. */
export function remoteForwardCommand(
  target: SessionTarget,
  document: CommandDocument,
  host: string,
  remotePort: number,
  localPort: number,
): string {
  const fault = sessionHost(host);
  if (fault !== undefined) {
    throw new Error(`the host of a tunnel is \`${host}\`, expected ${fault.expected}; ${fault.remedy}`);
  }
  return startSession(target, document, { host, portNumber: remotePort, localPortNumber: localPort });
}

/**
 * A block for `~/.ssh/config`. SSH itself replaces `%h` and `%p`, so the proxy command is written without quotes, which
 * Windows' SSH would pass on.
 */
export function sshConfigBlock(
  target: SessionTarget,
  document: CommandDocument,
  alias: string,
  user: string,
): string {
  const parameters = document.parameters.includes("portNumber") ? " --parameters portNumber=%p" : "";
  return [
    `Host ${argument(alias)}`,
    `  HostName ${argument(target.instanceId)}`,
    `  User ${argument(user)}`,
    `  ProxyCommand aws ssm start-session --target %h --region ${argument(target.region)} --document-name ${argument(document.name)}${parameters}`,
    "",
  ].join("\n");
}
