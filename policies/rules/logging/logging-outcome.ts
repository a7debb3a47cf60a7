import { identity, type ResourceRecord } from "../../estate/resource-record.ts";
import type { RefusedCall } from "../../messages/session-logging.ts";
import { type Finding, satisfied, undecided, violation } from "../verdict.ts";
import { allowsOf } from "./guard-allows.ts";
import type { LoggingCall, OpenKey } from "./logging-calls.ts";
import type { Asked, RefusedBy } from "./logging-question.ts";
import type { SessionAccess } from "./session-access.ts";
import type { Meeting } from "./session-place.ts";

/** What a session document asks of a role, and what became of it. */
export interface Outcome {
  readonly document: ResourceRecord;
  readonly refused: readonly (RefusedBy & { readonly call: RefusedCall })[];
  readonly open: readonly { readonly action: string; readonly reasons: readonly string[] }[];
  readonly outside: readonly OpenKey[];
  readonly meeting: Meeting;
  /** The resource that keeps calls open: a policy that is not known yet, or the role itself. */
  readonly stopper: string;
}

/** What became of every call. */
export function outcomeOf(
  calls: readonly LoggingCall[],
  answer: (call: LoggingCall) => Asked,
): Pick<Outcome, "open" | "refused"> {
  const asked = calls.map((call) => ({ call, ...answer(call) }));
  return {
    refused: asked.flatMap(({ call, permission, refusers }) =>
      permission.kind === "refused"
        ? refusers.map((refuser) => ({ call: { ...call, deniedBy: permission.deniedBy }, ...refuser }))
        : [],
    ),
    open: asked.flatMap(({ call, permission }) =>
      permission.kind === "open" ? [{ action: call.action, reasons: permission.reasons }] : [],
    ),
  };
}

/**
 * Why it is no fault yet that calls are refused. A session that ends at once where it is not meant to be held loses
 * nothing; one that goes on without its log does.
 */
function doubtOf({ meeting, refused }: Outcome, access: SessionAccess | undefined): string | undefined {
  if (meeting.kind === "unsure") {
    return meeting.reason;
  }
  const ends = refused.some(({ call }) => call.loss === "session-ends");
  return access?.kind === "open" && ends ? access.reason : undefined;
}

/**
 * What is found of a document and a role: what refuses, what cannot be told, or that all is allowed.
 *
 * @param access Whether people may hold sessions of the document on the role's machines, where that counts.
 */
export function tellDocument(
  role: ResourceRecord,
  asked: Outcome,
  access: (() => SessionAccess) | undefined,
): readonly Finding[] {
  const { outside, stopper } = asked;
  const told = asked.refused.length > 0 ? access?.() : undefined;
  if (told?.kind === "excluded") {
    return [];
  }
  const doubt = doubtOf(asked, told);
  // What is refused somewhere else is no fault: whether it is somewhere else has to be known first.
  const refused = doubt === undefined ? asked.refused : [];
  const open =
    doubt === undefined
      ? asked.open
      : [...asked.refused.map(({ call }) => ({ action: call.action, reasons: [doubt] })), ...asked.open];
  const name = identity(role, "name") ?? role.name;
  const document = asked.document.name;
  const findings: Finding[] = [];
  const urns = [...new Set(refused.map(({ urn, by }) => `${by} ${urn}`))];
  for (const each of urns) {
    const group = refused.filter(({ urn, by }) => `${by} ${urn}` === each);
    const [first] = group;
    if (first !== undefined) {
      findings.push({
        urn: first.urn,
        verdict: violation({
          id: "session-logging-refused",
          role: name,
          document,
          by: first.by,
          startedBy: told?.kind === "allowed" ? told : undefined,
          guard:
            first.guard === undefined
              ? undefined
              : {
                  isOtherAccounts: first.guard.isOtherAccounts,
                  allows: allowsOf(
                    first.guard.documents,
                    group.map(({ call }) => call.action),
                  ),
                },
          calls: group.map(({ call: { action, resource, loss, deniedBy } }) => ({
            action,
            resource,
            loss,
            deniedBy,
          })),
        }),
      });
    }
  }
  if (open.length > 0) {
    findings.push({
      urn: stopper,
      verdict: undecided({
        id: "session-logging-open",
        role: name,
        document,
        calls: [...new Set(open.map(({ action }) => action))],
        reasons: [...new Set(open.flatMap(({ reasons }) => reasons))],
      }),
    });
  }
  for (const { key, use } of outside) {
    findings.push({
      urn: role.urn,
      verdict: undecided({ id: "session-logging-key-outside", role: name, document, key, use }),
    });
  }
  return findings.length > 0
    ? findings
    : [{ urn: role.urn, verdict: satisfied({ id: "session-logging-permitted", role: name, document }) }];
}
