import type { Renderers } from "./message.ts";
import type { RoleWitness } from "./roles.ts";

/** Where a time is promised. */
export interface PromisePlace {
  readonly of: "description" | "name" | "resource" | "sid";
  /** The Sid; for the others the property, or the resource's name in the program. */
  readonly name: string;
}

interface Span {
  /** ISO 8601; undefined: since always, or for ever. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Findings about when access is open. */
export type WindowMessage =
  | {
      readonly id: "promise-not-held";
      readonly path: string;
      readonly place: PromisePlace;
      readonly promise: {
        readonly kind: "days" | "end" | "hours";
        /** The words that promise it. */
        readonly words: string;
      };
      /** When a request is allowed that the promise excludes. */
      readonly at: string;
      readonly span: Span;
      readonly witness: RoleWitness;
    }
  | {
      readonly id: "window-empty";
      readonly path: string;
      readonly statement: string;
      readonly effect: "Allow" | "Deny";
    }
  | {
      readonly id: "window-too-long";
      readonly path: string;
      readonly statement: string;
      readonly days: number;
      readonly span: Span;
    }
  | { readonly id: "window-held"; readonly path: string }
  | { readonly id: "window-undecided"; readonly path: string; readonly reasons: readonly string[] };

export const WINDOWS: Renderers<WindowMessage> = {
  "promise-not-held": ({ path, place, promise, at, span, witness }) =>
    `${placeInWords(place)} promises "${promise.words}", and \`${path}\` does not hold it: at ${at}, \`${witness.action}\` on \`${witness.resource}\` is allowed by the statement \`${witness.statement}\`, which is open ${spanInWords(span)}. ${ADVICE[promise.kind]}`,
  "window-empty": ({ path, statement, effect }) =>
    `the statement \`${statement}\` of \`${path}\` never ${effect === "Allow" ? "allows" : "denies"} anything: no instant meets all its dates. ${effect === "Allow" ? "Let its end be after its start." : "To deny before a date and after another, write two statements: conditions of one must all hold."}`,
  "window-too-long": ({ path, statement, days, span }) =>
    `the statement \`${statement}\` of \`${path}\` is open ${spanInWords(span)}, longer than the ${days} days that configuration allows. Give it both ends in one Condition, \`DateGreaterThan\` and \`DateLessThan\` on \`aws:CurrentTime\`, that far apart at most.`,
  "window-held": ({ path }) => `\`${path}\` is open in no other time than it says.`,
  "window-undecided": ({ path, reasons }) =>
    `whether \`${path}\` holds what it says of time cannot be told: ${reasons.join("; ")}.`,
};

const ADVICE = {
  days: "IAM knows windows from a date to a date, and no days of the week: renew a window that lies within them by a schedule, or name it after what it does.",
  end: "Add `DateLessThan` on `aws:CurrentTime` to its Condition, beside `DateGreaterThan` if it has a start; or name it after what it does.",
  hours:
    "IAM knows windows from a date to a date, and no hours that come back every day: renew a window of less than a day by a schedule, use just-in-time access, or name it after what it does.",
} as const;

function placeInWords({ of, name }: PromisePlace): string {
  switch (of) {
    case "sid":
      return `the statement \`${name}\``;
    case "resource":
      return `the name \`${name}\``;
    case "name":
    case "description":
      return `\`${name}\``;
  }
}

function spanInWords({ from, to }: Span): string {
  if (from === undefined) {
    return to === undefined ? "at all times" : `until ${to}, without a start`;
  }
  return to === undefined ? `from ${from} on, without an end` : `from ${from} to ${to}`;
}
