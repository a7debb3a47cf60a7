import type { WireMap } from "../protocol/wire.ts";
import type { Alias } from "./aliases.ts";
import type { SourcePlace } from "./report.ts";

/** A function of the program that the engine can call back. */
export interface Callback {
  /** Address of the callback server. */
  readonly target: string;
  readonly token: string;
}

/** The options of a registration that a transform may change. */
export interface RegistrationOptions {
  /** `urn::id` of an explicit provider; empty: inherited, else the default one. */
  readonly provider: string;
  /** Explicit providers of a component's children, by package. */
  readonly providers: { readonly [packageName: string]: string };
  readonly version: string;
  readonly pluginDownloadUrl: string;
  readonly dependsOn: readonly string[];
  readonly protect: boolean | undefined;
  readonly retainOnDelete: boolean | undefined;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly hideDiffs: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  readonly deletedWith: string;
  readonly replaceWith: readonly string[];
  readonly importId: string;
  /** Go durations such as `30m`; empty: the provider's own. */
  readonly customTimeouts: { readonly create: string; readonly update: string; readonly delete: string };
  readonly hooks: HookBinding;
}

/** Names of registered hooks. Those of update and delete never run: nothing has been deployed before. */
export interface HookBinding {
  readonly beforeCreate: readonly string[];
  readonly afterCreate: readonly string[];
}

export const NO_HOOKS: HookBinding = { beforeCreate: [], afterCreate: [] };

/** One `RegisterResource` call, by the program or by a component's expansion. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** A component that another package's provider expands. */
  readonly remote: boolean;
  /** URN; empty for the stack. */
  readonly parent: string;
  readonly inputs: WireMap;
  /** Absent: every property depends on `options.dependsOn`. */
  readonly propertyDependencies: { readonly [property: string]: readonly string[] } | undefined;
  /** What `RegisterPackage` answered; empty where the package is not parameterized. */
  readonly packageRef: string;
  readonly transforms: readonly Callback[];
  readonly place: SourcePlace | undefined;
  readonly options: RegistrationOptions;
}

/** What the program is told. */
export interface RegistrationResult {
  readonly urn: string;
  /** Empty in a preview. */
  readonly id: string;
  readonly outputs: WireMap;
  readonly outputDependencies: { readonly [property: string]: readonly string[] };
  /** Whether outputs that are not listed are unknown, rather than absent. */
  readonly unknownRest: boolean;
}

/** What a registration has whose program asks for nothing. */
export const NO_OPTIONS: RegistrationOptions = {
  provider: "",
  providers: {},
  version: "",
  pluginDownloadUrl: "",
  dependsOn: [],
  protect: undefined,
  retainOnDelete: undefined,
  deleteBeforeReplace: undefined,
  ignoreChanges: [],
  replaceOnChanges: [],
  hideDiffs: [],
  additionalSecretOutputs: [],
  aliases: [],
  deletedWith: "",
  replaceWith: [],
  importId: "",
  customTimeouts: { create: "", update: "", delete: "" },
  hooks: NO_HOOKS,
};

/** How the engine itself registers a provider that the program did not name. */
export function registrationOfDefaultProvider(type: string, name: string, inputs: WireMap): Registration {
  return {
    type,
    name,
    custom: true,
    remote: false,
    parent: "",
    inputs,
    propertyDependencies: {},
    packageRef: "",
    transforms: [],
    place: undefined,
    options: NO_OPTIONS,
  };
}
