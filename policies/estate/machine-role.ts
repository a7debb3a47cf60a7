import { at, type Place } from "../reader/place.ts";
import { isUnreadable, known, type Read, readOneOrList, readText } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import type { Principal } from "./principal.ts";
import { resolve, type Resolution, resolveName, unnamed } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";
import { accountScope, relation } from "./whereabouts.ts";

/** A role that a resource gives to machines. */
interface RoleReference {
  readonly place: Place;
  /** Whether the resource certainly is about machines. */
  readonly certain: boolean;
}

/** Every form in which a role is given to machines, by resource type. */
export const MACHINE_ROLE_FORMS: ReadonlyMap<string, (record: ResourceRecord) => readonly RoleReference[]> =
  new Map([
    ["aws:iam/instanceProfile:InstanceProfile", named("role")],
    ["aws:index/iamInstanceProfile:IamInstanceProfile", named("role")],
    ["aws:ssm/activation:Activation", named("iamRole")],
    ["aws:ssm/serviceSetting:ServiceSetting", hostManagement],
    ["aws-native:iam:InstanceProfile", named("roles")],
  ]);

/** The role that a resource gives to machines. */
export interface MachineRoleUse {
  /** Name of the resource, such as an instance profile. */
  readonly resource: string;
  /** The resource may mean another role, or nothing of machines; `unresolved`: it may mean any role. */
  readonly certain: boolean | "unresolved";
  /** What it calls the role, where that is not in the stack. */
  readonly outside: string | undefined;
}

/** Which roles are given to machines. */
interface MachineRoles {
  /** By the role's {@link roleKey}. */
  readonly uses: ReadonlyMap<string, MachineRoleUse>;
  /** Resources that give machines a role that is not known. */
  readonly unresolved: readonly ResourceRecord[];
}

const read = new WeakMap<Estate, MachineRoles>();

/**
 * The resources by which each role is given to machines: instance profiles, hybrid activations, and Default Host
 * Management; by the role's {@link roleKey}.
 */
export function machineRolesOf(estate: Estate): ReadonlyMap<string, MachineRoleUse> {
  return rolesOf(estate).uses;
}

/** How a role is given to machines, or may be; undefined where it is not. */
export function machineRoleUse(
  estate: Estate,
  principal: Pick<Principal, "facts" | "name" | "scope">,
): MachineRoleUse | undefined {
  const { uses, unresolved } = rolesOf(estate);
  const role = principal.facts?.record;
  const giver = unresolved.find(
    (each) => role === undefined || relation(estate, each, role, "account") !== "other",
  );
  return (
    uses.get(roleKey(principal)) ??
    (giver === undefined ? undefined : { resource: giver.name, certain: "unresolved", outside: undefined })
  );
}

function rolesOf(estate: Estate): MachineRoles {
  let roles = read.get(estate);
  if (roles === undefined) {
    roles = collect(estate);
    read.set(estate, roles);
  }
  return roles;
}

function collect(estate: Estate): MachineRoles {
  const uses = new Map<string, MachineRoleUse>();
  const unresolved: ResourceRecord[] = [];
  for (const { record } of estate.facts.values()) {
    for (const { place, certain } of MACHINE_ROLE_FORMS.get(record.type)?.(record) ?? []) {
      const target = roleOfMachines(estate, record, place);
      const keys = keysOf(target, accountScope(estate, record));
      // A role whose name is not known yet may turn out to be the one that is named.
      const mayBeUnnamed = target.kind === "outside" && unnamed(estate, record, "role").length > 0;
      if (target.kind === "unreadable" || mayBeUnnamed) {
        unresolved.push(record);
      }
      const isSure = certain && keys.length === 1;
      for (const key of keys) {
        if (isSure || !uses.has(key)) {
          const outside = target.kind === "outside" ? target.value : undefined;
          uses.set(key, { resource: record.name, certain: isSure, outside });
        }
      }
    }
  }
  return { uses, unresolved };
}

/** How a role is known in the stack: by its URN, and one of another stack by its name in its account. */
export function roleKey({ facts, name, scope }: Pick<Principal, "facts" | "name" | "scope">): string {
  return facts?.record.urn ?? outsideKey(name, scope);
}

function outsideKey(name: string, scope: string): string {
  return name.startsWith("arn:") ? `role ${name}` : `role ${name} of ${scope}`;
}

function keysOf(target: Resolution, scope: string): readonly string[] {
  switch (target.kind) {
    case "found":
      return target.records.map(({ urn }) => urn);
    case "outside":
      return [outsideKey(target.value, scope)];
    case "absent":
    case "unreadable":
      return [];
  }
}

/** The role that a resource gives to machines at a place; a name may have the role's path before it. */
export function roleOfMachines(estate: Estate, record: ResourceRecord, place: Place): Resolution {
  const name = readText(place);
  const last =
    name.kind === "known" && !name.value.startsWith("arn:") ? name.value.split("/").at(-1) : undefined;
  return last === undefined
    ? resolve(estate, record, place, ["role"])
    : resolveName(estate, record, last, ["role"]);
}

function named(property: string): (record: ResourceRecord) => readonly RoleReference[] {
  return (record) => {
    const place = at(properties(record), property);
    const list = readOneOrList(place);
    const places = isUnreadable(list) ? [place] : list.kind === "absent" ? [] : list.value;
    return places.map((each) => ({ place: each, certain: true }));
  };
}

/**
 * Default Host Management: one role for every instance of a Region that has no other.
 *
 * Source: Systems Manager User Guide, "Managing EC2 instances automatically with Default Host Management Configuration".
 */
const HOST_MANAGEMENT = "ssm/managed-instance/default-ec2-instance-management-role";

function hostManagement(record: ResourceRecord): readonly RoleReference[] {
  const props = properties(record);
  const isAbout: Read<boolean> = mapText(at(props, "settingId"), (id) => id.endsWith(HOST_MANAGEMENT));
  if (isAbout.kind === "absent" || (isAbout.kind === "known" && !isAbout.value)) {
    return [];
  }
  const place = at(props, "settingValue");
  // AWS's own value for "off".
  const isOff = place.data === "$None";
  return isOff ? [] : [{ place, certain: isAbout.kind === "known" }];
}

function mapText(place: Place, test: (text: string) => boolean): Read<boolean> {
  const text = readText(place);
  return text.kind === "known" ? known(test(text.value)) : text;
}
