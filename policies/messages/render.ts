import { ACCESS } from "./access.ts";
import { COMMON } from "./common.ts";
import { LOG_STORES } from "./log-stores.ts";
import { LOGGING } from "./logging.ts";
import { MACHINES } from "./machines.ts";
import type { Message, MessageId, Renderers } from "./message.ts";
import { NETWORK } from "./network.ts";
import { ROLES } from "./roles.ts";
import { SESSION_LOGGING } from "./session-logging.ts";
import { WINDOWS } from "./windows.ts";

const RENDERERS: Renderers<Message> = {
  ...ACCESS,
  ...COMMON,
  ...LOGGING,
  ...LOG_STORES,
  ...MACHINES,
  ...NETWORK,
  ...ROLES,
  ...SESSION_LOGGING,
  ...WINDOWS,
};

/** Puts a finding into words: what is so, why it matters, the smallest change that closes it. */
export function render<Id extends MessageId>(message: Extract<Message, { readonly id: Id }>): string {
  return RENDERERS[message.id](message, render);
}
