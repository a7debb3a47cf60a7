import type { Witness } from "@bastionless/iam";
import type { DoorQuestion } from "../access/doors.ts";
import { askDocument, askRole, type RoleAccess } from "./role-access.ts";

/** A way onto machines that is open, and a request that goes through it. */
export interface OpenDoor {
  readonly door: string;
  readonly answer: Witness;
}

/** A way onto machines of which it cannot be told whether it is open. */
export interface UnsureDoor {
  readonly door: string;
  readonly reasons: readonly string[];
}

interface Doors {
  readonly open: readonly OpenDoor[];
  readonly unsure: readonly UnsureDoor[];
}

/** Which ways onto machines a role has. */
export interface RoleDoors {
  /** For each document, in their order, the ways that it opens whatever the others may allow. */
  readonly documents: readonly (Doors & { readonly urn: string })[];
  /** The ways that several documents open together, and those that no document alone leaves unsure. */
  readonly together: Doors;
}

/** Asks a role for each way onto machines: whether it is open, by which document, or by several together. */
export function askDoors(access: RoleAccess, doors: readonly DoorQuestion[]): RoleDoors {
  const documents = access.documents.map((_, index) => ({
    urn: access.urns[index] ?? "",
    ...collect(doors.map(({ door, question }) => ({ door, answer: askDocument(access, index, question) }))),
  }));
  const opened = new Set(documents.flatMap(({ open }) => open.map(({ door }) => door)));
  const whole = collect(
    doors
      .filter(({ door }) => !opened.has(door))
      .map(({ door, question }) => ({ door, answer: askRole(access, question) })),
  );
  const unsure = new Set(whole.unsure.map(({ door }) => door));
  // What a document leaves unsure counts only where nothing else settles it.
  const left = documents.map((each) => ({
    ...each,
    unsure: each.unsure.filter(({ door }) => unsure.has(door)),
  }));
  const attributed = new Set(left.flatMap((each) => each.unsure.map(({ door }) => door)));
  return {
    documents: left,
    together: { open: whole.open, unsure: whole.unsure.filter(({ door }) => !attributed.has(door)) },
  };
}

function collect(
  answers: readonly { readonly door: string; readonly answer: ReturnType<typeof askRole> }[],
): Doors {
  return {
    open: answers.flatMap(({ door, answer }) => (answer.kind === "witness" ? [{ door, answer }] : [])),
    unsure: answers.flatMap(({ door, answer }) =>
      answer.kind === "undecided" ? [{ door, reasons: answer.reasons.map(({ message }) => message) }] : [],
    ),
  };
}
