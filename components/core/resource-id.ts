import * as pulumi from "@pulumi/pulumi";

/**
 * The id of a resource that another component, such as one of awsx, answers with.
 *
 * It arrives as a resource only where the program has loaded the whole package it belongs to, which puts the package's
 * classes on Pulumi's list. Otherwise, whatever the declared type says, it arrives as its bare id; or, in a preview that
 * does not know the id yet, as its URN, which must not pass for an id.
 *
 * Source: pulumi/pulumi, sdk/nodejs/runtime/rpc.ts, `deserializeProperty` of a resource reference.
 */
export function resourceId(resource: pulumi.CustomResource | string): pulumi.Input<string> {
  if (typeof resource !== "string") {
    return resource.id;
  }
  return resource.startsWith("urn:pulumi:") ? pulumi.output(pulumi.unknown).apply(String) : resource;
}
