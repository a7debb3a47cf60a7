import type { AccessMessage } from "./access-message.ts";
import type { CommonMessage } from "./common.ts";
import type { LogStoreMessage } from "./log-stores.ts";
import type { LoggingMessage } from "./logging.ts";
import type { MachineMessage } from "./machines.ts";
import type { NetworkMessage } from "./network.ts";
import type { RoleMessage } from "./roles.ts";
import type { SessionLoggingMessage } from "./session-logging.ts";
import type { WindowMessage } from "./windows.ts";

/** What a finding says, as data; {@link import("./render.ts").render} puts it into words. Each topic has a file. */
export type Message =
  | AccessMessage
  | CommonMessage
  | LoggingMessage
  | LogStoreMessage
  | MachineMessage
  | NetworkMessage
  | RoleMessage
  | SessionLoggingMessage
  | WindowMessage;

export type MessageId = Message["id"];

/** For each message of a topic, its words. A message within a message is put into words by `render`. */
export type Renderers<M extends { readonly id: string }> = {
  readonly [Id in M["id"]]: (
    message: Extract<M, { readonly id: Id }>,
    render: (message: Message) => string,
  ) => string;
};
