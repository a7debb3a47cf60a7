import { createHash } from "node:crypto";
import type { ResourceRecord } from "../../engine/index.ts";
import type { WireMap } from "../../protocol/wire.ts";
import { type Sealer, sealerFor } from "./secret-values.ts";

/** A JSON value of a deployment file. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The resources of one environment as `pulumi stack export` writes a deployment (version 3), which
 * `pulumi policy analyze --file` reads.
 *
 * Source: pulumi/pulumi, sdk/go/common/apitype/core.go.
 *
 * @param passphrase Secrets are encrypted with it; without one they are encrypted so that nobody can read them.
 */
export function toDeployment(
  resources: readonly ResourceRecord[],
  at: { readonly time: Date; readonly version: string; readonly passphrase: string | undefined },
): { readonly deployment: Json; readonly secrets: "none" | "sealed" | "unreadable" } {
  const sealer = sealerFor(at.passphrase);
  const exported = resources.map((resource) => toResource(resource, sealer, at.time.toISOString()));
  const salt = sealer.salt();
  const deployment = {
    version: 3,
    deployment: {
      manifest: {
        time: at.time.toISOString(),
        magic: createHash("sha256").update(at.version).digest("hex"),
        version: at.version,
      },
      ...(salt === undefined ? {} : { secrets_providers: { type: "passphrase", state: { salt } } }),
      resources: exported,
      metadata: {},
    },
  };
  return {
    deployment,
    secrets: salt === undefined ? "none" : at.passphrase === undefined ? "unreadable" : "sealed",
  };
}

function toResource(resource: ResourceRecord, sealer: Sealer, time: string): Json {
  const { options } = resource;
  return {
    urn: resource.urn,
    custom: resource.custom,
    ...optional("id", resource.id),
    type: resource.type,
    ...optional("inputs", sealed(resource.inputs, sealer)),
    ...optional("outputs", sealed(resource.outputs, sealer)),
    ...optional("parent", resource.parent),
    ...optional("protect", options.protect),
    ...optional("external", resource.external),
    ...optional("dependencies", resource.dependencies),
    ...optional("provider", resource.provider),
    ...optional("propertyDependencies", resource.propertyDependencies),
    ...optional("additionalSecretOutputs", options.additionalSecretOutputs),
    ...(Object.values(options.customTimeouts).some((seconds) => seconds !== 0)
      ? { customTimeouts: { ...options.customTimeouts } }
      : {}),
    ...optional("importID", options.importId),
    ...optional("retainOnDelete", options.retainOnDelete),
    ...optional("deletedWith", options.deletedWith),
    ...optional("replaceWith", options.replaceWith),
    ...optional("ignoreChanges", options.ignoreChanges),
    ...optional("hideDiff", options.hideDiffs),
    ...optional("replaceOnChanges", options.replaceOnChanges),
    created: time,
    modified: time,
  };
}

function sealed(values: WireMap, sealer: Sealer): WireMap {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, sealer.seal(value)]));
}

/** A field that a deployment leaves out where it says nothing. */
function optional(name: string, value: Json | undefined): { readonly [key: string]: Json } {
  const empty =
    value === undefined ||
    value === false ||
    value === "" ||
    (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return empty ? {} : { [name]: value };
}
