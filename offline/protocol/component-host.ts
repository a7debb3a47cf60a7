import type { WireMap } from "./wire.ts";

/** One child resource that a built-in expansion of a remote component asks for. */
export interface ChildRegistration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** URN of the parent. */
  readonly parent: string;
  readonly inputs: WireMap;
  /** For each property of `inputs`, the URNs it was computed from. */
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  /** URNs of `dependsOn`, with those that any property was computed from, as an SDK sends them. */
  readonly dependencies: readonly string[];
  /** Version of the package the child belongs to, such as `7.43.0`; empty for components. */
  readonly version: string;
  /** `urn::id` of an explicit provider; empty: inherited from the component's, else the default provider. */
  readonly provider: string;
  /** Explicit providers by package, of a component: `{ aws: "urn::id" }`. */
  readonly providers?: { readonly [packageName: string]: string };
  /** Absent: inherited from the parent. */
  readonly protect?: boolean;
  /** Absent: inherited from the parent. */
  readonly retainOnDelete?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  /** Each `{ urn }`, or some of `{ name, type, stack, project, parent, noParent }`. */
  readonly aliases?: readonly WireMap[];
}

export interface RegisteredChild {
  readonly urn: string;
  /** The unknown sentinel in a preview. */
  readonly id: string;
  readonly outputs: WireMap;
}

/** What a component expansion needs of an engine: the offline one, or the real one's ResourceMonitor. */
export interface ComponentHost {
  readonly preview: boolean;
  register(child: ChildRegistration): Promise<RegisteredChild>;
  registerOutputs(urn: string, outputs: WireMap): Promise<void>;
  invoke(token: string, args: WireMap, options: { provider: string; version: string }): Promise<WireMap>;
  /** A warning that the component's author gives about one resource. Absent: nobody is told. */
  warn?(urn: string, message: string): Promise<void>;
}

/** A call of `Construct`: one remote component as the program asked for it. */
export interface ConstructRequest {
  readonly type: string;
  readonly name: string;
  /** URN of the parent; empty at the stack. */
  readonly parent: string;
  /** Inputs with secrets and output values as the protocol carries them. */
  readonly inputs: WireMap;
  readonly inputDependencies: { readonly [property: string]: readonly string[] };
  readonly dependencies: readonly string[];
  readonly protect: boolean;
  /** Explicit providers by package: `{ aws: "urn::id" }`. */
  readonly providers: { readonly [packageName: string]: string };
  readonly aliases: readonly WireMap[];
  /** Options of the component itself, which its provider hands on to the engine. Absent: none. */
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly retainOnDelete?: boolean;
}

export interface ConstructResponse {
  readonly urn: string;
  readonly outputs: WireMap;
  readonly outputDependencies: { readonly [property: string]: readonly string[] };
}

/** Expands remote components of one package, as its real provider's `Construct` does. */
export interface ComponentProvider {
  readonly name: string;
  readonly version: string;
  knowsType(type: string): boolean;
  construct(request: ConstructRequest, host: ComponentHost): Promise<ConstructResponse>;
}
