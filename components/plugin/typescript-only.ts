import type { SessionAccessArgs } from "../access/args.ts";
import type { SessionAuditArgs } from "../audit/args.ts";
import type { CommandDocumentArgs } from "../commands/args.ts";
import type { SessionDocumentArgs } from "../documents/args.ts";
import type { BastionlessFleetArgs } from "../fleet/bastionless-fleet-args.ts";
import type { DefaultHostManagementArgs } from "../host-management/args.ts";
import type { HybridActivationArgs } from "../hybrid/args.ts";
import type { SessionPermissionSetArgs } from "../identity-center/args.ts";
import type { BastionlessInstanceArgs } from "../instance/bastionless-instance-args.ts";
import type { SessionLogArchiveArgs } from "../logging/archive-args.ts";
import type { SessionLoggingArgs } from "../logging/args.ts";
import type { PrivateNetworkArgs } from "../network/private-network-args.ts";
import type { SessionPreferencesArgs } from "../preferences/args.ts";
import type { TunnelArgs } from "../tunnel/args.ts";
import type { AgentUpkeepArgs } from "../upkeep/args.ts";
import type { WorkstationArgs } from "../workstation/args.ts";
import type { COMPONENTS } from "./components.ts";

/** Arguments that other languages do not have, in any component, and why. */
export const TYPESCRIPT_ONLY_ARGUMENTS = {
  transform: "it takes functions, which no schema can say; Pulumi's own `transforms` reach every child",
} as const;

/** Outputs that other languages do not have, and what stands for them. */
export const TYPESCRIPT_ONLY_OUTPUTS: {
  readonly [Name in ComponentName]?: Readonly<Record<string, string>>;
} = {
  SessionAudit: {
    permissions:
      "statements that are outputs; `auditorPolicyDocument` and `auditorKeyPolicyDocument` are the same as JSON",
  },
  SessionLogArchive: {
    destination:
      "unknown as a whole in a first preview, with its key; write `{ bucketName, keyArn }` of the outputs of these names",
  },
  SessionLogging: {
    permissions: "statements that are outputs; components take `destination` and `keyArn` as their `logging`",
  },
  Workstation: {
    document: "a component; `documentName`, `sessionType` and `parameters` are those of it",
  },
};

/** Methods and functions that a schema has no place for. */
export const TYPESCRIPT_ONLY_FUNCTIONS = {
  "BastionlessFleet.connectTo": "`connect` opens a shell on any of the machines; `instances` lists them",
  "BastionlessInstance.forward":
    "a SessionDocument or a Tunnel has the port; `connect` and `sshConfig` are outputs",
  "BastionlessInstance.remoteForward": "a Tunnel: its output `command`",
  "plan…": "what a component decides of its arguments, for tests; a preview shows it",
  minimumAgentVersion: "the output of AgentUpkeep of that name",
  sessionDocumentContent: "the text of a document, for tests; the SSM document has it as its `content`",
  sideDoorsServiceControlPolicy:
    "no component: make the document with TypeScript once, and give it to the organisation",
} as const;

/** What TypeScript takes. */
interface TypeScriptArgs {
  readonly AgentUpkeep: AgentUpkeepArgs;
  readonly BastionlessFleet: BastionlessFleetArgs;
  readonly BastionlessInstance: BastionlessInstanceArgs;
  readonly CommandDocument: CommandDocumentArgs;
  readonly DefaultHostManagement: DefaultHostManagementArgs;
  readonly HybridActivation: HybridActivationArgs;
  readonly PrivateNetwork: PrivateNetworkArgs;
  readonly SessionAccess: SessionAccessArgs;
  readonly SessionAudit: SessionAuditArgs;
  readonly SessionDocument: SessionDocumentArgs;
  readonly SessionLogArchive: SessionLogArchiveArgs;
  readonly SessionLogging: SessionLoggingArgs;
  readonly SessionPermissionSet: SessionPermissionSetArgs;
  readonly SessionPreferences: SessionPreferencesArgs;
  readonly Tunnel: TunnelArgs;
  readonly Workstation: WorkstationArgs;
}

export type ComponentName = keyof typeof COMPONENTS;

/** Arguments of TypeScript that a component of the plugin neither takes nor is excused from. */
type Forgotten<Name extends ComponentName> = Exclude<
  keyof TypeScriptArgs[Name],
  | keyof NonNullable<ConstructorParameters<(typeof COMPONENTS)[Name]>[1]>
  | keyof typeof TYPESCRIPT_ONLY_ARGUMENTS
>;

/** Holds at compile time: no component of the plugin lacks an argument. An error here names it. */
export type EveryArgumentIsOffered = Nothing<{ [Name in ComponentName]: Forgotten<Name> }[ComponentName]>;

type Nothing<T extends never> = T;
