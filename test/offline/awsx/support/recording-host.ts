import type {
  ChildRegistration,
  ComponentHost,
  RegisteredChild,
} from "@bastionless/offline/protocol/component-host.ts";
import { UNKNOWN } from "@bastionless/offline/protocol/wire.ts";
import type { Wire, WireMap } from "@bastionless/offline/protocol/wire.ts";

/** Outputs that only AWS can tell, by the last part of a type. */
export type Settled = { readonly [type: string]: WireMap };

const ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];

/** A host that keeps what a component asks of it, and answers as an engine with an obliging provider would. */
export class RecordingHost implements ComponentHost {
  readonly preview: boolean;
  readonly children: ChildRegistration[] = [];
  readonly outputs: { readonly urn: string; readonly outputs: WireMap }[] = [];
  readonly invokes: {
    readonly token: string;
    readonly args: WireMap;
    readonly provider: string;
    readonly version: string;
  }[] = [];
  readonly warnings: string[] = [];
  readonly #settled: Settled;

  constructor(options: { readonly preview?: boolean; readonly settled?: Settled } = {}) {
    this.preview = options.preview ?? false;
    this.#settled = options.settled ?? { Eip: { allocationId: "eipalloc-1" } };
  }

  register(child: ChildRegistration): Promise<RegisteredChild> {
    this.children.push(child);
    const kind = shortType(child.type);
    const settled = Object.entries(this.#settled[kind] ?? {}).map(([key, value]): [string, Wire] => [
      key,
      this.preview ? UNKNOWN : value,
    ]);
    return Promise.resolve({
      urn: `urn:${kind}:${child.name}`,
      id: this.preview ? UNKNOWN : `id:${kind}:${child.name}`,
      outputs: { ...Object.fromEntries(settled), ...child.inputs },
    });
  }

  registerOutputs(urn: string, outputs: WireMap): Promise<void> {
    this.outputs.push({ urn, outputs });
    return Promise.resolve();
  }

  invoke(token: string, args: WireMap, options: { provider: string; version: string }): Promise<WireMap> {
    this.invokes.push({ token, args, ...options });
    return Promise.resolve({ names: ZONES });
  }

  warn(_urn: string, message: string): Promise<void> {
    this.warnings.push(message);
    return Promise.resolve();
  }

  /** The one child of this type and name. */
  child(kind: string, name: string): ChildRegistration {
    const found = this.children.filter((child) => shortType(child.type) === kind && child.name === name);
    const [child] = found;
    if (child === undefined || found.length > 1) {
      throw new Error(`${found.length} children are ${kind} ${name}`);
    }
    return child;
  }

  /** `Type name` of each child, in the order of registration. */
  get names(): readonly string[] {
    return this.children.map(({ type, name }) => `${shortType(type)} ${name}`);
  }
}

/** `Vpc` of `aws:ec2/vpc:Vpc`; the component itself is told from it as `awsx:ec2:Vpc`. */
function shortType(type: string): string {
  return type.startsWith("awsx:") ? type : (type.split(":").at(-1) ?? type);
}
