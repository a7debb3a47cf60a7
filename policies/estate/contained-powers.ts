import { type DataMap, isDataMap } from "../reader/data.ts";
import { at, isAbsent, type Place } from "../reader/place.ts";
import { readText } from "../reader/read.ts";
import { readDocument } from "../reader/structured-text.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";
import { EVERYTHING, type Power } from "./unmodelled.ts";
import { EVERY_MACHINE_POWER, LAUNCHING } from "./unmodelled-machines.ts";

const MACHINES: readonly Power[] = [...LAUNCHING, "inbound-rules"];

/** What resources of a service of CloudFormation's may hold; services that are not here hold nothing rules ask about. */
const SERVICES: ReadonlyMap<string, readonly Power[]> = new Map([
  ["AutoScaling", MACHINES],
  ["Batch", MACHINES],
  ["Cloud9", MACHINES],
  ["CloudFormation", EVERYTHING],
  ["Config", EVERYTHING], // Conformance packs hold templates.
  ["DataPipeline", MACHINES],
  ["Deadline", MACHINES],
  ["EC2", [...EVERY_MACHINE_POWER, "inbound-rules"]],
  ["ECS", MACHINES],
  ["EKS", MACHINES],
  ["EMR", MACHINES],
  ["ElasticBeanstalk", MACHINES],
  ["GameLift", MACHINES],
  ["IAM", ["permissions"]],
  ["ImageBuilder", MACHINES],
  ["KMS", ["session-logs"]],
  ["Lightsail", MACHINES],
  ["Logs", ["session-logs"]],
  ["OpsWorks", MACHINES],
  ["OpsWorksCM", MACHINES],
  ["PCS", MACHINES],
  ["Proton", EVERYTHING],
  ["S3", ["session-logs"]],
  ["SSM", ["permissions", "session-logs"]],
  ["SSMQuickSetup", EVERYTHING],
  ["SSO", ["permissions"]],
  ["ServiceCatalog", EVERYTHING],
]);

/** Resources that say by a template, or by a type of CloudFormation's, what they make. */
const CONTAINERS: ReadonlyMap<string, (props: Place) => readonly Power[] | undefined> = new Map([
  ["aws:cloudcontrol/resource:Resource", (props) => powersOfTypeAt(at(props, "typeName"))],
  ["aws:cloudformation/stack:Stack", templatePowers],
  ["aws:cloudformation/stackSet:StackSet", templatePowers],
  ["aws-native:cloudformation:Stack", templatePowers],
  ["aws-native:cloudformation:StackSet", templatePowers],
  ["aws-native:index:ExtensionResource", (props) => powersOfTypeAt(at(props, "type"))],
  ["aws:sagemaker/notebookInstance:NotebookInstance", notebookPowers],
]);

/**
 * A notebook's machine stands in an account of AWS's, and has the role of yours. Where it does not say that it wants IMDSv2,
 * the platform decides.
 */
function notebookPowers(props: Place): readonly Power[] | undefined {
  const options = at(props, "instanceMetadataServiceConfiguration");
  const version = readText(at(options, "minimumInstanceMetadataServiceVersion"));
  return version.kind === "known" && version.value === "2" ? [] : undefined;
}

/**
 * The powers of what a resource contains, as far as that is written in it; undefined where it is not, or cannot be told.
 *
 * Only services are told apart: whether a bucket of a template is one that keeps session logs is not.
 */
export function containedPowers(record: ResourceRecord): readonly Power[] | undefined {
  return CONTAINERS.get(record.type)?.(properties(record));
}

/** A template that is elsewhere, or is rewritten before it is run, may hold anything. */
function templatePowers(props: Place): readonly Power[] | undefined {
  const template = readDocument(at(props, "templateBody"), "template");
  if (template.kind !== "known" || !isDataMap(template.value) || !isAbsent(at(props, "templateUrl"))) {
    return undefined;
  }
  const { Resources: resources } = template.value;
  if (!isDataMap(resources) || Object.hasOwn(template.value, "Transform")) {
    return undefined;
  }
  const powers = Object.keys(resources).map((name) => powersOfMember(resources, name));
  return powers.some((each) => each === undefined)
    ? undefined
    : [...new Set(powers.flatMap((each) => each ?? []))];
}

function powersOfMember(resources: DataMap, name: string): readonly Power[] | undefined {
  return powersOfTypeAt(at(at({ data: resources, path: "Resources" }, name), "Type"));
}

/** `AWS::SNS::Topic`; undefined for modules, macros, custom resources and other people's types. */
function powersOfTypeAt(place: Place): readonly Power[] | undefined {
  const type = readText(place);
  const [, service] = type.kind === "known" ? (/^AWS::(\w+)::\w+$/.exec(type.value) ?? []) : [];
  return service === undefined ? undefined : (SERVICES.get(service) ?? []);
}
