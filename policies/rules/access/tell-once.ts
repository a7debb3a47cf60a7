import type { Message } from "../../messages/message.ts";
import type { Finding, Verdict } from "../verdict.ts";

/**
 * The verdicts of two questions about the same documents. What stops the first stops the second in the same place: an
 * unknown document is told once.
 */
export function tellOnce(first: readonly Verdict[], second: readonly Verdict[]): readonly Verdict[] {
  const stopped = new Set(first.flatMap(stop));
  return [...first, ...second.filter((verdict) => !stop(verdict).some((place) => stopped.has(place)))];
}

/** The same of findings: by resource. */
export function tellOnceOf(first: readonly Finding[], second: readonly Finding[]): readonly Finding[] {
  const places = ({ urn, verdict }: Finding): readonly string[] =>
    stop(verdict).map((place) => `${urn} ${place}`);
  const stopped = new Set(first.flatMap(places));
  return [...first, ...second.filter((finding) => !places(finding).some((place) => stopped.has(place)))];
}

/** What an undecided verdict stops at: the place of the document. */
function stop({ kind, message }: Verdict): readonly string[] {
  return kind === "undecided" ? [placeOf(message)] : [];
}

function placeOf(message: Message): string {
  if (message.id === "session-together") {
    return `${message.kind} ${message.name} ${placeOf(message.session)}`;
  }
  const path = "path" in message ? message.path : "";
  return message.id === "unmodelled-type" ? message.id : path;
}
