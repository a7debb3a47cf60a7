import type { Message } from "./message.ts";

const UNKNOWN_DOCUMENT = /^what `([^`]*)` says is not known: (.*)$/;
const UNKNOWN_VALUE = /^(?:the value|`[^`]+`) is not known before the deployment$/;

/**
 * What stops a rule, where that is values of the resource itself that are not known before the deployment, and nothing
 * else: of one resource, all rules that are stopped by the same value say the same. Undefined where anything else stops
 * it, which each rule tells in its own words, with what to do about it.
 *
 * @param name what the program calls the resource; a document is called like the resource that it stands in.
 */
export function unknownValueOf(message: Message, name: string): string | undefined {
  const reasons = reasonsOf(message).map((reason) => {
    const [, document, why] = UNKNOWN_DOCUMENT.exec(reason) ?? [];
    return document === name && why !== undefined ? why : reason;
  });
  const distinct = [...new Set(reasons)].toSorted();
  return distinct.length > 0 && distinct.every((reason) => UNKNOWN_VALUE.test(reason))
    ? distinct.join("; ")
    : undefined;
}

function reasonsOf(message: Message): readonly string[] {
  if (message.id === "unreadable-value") {
    const { kind, path } = message.cause;
    const place = path === "" ? "the value" : `\`${path}\``;
    return kind === "unknown" ? [`${place} is not known before the deployment`] : [];
  }
  if ("reasons" in message) {
    return message.reasons;
  }
  return "reason" in message ? [message.reason] : [];
}
