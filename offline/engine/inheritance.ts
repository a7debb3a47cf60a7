import { parseProviderReference, providedPackage } from "./provider-reference.ts";
import type { Registration, RegistrationOptions } from "./registration.ts";
import { packageOf, typeOf } from "./urn.ts";

/** The options of a parent that its children take over. */
export interface InheritedOptions {
  readonly provider: string;
  readonly protect: boolean | undefined;
  readonly retainOnDelete: boolean | undefined;
  readonly deletedWith: string;
}

/**
 * The options of a child below this parent. A provider is inherited only by a resource of the same package, or by a
 * local component, which hands it on.
 *
 * Source: pulumi/pulumi, pkg/resource/deploy/source_eval.go, inheritFromParent.
 */
export function inheritOptions(
  child: Registration,
  parent: InheritedOptions | undefined,
): RegistrationOptions {
  if (parent === undefined) {
    return child.options;
  }
  const { options } = child;
  return {
    ...options,
    deletedWith: options.deletedWith === "" ? parent.deletedWith : options.deletedWith,
    protect: options.protect ?? parent.protect,
    retainOnDelete: options.retainOnDelete ?? parent.retainOnDelete,
    provider: options.provider === "" && handsOn(child, parent.provider) ? parent.provider : options.provider,
  };
}

function handsOn(child: Registration, parentProvider: string): boolean {
  if (!child.remote && !child.custom) {
    return true;
  }
  const reference = parseProviderReference(parentProvider);
  return reference !== undefined && providedPackage(typeOf(reference.urn)) === packageOf(child.type);
}

/** The explicit provider of a resource: its own, one given to it by package, or its component's for that package. */
export function explicitProvider(
  options: RegistrationOptions,
  packageName: string,
  componentProviders: { readonly [packageName: string]: string } | undefined,
): string {
  if (options.provider !== "") {
    return options.provider;
  }
  return options.providers[packageName] ?? componentProviders?.[packageName] ?? "";
}
