import { packageOf } from "./urn.ts";

/**
 * References to providers (`urn::id`) and the names of default ones.
 *
 * Source: pulumi/pulumi, sdk/go/common/resource/providers and pkg/resource/deploy/providers/provider.go.
 */

const PROVIDER_TYPE_PREFIX = "pulumi:providers:";

export function providerType(packageName: string): string {
  return `${PROVIDER_TYPE_PREFIX}${packageName}`;
}

export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_TYPE_PREFIX);
}

/** The package that a provider of this type manages. */
export function providedPackage(type: string): string {
  return type.slice(PROVIDER_TYPE_PREFIX.length);
}

export function providerReference(urn: string, id: string): string {
  return `${urn}::${id}`;
}

/** Splits `urn::id`; undefined where the text is no reference. */
export function parseProviderReference(
  reference: string,
): { readonly urn: string; readonly id: string } | undefined {
  const at = reference.lastIndexOf("::");
  if (at <= 0 || !reference.startsWith("urn:pulumi:")) {
    return undefined;
  }
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
}

/** What a program asks for when it names no provider. */
export interface ProviderRequest {
  readonly packageName: string;
  /** The version of the package; empty: any. */
  readonly version: string;
  readonly downloadUrl: string;
  /** The plugin that implements a parameterized package, and what it is parameterized with. */
  readonly parameterization?: {
    readonly pluginName: string;
    readonly pluginVersion: string;
    /** Base64. */
    readonly value: string;
  };
}

/** Equal for requests that share a default provider. */
export function requestKey(request: ProviderRequest): string {
  const version = request.version === "" ? "" : `-${request.version}`;
  const url = request.downloadUrl === "" ? "" : `-${request.downloadUrl}`;
  return `${request.packageName}${version}${url}`;
}

/** `default_7_48_0`; a pre-release's and a build's parts follow, each after an underscore. */
export function defaultProviderName(request: ProviderRequest): string {
  const version =
    request.version === "" ? "" : `_${request.version.split(/[.+]|-(?=[0-9A-Za-z])/u).join("_")}`;
  const url = request.downloadUrl === "" ? "" : `_${request.downloadUrl.replaceAll(/[^0-9A-Za-z_.]/gu, "_")}`;
  return `default${version}${url}`;
}

export function requestFor(token: string, version: string, downloadUrl: string): ProviderRequest {
  return { packageName: packageOf(token), version, downloadUrl: downloadUrl.replace(/\/$/u, "") };
}
