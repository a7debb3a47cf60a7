/**
 * Pulumi's URNs: `urn:pulumi:STACK::PROJECT::PARENT_TYPE$TYPE::NAME`.
 *
 * Source: pulumi/pulumi, sdk/go/common/resource/urn/urn.go and sdk/go/common/resource/alias.go.
 */

export const STACK_TYPE = "pulumi:pulumi:Stack";

const PREFIX = "urn:pulumi:";

/** The URN of a resource below `parent` (empty, or the stack's: none). */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent === "" ? "" : qualifiedTypeOf(parent);
  const qualified = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `${PREFIX}${stack}::${project}::${qualified}::${name}`;
}

export function isUrn(text: string): boolean {
  return text.startsWith(PREFIX) && text.split("::").length >= 4;
}

/** The type with those of its parents, as in `awsx:ec2:Vpc$aws:ec2/vpc:Vpc`. */
export function qualifiedTypeOf(urn: string): string {
  return urn.split("::", 3)[2] ?? "";
}

export function typeOf(urn: string): string {
  const qualified = qualifiedTypeOf(urn);
  return qualified.slice(qualified.lastIndexOf("$") + 1);
}

/** The logical name; it may hold `::` itself. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The package of a type token: `aws` of `aws:ec2/vpc:Vpc`. */
export function packageOf(token: string): string {
  const end = token.indexOf(":");
  return end === -1 ? token : token.slice(0, end);
}

/** Whether a token has the three parts that a custom resource's type needs. */
export function isTypeToken(token: string): boolean {
  const parts = token.split(":");
  return parts.length === 3 && parts[0] !== "" && parts[2] !== "";
}
