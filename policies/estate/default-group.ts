import { at, isAbsent, type Place } from "../reader/place.ts";
import { isUnreadable, readOneOrList, readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { kindOf } from "./kind.ts";
import { resolve } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";
import { relation } from "./whereabouts.ts";

const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc";

/** Resources that add one rule to a group that is there already, and where they name the group. */
const GROUP_RULE_TYPES: ReadonlyMap<string, string> = new Map([
  ["aws:ec2/securityGroupRule:SecurityGroupRule", "securityGroupId"],
  ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "securityGroupId"],
  ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "securityGroupId"],
]);

export function isGroupRule(type: string): boolean {
  return GROUP_RULE_TYPES.has(type);
}

/** One rule of the default group, or something in its place that cannot be told. */
export interface DefaultGroupRule {
  readonly path: string;
  readonly direction: "in" | "out";
  readonly cause: Unreadable | undefined;
}

/** The rules that an `aws.ec2.DefaultSecurityGroup` leaves; undefined: the resource is none. */
export function defaultGroupRules(record: ResourceRecord): readonly DefaultGroupRule[] | undefined {
  return record.type === DEFAULT_GROUP
    ? [...inline(record, "ingress", "in"), ...inline(record, "egress", "out")]
    : undefined;
}

const SOURCES = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups", "self"];

/** A block without a source makes no rule. */
function inline(
  record: ResourceRecord,
  property: string,
  direction: DefaultGroupRule["direction"],
): readonly DefaultGroupRule[] {
  const place = at(properties(record), property);
  const list = readOneOrList(place);
  if (isUnreadable(list)) {
    return [{ path: place.path, direction, cause: list }];
  }
  return list.kind === "absent"
    ? []
    : list.value.flatMap((block) => {
        const sources = SOURCES.map((key) => at(block, key));
        const lets = sources.some(namesSomeone);
        const cause = sources.flatMap(unreadableSource)[0];
        return lets || cause !== undefined
          ? [{ path: block.path, direction, cause: lets ? undefined : cause }]
          : [];
      });
}

function namesSomeone({ data }: Place): boolean {
  return Array.isArray(data) ? data.some((member) => member !== null) : data === true || data === "true";
}

function unreadableSource(place: Place): readonly Unreadable[] {
  const isSelf = typeof place.data === "boolean" || place.data === "true" || place.data === "false";
  if (isAbsent(place) || Array.isArray(place.data) || isSelf) {
    return [];
  }
  const read = readText(place);
  return isUnreadable(read)
    ? [read]
    : [{ kind: "malformed", path: place.path, expected: "a list", found: JSON.stringify(place.data) }];
}

/** What becomes of the default group of a VPC. */
export type DefaultGroupState =
  | { readonly kind: "managed"; readonly group: string }
  | { readonly kind: "perhaps-managed"; readonly group: string }
  /** AWS's own rules stand. */
  | { readonly kind: "left-open" };

/** The resource of the stack that takes over the default group of a VPC. */
export function defaultGroupOf(estate: Estate, vpc: ResourceRecord): DefaultGroupState {
  let perhaps: DefaultGroupState | undefined;
  for (const group of estate.byKind.get("default-security-group") ?? []) {
    const place = relation(estate, group, vpc, "region");
    if (place === "other") {
      continue;
    }
    const target = resolve(estate, group, at(properties(group), "vpcId"), ["vpc"]);
    const isMeant =
      target.kind === "found"
        ? target.records.some(({ urn }) => urn === vpc.urn)
        : target.kind === "absent" && vpc.type === DEFAULT_VPC;
    if (isMeant && (target.kind === "found" ? target.records.length === 1 : place === "same")) {
      return { kind: "managed", group: group.name };
    }
    if (isMeant || target.kind === "unreadable") {
      perhaps = { kind: "perhaps-managed", group: group.name };
    }
  }
  return perhaps ?? { kind: "left-open" };
}

/** Whether a rule's group is some VPC's default one. */
export type RuleGroup =
  | { readonly kind: "default-group"; readonly owner: string }
  | { readonly kind: "other" }
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] }
  | { readonly kind: "outside"; readonly id: string }
  | { readonly kind: "unreadable"; readonly cause: Unreadable };

/**
 * The group that a rule is added to. A VPC gives but one group, its default one: an id that is not known yet and was
 * computed from a VPC and no group is that one's. An id that is computed from other resources of the stack only is not.
 */
export function groupOfRule(estate: Estate, record: ResourceRecord): RuleGroup {
  const property = GROUP_RULE_TYPES.get(record.type) ?? "";
  const place = at(properties(record), property);
  const target = resolve(estate, record, place, ["default-security-group", "security-group", "vpc"]);
  switch (target.kind) {
    case "absent":
      return {
        kind: "unreadable",
        cause: {
          kind: "malformed",
          path: property,
          expected: "the id of a security group",
          found: "nothing",
        },
      };
    case "outside":
      return isComputedFromOthers(estate, record, property)
        ? { kind: "other" }
        : { kind: "outside", id: target.value };
    case "unreadable":
      return target.cause.kind === "unknown" && isComputedFromOthers(estate, record, property)
        ? { kind: "other" }
        : { kind: "unreadable", cause: target.cause };
    case "found": {
      const ordinary = target.records.filter(({ type }) => kindOf(type) === "security-group");
      if (ordinary.length === target.records.length) {
        return { kind: "other" };
      }
      const candidates = target.records.map(({ name }) => name);
      return ordinary.length === 0
        ? { kind: "default-group", owner: candidates.join(", ") }
        : { kind: "ambiguous", candidates };
    }
  }
}

/** From resources of the provider alone, none of which has a default group. */
function isComputedFromOthers(estate: Estate, record: ResourceRecord, property: string): boolean {
  const urns = record.dependencies[property] ?? [];
  return (
    urns.length > 0 &&
    urns.every((urn) => {
      const type = estate.members.get(urn)?.type;
      return type?.startsWith("aws:") === true && !MAY_GIVE_DEFAULT_GROUP.test(type);
    })
  );
}

/** What a default group's id may be computed from, looked up by the VPC's id or the VPC's subnets included. */
const MAY_GIVE_DEFAULT_GROUP =
  /^aws:ec2\/(vpc|defaultVpc|subnet|defaultSubnet|defaultSecurityGroup|securityGroup):/i;
