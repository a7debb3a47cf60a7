import type { ComponentHost, ConstructRequest, RegisteredChild } from "../protocol/component-host.ts";
import { isUnknown, RESOURCE_SIGNATURE, SIGNATURE_KEY, UNKNOWN } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import { collectDependencies, Computed, readOutput, writeWire } from "./values.ts";
import type { ValueMap } from "./values.ts";

/** The version of `@pulumi/aws` that awsx 3.9.0 is built with: its children ask for the provider of this version. */
export const AWS_VERSION = "7.43.0";

/** A resource that the component registered. */
export class Child {
  readonly urn: string;
  /** Computed from the resource itself; unknown until it exists. */
  readonly id: Computed;
  readonly #registered: RegisteredChild;
  readonly #inputs: WireMap;
  readonly #preview: boolean;

  constructor(registered: RegisteredChild, inputs: WireMap, preview: boolean) {
    this.urn = registered.urn;
    this.#registered = registered;
    this.#inputs = inputs;
    this.#preview = preview;
    const known = registered.id !== "" && !isUnknown(registered.id);
    this.id = new Computed(registered.id, { known, secret: false, dependencies: [registered.urn] });
  }

  /** An output. One that the engine did not name is unknown in a preview, and else what was passed in. */
  output(property: string): Computed {
    const wire = this.#registered.outputs[property];
    const settled = wire ?? (this.#preview ? UNKNOWN : this.#inputs[property]);
    return settled === undefined
      ? new Computed(undefined, { known: true, secret: false, dependencies: [this.urn] })
      : readOutput(settled, this.urn);
  }

  /** The resource itself as an output of the component. */
  reference(): Wire {
    return {
      [SIGNATURE_KEY]: RESOURCE_SIGNATURE,
      urn: this.urn,
      id: this.id.known ? this.#registered.id : UNKNOWN,
    };
  }
}

export interface ChildPlace {
  readonly parent: string;
  readonly dependsOn: readonly Child[];
}

/** Registers the AWS resources of one component, with the options they take over from it. */
export class Children {
  readonly #host: ComponentHost;
  readonly #request: ConstructRequest;

  constructor(host: ComponentHost, request: ConstructRequest) {
    this.#host = host;
    this.#request = request;
  }

  async register(type: string, name: string, inputs: ValueMap, place: ChildPlace): Promise<Child> {
    const written: { [property: string]: Wire } = {};
    const propertyDependencies: { [property: string]: readonly string[] } = {};
    const dependencies = new Set(place.dependsOn.map(({ urn }) => urn));
    for (const [property, value] of Object.entries(inputs)) {
      const wire = writeWire(value);
      if (wire !== undefined) {
        const urns = new Set<string>();
        collectDependencies(value, urns);
        written[property] = wire;
        propertyDependencies[property] = [...urns];
        urns.forEach((urn) => dependencies.add(urn));
      }
    }
    const registered = await this.#host.register({
      type,
      name,
      custom: true,
      parent: place.parent,
      inputs: written,
      propertyDependencies,
      dependencies: [...dependencies],
      version: AWS_VERSION,
      provider: this.#request.providers["aws"] ?? "",
      protect: this.#request.protect,
    });
    return new Child(registered, written, this.#host.preview);
  }
}
