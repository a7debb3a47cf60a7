/**
 * The content of Session documents, as plain data. Source: Systems Manager User Guide, "Session document schema".
 *
 * Timeouts are strings of minutes and ports strings of digits there, booleans are booleans.
 */
export type SessionType = "InteractiveCommands" | "NonInteractiveCommands" | "Port" | "Standard_Stream";

export interface SessionDocumentContent {
  readonly schemaVersion: "1.0";
  readonly description: string;
  readonly sessionType: SessionType;
  readonly inputs?: SessionInputs;
  readonly parameters?: Readonly<Record<string, ParameterContent>>;
  readonly properties?: PortProperties | CommandProperties;
}

export interface SessionInputs {
  readonly s3BucketName: string;
  readonly s3KeyPrefix: string;
  readonly s3EncryptionEnabled: true;
  readonly cloudWatchLogGroupName: string;
  readonly cloudWatchEncryptionEnabled: true;
  readonly cloudWatchStreamingEnabled: boolean;
  readonly kmsKeyId: string;
  readonly runAsEnabled?: boolean;
  readonly runAsDefaultUser?: string;
  readonly idleSessionTimeout?: string;
  readonly maxSessionDuration?: string;
  readonly shellProfile?: { readonly linux: string; readonly windows: string };
}

export interface ParameterContent {
  readonly type: "String";
  readonly description?: string;
  readonly default?: string;
  readonly allowedPattern?: string;
}

export interface PortProperties {
  readonly portNumber: string;
  readonly localPortNumber?: string;
  readonly host?: string;
  readonly type?: "LocalPortForwarding";
}

export interface CommandProperties {
  readonly linux?: { readonly commands: string; readonly runAsElevated: boolean };
  readonly windows?: { readonly commands: string; readonly runAsElevated: boolean };
}

/** What a document says of logging, with every output known. */
export interface KnownPreferences {
  readonly s3BucketName?: string;
  readonly s3KeyPrefix?: string;
  readonly cloudWatchLogGroupName?: string;
  readonly cloudWatchStreaming?: boolean;
  readonly kmsKeyId?: string;
}

export interface ShellContent {
  readonly kind: "shell";
  readonly description: string;
  readonly idleTimeoutMinutes: number;
  readonly maxDurationMinutes: number | undefined;
  readonly runAs: boolean;
  readonly runAsDefaultUser: string | undefined;
  readonly shellProfile: { readonly linux: string; readonly windows: string };
}

/** A fixed port, or those of which whoever starts a session names one in `portNumber`; the first is the default. */
export type PortChoice = { readonly fixed: number } | { readonly choice: readonly number[] };

export interface PortContent {
  readonly kind: "port";
  readonly description: string;
  readonly port: PortChoice;
  /** The port that the plugin listens on where its user names none; 0: any free one. */
  readonly localPort: number;
}

/** The bytes of a port on standard input and output, as SSH's ProxyCommand needs them. */
export interface SshContent {
  readonly kind: "ssh";
  readonly description: string;
  readonly ports: readonly number[];
}

export interface RemotePortContent extends Omit<PortContent, "kind"> {
  readonly kind: "remotePort";
  /** A fixed host, or a pattern that the host must match as a whole. */
  readonly host: { readonly fixed: string } | { readonly pattern: string };
}

/** The content with its fixed host replaced by what that has come to. */
export function withHost(content: DocumentContent, host: string | undefined): DocumentContent {
  return content.kind === "remotePort" && host !== undefined
    ? { ...content, host: { fixed: host } }
    : content;
}

export interface CommandsContent {
  readonly kind: "commands";
  readonly description: string;
  readonly interactive: boolean;
  readonly linux: string | undefined;
  readonly windows: string | undefined;
  readonly runAsElevated: boolean;
  readonly parameters: Readonly<Record<string, ParameterContent>>;
}

export type DocumentContent = ShellContent | PortContent | RemotePortContent | SshContent | CommandsContent;

/** 0 to 65535, in decimal without leading zeros. */
const LOCAL_PORT_PATTERN =
  "^([0-9]|[1-9][0-9]{1,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$";

export function sessionTypeOf(content: DocumentContent): SessionType {
  switch (content.kind) {
    case "shell":
      return "Standard_Stream";
    case "port":
    case "remotePort":
    case "ssh":
      return "Port";
    case "commands":
      return content.interactive ? "InteractiveCommands" : "NonInteractiveCommands";
  }
}

