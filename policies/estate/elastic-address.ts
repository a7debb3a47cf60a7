import { at, isAbsent, type Place } from "../reader/place.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** An Elastic IP that is given to a machine or to a network interface. */
export interface ElasticAddress {
  /** The id of the machine or interface. */
  readonly target: Place;
}

/**
 * Every form in which an Elastic IP is given to one machine. NAT gateways and load balancers take theirs by allocation,
 * in properties of their own.
 */
export const ELASTIC_ADDRESS_FORMS: ReadonlyMap<
  string,
  (record: ResourceRecord) => readonly ElasticAddress[]
> = new Map([
  ["aws:ec2/eip:Eip", (record) => targets(record, "instance", "networkInterface")],
  ["aws:ec2/eipAssociation:EipAssociation", (record) => targets(record, "instanceId", "networkInterfaceId")],
]);

function targets(record: ResourceRecord, ...keys: readonly string[]): readonly ElasticAddress[] {
  return keys
    .map((key) => at(properties(record), key))
    .filter((target) => !isAbsent(target) && target.data !== "")
    .map((target) => ({ target }));
}
