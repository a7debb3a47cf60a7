/** A provider reference is `urn::id`; the URN has colons of its own. Both parts are empty where there is none. */
export function providerUrn(reference: string): { readonly urn: string; readonly id: string } {
  const at = reference.lastIndexOf("::");
  return at < 0 ? { urn: "", id: "" } : { urn: reference.slice(0, at), id: reference.slice(at + 2) };
}
