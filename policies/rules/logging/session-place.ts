import type { Estate } from "../../estate/estate.ts";
import { machinesOfRoles } from "../../estate/machine-places.ts";
import { properties, type ResourceRecord } from "../../estate/resource-record.ts";
import { accountOf, type Relation, regionOf, relation } from "../../estate/whereabouts.ts";
import { at, isAbsent } from "../../reader/place.ts";

/** Whether sessions of a document can be held on machines of a role, by where both are. */
export type Meeting =
  | { readonly kind: "same" | "other" }
  /** Nothing says so; `reason` says what is missing. */
  | { readonly kind: "unsure"; readonly reason: string };

/**
 * A session is held in one account and Region: that of its machine, where its document is looked up. A role belongs to
 * an account, and has machines in the Regions of whatever the stack gives it to; of a role that the stack gives to no
 * machine only the account counts.
 *
 * A document that is shared may be used in other accounts, and nothing of the stack says that it is.
 *
 * Source: Systems Manager User Guide, "Sharing SSM documents"; API Reference, StartSession.
 */
export function meetingOf(estate: Estate, role: ResourceRecord, document: ResourceRecord): Meeting {
  const machines = onePerPlace(estate, role);
  const account = relation(estate, role, document, "account");
  const relations = machines.map((machine) => relation(estate, machine, document, "region"));
  const place = relations.length === 0 ? account : closest(relations);
  if (account === "other" || place === "other") {
    const isElsewhere =
      relations.length > 0 && machines.every((machine) => isOtherRegion(estate, machine, document));
    return isElsewhere || !isShared(document)
      ? { kind: "other" }
      : { kind: "unsure", reason: `\`${document.name}\` is shared, and may be used in the role's account` };
  }
  if (account === "same" && place === "same") {
    return { kind: "same" };
  }
  return { kind: "unsure", reason: whyUnsure(estate, role, machines, document, account) };
}

const places = new WeakMap<Estate, Map<string, readonly ResourceRecord[]>>();

/** Of a role's machines, which may be thousands, one for each place. */
function onePerPlace(estate: Estate, { urn }: ResourceRecord): readonly ResourceRecord[] {
  const ofEstate = places.get(estate) ?? new Map<string, readonly ResourceRecord[]>();
  places.set(estate, ofEstate);
  let chosen = ofEstate.get(urn);
  if (chosen === undefined) {
    const machines = machinesOfRoles(estate).get(urn) ?? [];
    const byPlace = new Map(
      machines.map((machine) => [
        [machine.provider, regionOf(estate, machine), accountOf(estate, machine)].join(" "),
        machine,
      ]),
    );
    chosen = [...byPlace.values()];
    ofEstate.set(urn, chosen);
  }
  return chosen;
}

function closest(relations: readonly Relation[]): Relation {
  return relations.includes("same") ? "same" : relations.includes("unsure") ? "unsure" : "other";
}

function isOtherRegion(estate: Estate, machine: ResourceRecord, document: ResourceRecord): boolean {
  const [mine, its] = [regionOf(estate, machine), regionOf(estate, document)];
  return mine !== undefined && its !== undefined && mine !== its;
}

/** Whether other accounts may use the document, as far as it says so itself: `accountIds`, a list in one text. */
function isShared(document: ResourceRecord): boolean {
  const accounts = at(at(properties(document), "permissions"), "accountIds");
  return !isAbsent(accounts) && accounts.data !== "";
}

function whyUnsure(
  estate: Estate,
  role: ResourceRecord,
  machines: readonly ResourceRecord[],
  document: ResourceRecord,
  account: Relation,
): string {
  if (account !== "same") {
    return `whether ${whose(estate, role)} and ${whose(estate, document)} are in one account is not known`;
  }
  const [machine] = machines;
  return `whether ${whose(estate, machine ?? role)} and ${whose(estate, document)} are in one Region is not known`;
}

/** A resource, with what is known of where it is. */
function whose(estate: Estate, record: ResourceRecord): string {
  const provider = record.provider?.split("::").at(-1);
  const told = [accountOf(estate, record), regionOf(estate, record)]
    .filter((part) => part !== undefined)
    .join(", ");
  return [
    `\`${record.name}\``,
    ...(provider === undefined ? [] : [`of the provider \`${provider}\``]),
    ...(told === "" ? [] : [`(${told})`]),
  ].join(" ");
}
