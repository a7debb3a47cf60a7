import type { ComponentProvider } from "../protocol/component-host.ts";
import type { LookupAnswer, SimulatedProvider } from "../protocol/provider.ts";
import type { Wire } from "../protocol/wire.ts";
import type { Progress } from "./progress.ts";
import type { SharedProcesses } from "./shared/shared-processes.ts";

/** What Pulumi.yaml says of the program, already read and defaulted by the caller. */
export interface ProjectInfo {
  readonly name: string;
  /** Absolute path of the folder that holds Pulumi.yaml. */
  readonly root: string;
  /** `main` of Pulumi.yaml: a file or folder, relative to `root`. @default "." */
  readonly main?: string;
  /** `runtime.options` of Pulumi.yaml, as the Node.js language host reads them. */
  readonly runtimeOptions?: RuntimeOptions;
}

export interface RuntimeOptions {
  /** Whether `@pulumi/pulumi` loads ts-node. @default true */
  readonly typescript?: boolean;
  /** Path of the tsconfig that ts-node takes. */
  readonly tsconfig?: string;
  /** Arguments of `node`, split as a shell would. */
  readonly nodeargs?: string;
}

/** Stack configuration as the program receives it: full keys (`project:key`), values as strings or JSON text. */
export interface StackConfig {
  readonly values: { readonly [key: string]: string };
  /** The keys of `values` that are secret. */
  readonly secretKeys: readonly string[];
}

/** One policy pack to run. */
export interface PackRequest {
  /** Absolute path of the folder that holds PulumiPolicy.yaml. */
  readonly dir: string;
  /**
   * By policy name (or `all`): an enforcement level, or an object of config properties that may carry
   * `enforcementLevel`; the content of a file given to `--policy-pack-config`.
   */
  readonly config?: { readonly [policy: string]: Wire };
}

/** `resolved`: as `pulumi up`, every modelled output has a value. `preview`: as `pulumi preview` of a new stack. */
export type Mode = "resolved" | "preview";

/** What is simulated; as a function, it is loaded while the program and the packs start. */
export type Simulated<Provider> = readonly Provider[] | (() => Promise<readonly Provider[]>);

/** Everything one environment's run needs. Nothing else is read, and runs share nothing but `shared`. */
export interface EnvironmentRequest {
  readonly project: ProjectInfo;
  readonly stack: string;
  /** @default "organization" */
  readonly organization?: string;
  readonly config: StackConfig;
  readonly packs: readonly PackRequest[];
  readonly providers: Simulated<SimulatedProvider>;
  readonly components: Simulated<ComponentProvider>;
  readonly answers: readonly LookupAnswer[];
  readonly mode: Mode;
  /** Makes a resource type that no provider models a failure. @default false */
  readonly strict?: boolean;
  /** Ends the run and every process it started. */
  readonly signal?: AbortSignal;
  /** Seconds without any call from the program, while it still runs, after which it counts as hung. @default 60 */
  readonly hangSeconds?: number;
  /**
   * Starts the program's runner exactly as Pulumi's language host does, without what makes it start faster here. For
   * measuring. @default false
   */
  readonly plainRunner?: boolean;
  /** Environment of the program and the packs. @default process.env */
  readonly env?: { readonly [name: string]: string | undefined };
  /** Processes to run in by turns with other environments. @default processes of its own */
  readonly shared?: SharedProcesses;
  /** Called in order, synchronously. */
  readonly onProgress?: (progress: Progress) => void;
}
