import { type Data, type DataMap, isDataMap, mentionsUnknown, UNKNOWN } from "../reader/data.ts";
import { at, root } from "../reader/place.ts";
import { known } from "../reader/read.ts";
import { readDocument } from "../reader/structured-text.ts";

/** The account that a provider works in, where its configuration says so. */
export function accountOfProvider(inputs: DataMap | undefined): string | undefined {
  // The roles are assumed one after another, the web identity's first.
  const chain = ["assumeRoleWithWebIdentity", "assumeRole", "assumeRoles"].flatMap((property) =>
    listOf(inputs, property),
  );
  const role = chain.at(-1);
  const roleArn = isDataMap(role) ? textOf(role, "roleArn") : undefined;
  if (roleArn !== undefined) {
    return /^\d{12}$/.exec(roleArn.split(":", 6)[4] ?? "")?.[0];
  }
  const [only, ...others] = listOf(inputs, "allowedAccountIds");
  return others.length === 0 && typeof only === "string" ? only : undefined;
}

/** A provider's configuration travels as texts, its lists as JSON. */
function listOf(inputs: DataMap | undefined, property: string): readonly Data[] {
  const place = at(root(inputs ?? {}), property);
  const value = Array.isArray(place.data) ? known(place.data) : readDocument(place, "json");
  if (value.kind !== "known") {
    return [];
  }
  return Array.isArray(value.value) ? value.value : [value.value];
}

export function textOf(inputs: DataMap | undefined, property: string): string | undefined {
  const value = isDataMap(inputs) ? inputs[property] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What a provider's configuration says of who it is; in another account it says something else. */
const CREDENTIALS: readonly string[] = [
  "accessKey",
  "allowedAccountIds",
  "assumeRole",
  "assumeRoleWithWebIdentity",
  "assumeRoles",
  "ec2MetadataServiceEndpoint",
  "endpoints",
  "forbiddenAccountIds",
  "profile",
  "secretKey",
  "sharedConfigFiles",
  "sharedCredentialsFile",
  "sharedCredentialsFiles",
  "token",
];

const credentials = new WeakMap<DataMap, { readonly text: string | undefined }>();

/**
 * Who a provider is, to be compared: providers with the same credentials work in one account, whatever their Regions, as
 * what they take from elsewhere is the same too. Undefined where something of it is not known, or the pack was not told.
 */
export function credentialsOf(inputs: DataMap | undefined): string | undefined {
  if (inputs === undefined) {
    return undefined;
  }
  let read = credentials.get(inputs);
  if (read === undefined) {
    const said = CREDENTIALS.map((property) => inputs[property] ?? null);
    read = { text: said.some(holdsUnknown) ? undefined : JSON.stringify(said) };
    credentials.set(inputs, read);
  }
  return read.text;
}

function holdsUnknown(data: Data): boolean {
  if (data === UNKNOWN || (typeof data === "string" && mentionsUnknown(data))) {
    return true;
  }
  if (Array.isArray(data)) {
    return data.some((member: Data) => holdsUnknown(member));
  }
  return isDataMap(data) && Object.values(data).some(holdsUnknown);
}