/** A pattern that matches these texts and nothing else. The schema of Session documents knows patterns only. */
export function exactlyOneOf(texts: readonly string[]): string {
  return `^(${texts.map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join("|")})$`;
}

/** The document that AWS is given. Pure. `preferences` do not apply to ports: Port sessions are never logged. */
export function sessionDocumentContent(
  content: DocumentContent,
  preferences: KnownPreferences = {},
): SessionDocumentContent {
  const head = {
    schemaVersion: "1.0",
    description: content.description,
    sessionType: sessionTypeOf(content),
  } as const;
  switch (content.kind) {
    case "shell":
      return { ...head, inputs: { ...loggingInputs(preferences), ...shellInputs(content) } };
    case "port":
      return { ...head, parameters: portParameters(content), properties: portProperties(content) };
    case "remotePort":
      return {
        ...head,
        parameters: {
          ...portParameters(content),
          ...("pattern" in content.host && {
            host: {
              type: "String" as const,
              description: "The host to connect to, as the instance sees it",
              allowedPattern: content.host.pattern,
            },
          }),
        },
        properties: {
          ...portProperties(content),
          host: "fixed" in content.host ? content.host.fixed : "{{ host }}",
        },
      };
    case "ssh":
      return {
        ...head,
        parameters: portNumberParameter({ choice: content.ports }),
        // Without a type the plugin connects the port to standard input and output.
        properties: { portNumber: "{{ portNumber }}" },
      };
    case "commands":
      return {
        ...head,
        // Interactive commands cannot be streamed: their log is written when they end.
        inputs: loggingInputs({ ...preferences, cloudWatchStreaming: false }),
        ...(Object.keys(content.parameters).length > 0 && { parameters: content.parameters }),
        properties: commandProperties(content),
      };
  }
}

/** A log that is asked for must be encrypted, or the session does not start: so no input can switch that off. */
function loggingInputs(preferences: KnownPreferences): SessionInputs {
  return {
    s3BucketName: preferences.s3BucketName ?? "",
    s3KeyPrefix: preferences.s3KeyPrefix ?? "",
    s3EncryptionEnabled: true,
    cloudWatchLogGroupName: preferences.cloudWatchLogGroupName ?? "",
    cloudWatchEncryptionEnabled: true,
    cloudWatchStreamingEnabled:
      preferences.cloudWatchLogGroupName !== undefined && (preferences.cloudWatchStreaming ?? true),
    kmsKeyId: preferences.kmsKeyId ?? "",
  };
}

function shellInputs(content: ShellContent): Partial<SessionInputs> {
  return {
    runAsEnabled: content.runAs,
    runAsDefaultUser: content.runAsDefaultUser ?? "",
    idleSessionTimeout: String(content.idleTimeoutMinutes),
    maxSessionDuration: content.maxDurationMinutes === undefined ? "" : String(content.maxDurationMinutes),
    shellProfile: content.shellProfile,
  };
}

function portNumberParameter(port: PortChoice): Record<string, ParameterContent> {
  return "fixed" in port
    ? {}
    : {
        portNumber: {
          type: "String",
          description: "The port to connect to",
          default: String(port.choice[0]),
          allowedPattern: exactlyOneOf(port.choice.map(String)),
        },
      };
}

function portParameters(content: Pick<PortContent, "port" | "localPort">): Record<string, ParameterContent> {
  return {
    ...portNumberParameter(content.port),
    localPortNumber: {
      type: "String",
      description: "The port to listen on at this side, 0 for any free one",
      default: String(content.localPort),
      allowedPattern: LOCAL_PORT_PATTERN,
    },
  };
}

function portProperties(content: Pick<PortContent, "port">): PortProperties {
  return {
    portNumber: "fixed" in content.port ? String(content.port.fixed) : "{{ portNumber }}",
    localPortNumber: "{{ localPortNumber }}",
    type: "LocalPortForwarding",
  };
}

function commandProperties(content: CommandsContent): CommandProperties {
  const { linux, windows, runAsElevated } = content;
  return {
    ...(linux !== undefined && { linux: { commands: linux, runAsElevated } }),
    ...(windows !== undefined && { windows: { commands: windows, runAsElevated } }),
  };
}
