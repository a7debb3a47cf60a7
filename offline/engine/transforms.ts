import type { RegistrationOptions, Callback } from "./registration.ts";
import type { WireMap } from "../protocol/wire.ts";

/** What a transform may read. */
export interface TransformSubject {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
}

/** Calls functions of the program: transforms of resources and of invokes, and hooks. */
export interface ProgramCallbacks {
  transformResource(
    callback: Callback,
    subject: TransformSubject,
    inputs: WireMap,
    options: RegistrationOptions,
  ): Promise<{ readonly inputs: WireMap; readonly options: RegistrationOptions }>;
  transformInvoke(
    callback: Callback,
    token: string,
    args: WireMap,
    options: InvokeOptions,
  ): Promise<TransformedInvoke>;
  /** Answers the error of the hook; empty where it succeeded. */
  runHook(callback: Callback, call: HookCall): Promise<string>;
  close(): void;
}

export interface InvokeOptions {
  readonly provider: string;
  readonly version: string;
  readonly pluginDownloadUrl: string;
}

export interface TransformedInvoke {
  readonly args: WireMap;
  readonly options: InvokeOptions;
}

export interface HookCall {
  readonly hook: string;
  readonly urn: string;
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly newInputs: WireMap;
  readonly newOutputs: WireMap | undefined;
}

/** Which transforms apply to a resource: its own, then those of its parents, then the stack's. */
export class TransformRegistry {
  readonly #own = new Map<string, readonly Callback[]>();
  readonly #parents = new Map<string, string>();
  readonly #stack: Callback[] = [];
  readonly #stackInvoke: Callback[] = [];
  /** Transforms of remote components, until their provider registers the component itself. */
  readonly #pending = new Map<string, readonly Callback[]>();

  addStackTransform(callback: Callback): void {
    this.#stack.push(callback);
  }

  addInvokeTransform(callback: Callback): void {
    this.#stackInvoke.push(callback);
  }

  get ofInvokes(): readonly Callback[] {
    return this.#stackInvoke;
  }

  /** Own transforms: those of the call, or those with which the program asked for this component. */
  ownOf(subject: TransformSubject, given: readonly Callback[], remote: boolean): readonly Callback[] {
    const key = `${subject.parent}::${subject.type}::${subject.name}`;
    const pending = this.#pending.get(key);
    if (pending !== undefined) {
      this.#pending.delete(key);
      return pending;
    }
    if (remote && given.length > 0) {
      this.#pending.set(key, given);
    }
    return given;
  }

  all(own: readonly Callback[], parent: string): readonly Callback[] {
    const found = [...own];
    for (let urn = parent; urn !== ""; urn = this.#parents.get(urn) ?? "") {
      found.push(...(this.#own.get(urn) ?? []));
    }
    return [...found, ...this.#stack];
  }

  remember(urn: string, parent: string, own: readonly Callback[]): void {
    this.#parents.set(urn, parent);
    if (own.length > 0) {
      this.#own.set(urn, own);
    }
  }
}
