import { at, atFirst, isAbsent, type Place } from "../reader/place.ts";
import { isUnreadable, readOneOrList, readText } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { MACHINE_ROLE_FORMS, roleOfMachines } from "./machine-role.ts";
import { resolve, resolveName } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** Where a resource names the instance profile of its machines. */
const PROFILE_FORMS: ReadonlyMap<string, (props: Place) => readonly Place[]> = new Map([
  ["aws:batch/computeEnvironment:ComputeEnvironment", under("computeResources", "instanceRole")],
  ["aws:ec2/instance:Instance", under("iamInstanceProfile")],
  ["aws:ec2/launchConfiguration:LaunchConfiguration", under("iamInstanceProfile")],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    (props) => [atFirst(at(props, "iamInstanceProfile"), "name", "arn")],
  ],
  [
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    (props) =>
      membersOf(at(props, "launchSpecifications")).map((each) =>
        atFirst(each, "iamInstanceProfile", "iamInstanceProfileArn"),
      ),
  ],
  ["aws:ec2/spotInstanceRequest:SpotInstanceRequest", under("iamInstanceProfile")],
  ["aws:emr/cluster:Cluster", under("ec2Attributes", "instanceProfile")],
  ["aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration", under("instanceProfileName")],
]);

/** Where a resource names the role of its machines; what stands for a whole account, such as a profile, has no Region. */
const ROLE_FORMS: ReadonlyMap<string, (props: Place) => readonly Place[]> = new Map([
  ["aws:eks/nodeGroup:NodeGroup", under("nodeRoleArn")],
]);

const REGIONAL_GIVERS: ReadonlySet<string> = new Set([
  "aws:ssm/activation:Activation",
  "aws:ssm/serviceSetting:ServiceSetting",
]);

const found = new WeakMap<Estate, ReadonlyMap<string, readonly ResourceRecord[]>>();

/**
 * The resources of the stack that stand for machines of a role, each in a Region: instances, templates, fleets, hybrid
 * activations, Default Host Management; by the role's URN. A role that is not here has machines elsewhere, or none: an
 * instance profile is for all Regions of its account.
 */
export function machinesOfRoles(estate: Estate): ReadonlyMap<string, readonly ResourceRecord[]> {
  let machines = found.get(estate);
  if (machines === undefined) {
    machines = collect(estate);
    found.set(estate, machines);
  }
  return machines;
}

function collect(estate: Estate): ReadonlyMap<string, readonly ResourceRecord[]> {
  const machines = new Map<string, Set<ResourceRecord>>();
  const add = (role: ResourceRecord, machine: ResourceRecord): void => {
    const mine = machines.get(role.urn) ?? new Set();
    machines.set(role.urn, mine);
    mine.add(machine);
  };
  const addGiven = (giver: ResourceRecord, machine: ResourceRecord): void => {
    for (const { place } of MACHINE_ROLE_FORMS.get(giver.type)?.(giver) ?? []) {
      const target = roleOfMachines(estate, giver, place);
      for (const role of target.kind === "found" ? target.records : []) {
        add(role, machine);
      }
    }
  };
  for (const { record } of estate.facts.values()) {
    if (REGIONAL_GIVERS.has(record.type)) {
      addGiven(record, record);
    }
    for (const place of PROFILE_FORMS.get(record.type)?.(properties(record)) ?? []) {
      for (const profile of profilesAt(estate, record, place)) {
        addGiven(profile, record);
      }
    }
    for (const place of ROLE_FORMS.get(record.type)?.(properties(record)) ?? []) {
      const target = roleOfMachines(estate, record, place);
      for (const role of target.kind === "found" ? target.records : []) {
        add(role, record);
      }
    }
  }
  return new Map([...machines].map(([urn, records]) => [urn, [...records]]));
}

/** A name may have the profile's path before it. */
function profilesAt(estate: Estate, machine: ResourceRecord, place: Place): readonly ResourceRecord[] {
  if (isAbsent(place) || place.data === "") {
    return [];
  }
  const name = readText(place);
  const target =
    name.kind === "known" && !name.value.startsWith("arn:")
      ? resolveName(estate, machine, name.value.split("/").at(-1) ?? "", ["instance-profile"])
      : resolve(estate, machine, place, ["instance-profile"]);
  return target.kind === "found" ? target.records : [];
}

function under(...path: readonly string[]): (props: Place) => readonly Place[] {
  return (props) => [path.reduce(at, props)];
}

function membersOf(place: Place): readonly Place[] {
  const list = readOneOrList(place);
  return isUnreadable(list) || list.kind === "absent" ? [] : list.value;
}
