import type { Input } from "@pulumi/pulumi";
import type { DocumentArgs } from "@pulumi/aws/ssm/document.js";
import type { CommonArgs } from "../core/common.ts";
import type { SessionPreferences } from "../core/session-preferences.ts";
import type { Transform } from "../core/transform.ts";

/** A shell on an instance: what an environment's `Standard_Stream` sessions are like. */
export interface ShellDocumentArgs {
  /** Where sessions are logged and what encrypts them: `SessionLogging.preferences`. At least one log is required. */
  readonly logging: SessionPreferences;
  /**
   * Minutes without input after which a session ends, 1 to 60.
   * @default 20
   */
  readonly idleTimeoutMinutes?: number;
  /**
   * Minutes after which a session ends in any case, 1 to 1440.
   * @default none
   */
  readonly maxDurationMinutes?: number;
  /**
   * Start sessions on Linux and macOS as the user named by the tag `SSMSessionRunAs` on the caller's IAM user or role,
   * or else as `runAsDefaultUser`. Without either, sessions do not start.
   * @default whether `runAsDefaultUser` is given
   */
  readonly runAs?: boolean;
  /**
   * The operating system's user of sessions where no tag names one. It must exist; `root` is not possible.
   * @default none: `ssm-user`
   */
  readonly runAsDefaultUser?: string;
  /**
   * Commands that run at the start of a session on Linux and macOS: up to 20,000 bytes. Needs agent 3.0.161.0.
   * @default none
   */
  readonly linuxProfile?: string;
  /**
   * Commands that run at the start of a session on Windows: up to 20,000 bytes.
   * @default none
   */
  readonly windowsProfile?: string;
}

/** A tunnel to ports of the instance itself. Never logged: the stream is encrypted from end to end. */
export interface PortDocumentArgs {
  /**
   * The only port, 1 to 65535: the document takes no `portNumber`. Exactly one of `port` and `ports`.
   * @default none: `ports`
   */
  readonly port?: number;
  /**
   * The ports of which a session may name one as `portNumber`; the first is the default.
   * @default none: `port`
   */
  readonly ports?: readonly number[];
  /**
   * The port that the plugin listens on where its user names none; 0: any free one.
   * @default 0
   */
  readonly localPort?: number;
}

/** A tunnel through the instance to another host. Never logged. Needs agent 3.1.1374.0. */
export interface RemotePortDocumentArgs extends PortDocumentArgs {
  /**
   * The only host, a DNS name or IP address as the instance sees it, such as a database's `address`. Exactly one of
   * `host` and `hostPattern`. An instance's metadata service is refused: it hands out the credentials of its role.
   * @default none: `hostPattern`
   */
  readonly host?: Input<string>;
  /**
   * A regular expression, `^` to `$`, that the host a session names must match.
   * @default none: `host`
   */
  readonly hostPattern?: string;
}

/** SSH through Session Manager, as a ProxyCommand uses it: `portNumber` on standard input and output. Never logged. */
export interface SshDocumentArgs {
  /**
   * The ports on which instances' SSH servers may be reached; the first is the default.
   * @default [22]
   */
  readonly ports?: readonly number[];
}

/** A parameter of a command. One of `allowedPattern` and `allowedValues` is required: values end up in a shell. */
export interface CommandParameterArgs {
  /**
   * What whoever starts the session is told of it, up to 512 characters.
   * @default none
   */
  readonly description?: string;
  /** @default none: whoever starts the session must name it */
  readonly default?: string;
  /**
   * A regular expression, `^` to `$`, that values must match.
   * @default none: `allowedValues`
   */
  readonly allowedPattern?: string;
  /**
   * The values that are admitted.
   * @default none: `allowedPattern`
   */
  readonly allowedValues?: readonly string[];
}

/** Commands and nothing else: no shell is given to whoever starts the session. */
export interface CommandsDocumentArgs {
  /** Where the output is logged and what encrypts the session: `SessionLogging.preferences`. */
  readonly logging: SessionPreferences;
  /**
   * The command on Linux and macOS; `{{ name }}` stands for a parameter. At least one of `linux` and `windows`.
   * @default none
   */
  readonly linux?: string;
  /**
   * The command on Windows.
   * @default none
   */
  readonly windows?: string;
  /**
   * Run as root or administrator instead of `ssm-user`.
   * @default false
   */
  readonly runAsElevated?: boolean;
  /**
   * Whether the command may ask for input (`InteractiveCommands`) or only prints (`NonInteractiveCommands`).
   * @default true
   */
  readonly interactive?: boolean;
  /** @default none */
  readonly parameters?: Readonly<Record<string, CommandParameterArgs>>;
}

/**
 * A menu of commands: whoever starts a session names an entry as the parameter `entry`, that is run, and the session ends.
 * There is no shell, and nothing that they write reaches one.
 */
export interface MenuDocumentArgs {
  /** Where the output is logged and what encrypts the session: `SessionLogging.preferences`. */
  readonly logging: SessionPreferences;
  /**
   * Commands on Linux and macOS by their names: 1 to 64 lower-case letters, digits and hyphens. At least one in `linux` or
   * `windows`; an entry that a system does not have does nothing there.
   * @default none
   */
  readonly linux?: Readonly<Record<string, string>>;
  /**
   * Commands on Windows by their names.
   * @default none
   */
  readonly windows?: Readonly<Record<string, string>>;
  /**
   * Run as root or administrator instead of `ssm-user`.
   * @default false
   */
  readonly runAsElevated?: boolean;
}

/** Exactly one of `shell`, `port`, `remotePort`, `ssh`, `commands` and `menu` says what the document is for. */
export interface SessionDocumentArgs extends CommonArgs {
  /**
   * A logged shell.
   * @default none
   */
  readonly shell?: ShellDocumentArgs;
  /**
   * A tunnel to the instance's own ports.
   * @default none
   */
  readonly port?: PortDocumentArgs;
  /**
   * A tunnel through the instance to another host.
   * @default none
   */
  readonly remotePort?: RemotePortDocumentArgs;
  /**
   * SSH through Session Manager.
   * @default none
   */
  readonly ssh?: SshDocumentArgs;
  /**
   * Fixed commands and no shell.
   * @default none
   */
  readonly commands?: CommandsDocumentArgs;
  /**
   * A fixed menu of commands and no shell.
   * @default none
   */
  readonly menu?: MenuDocumentArgs;
  /**
   * The document's name in AWS: 3 to 128 letters, digits and `_.-`.
   * @default `<namePrefix>-<name of the component>`
   */
  readonly documentName?: string;
  /** @default a sentence about what the document does */
  readonly description?: string;
  /**
   * Changes to the document that the arguments here do not offer.
   * @default none
   */
  readonly transform?: { readonly document?: Transform<DocumentArgs> };
}
