import type { OperationToken, Recorder } from "./estate/recorder.ts";
import type { ExemptionRegister } from "./exemptions/register.ts";
import type { Handover } from "./summary/handover.ts";
import { Ledger } from "./summary/ledger.ts";

/** What the pack keeps of one operation on one stack besides its model. */
export interface Notes {
  readonly ledger: Ledger;
  /** Undefined while the `exemptions` policy was not called, as where it is disabled: nothing is exempt. */
  register: ExemptionRegister | undefined;
  /** Undefined while the `summary` policy was not called, as where it is disabled: rules tell everything themselves. */
  handover: Handover | undefined;
  /** By rule, whether its configuration is one that it can decide by; absent before it was first called. */
  readonly configured: Map<string, boolean>;
}

/** The notes of each operation; they begin and end with the recorder's. */
export class OperationNotes {
  readonly #recorder: Recorder;
  readonly #notes = new WeakMap<OperationToken, Notes>();

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** Of the operation that a resource, or the stack that it is of, was last seen in. */
  of(urn: string): Notes {
    const operation = this.#recorder.operation(urn);
    let notes = this.#notes.get(operation);
    if (notes === undefined) {
      notes = { ledger: new Ledger(), register: undefined, handover: undefined, configured: new Map() };
      this.#notes.set(operation, notes);
    }
    return notes;
  }
}
