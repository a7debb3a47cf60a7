import type { ResourceRecord, Violation } from "@bastionless/offline/engine/index.ts";

const NO_OPTIONS: ResourceRecord["options"] = {
  protect: false,
  retainOnDelete: false,
  ignoreChanges: [],
  replaceOnChanges: [],
  hideDiffs: [],
  additionalSecretOutputs: [],
  aliases: [],
  deletedWith: "",
  replaceWith: [],
  importId: "",
  customTimeouts: { create: 0, update: 0, delete: 0 },
};

/** The URN of a resource in the stack `dev` of the project `shop`. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::shop::${type}::${name}`;
}

/** A resource as the engine records one, with what matters to a test said and the rest plain. */
export function record(
  type: string,
  name: string,
  given: Partial<Omit<ResourceRecord, "options">> & {
    readonly options?: Partial<ResourceRecord["options"]>;
  } = {},
): ResourceRecord {
  return {
    urn: urnOf(type, name),
    type,
    name,
    custom: true,
    parent: "",
    provider: "",
    inputs: {},
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    external: false,
    ...given,
    options: { ...NO_OPTIONS, ...given.options },
  };
}

export function violation(given: Partial<Violation> & Pick<Violation, "policy" | "urn">): Violation {
  return {
    pack: "pack",
    packVersion: "1.0.0",
    enforcement: "mandatory",
    severity: "unspecified",
    description: "",
    message: "",
    scope: "resource",
    ...given,
  };
}
