import type { Model } from "./model.ts";
import * as athena from "./resources/athena/athena.ts";
import { group as autoscalingGroup } from "./resources/autoscaling/group.ts";
import { schedule } from "./resources/autoscaling/schedule.ts";
import { trail } from "./resources/cloudtrail/trail.ts";
import { dashboard } from "./resources/cloudwatch/dashboard.ts";
import * as events from "./resources/cloudwatch/events.ts";
import * as logs from "./resources/cloudwatch/logs.ts";
import { metricAlarm } from "./resources/cloudwatch/metric-alarm.ts";
import * as accountDefaults from "./resources/ec2/account-defaults.ts";
import { dedicatedHost } from "./resources/ec2/dedicated-host.ts";
import * as dhcpOptions from "./resources/ec2/dhcp-options.ts";
import { eip, eipAssociation } from "./resources/ec2/eip.ts";
import { flowLog } from "./resources/ec2/flow-log.ts";
import * as gateways from "./resources/ec2/gateways.ts";
import { instanceConnectEndpoint } from "./resources/ec2/instance-connect-endpoint.ts";
import { instance, keyPair } from "./resources/ec2/instance.ts";
import { launchTemplate } from "./resources/ec2/launch-template.ts";
import * as networkAcl from "./resources/ec2/network-acl.ts";
import * as networkInterface from "./resources/ec2/network-interface.ts";
import * as routing from "./resources/ec2/routing.ts";
import * as securityGroupRule from "./resources/ec2/security-group-rule.ts";
import * as securityGroup from "./resources/ec2/security-group.ts";
import { subnet } from "./resources/ec2/subnet.ts";
import * as vpcEndpoint from "./resources/ec2/vpc-endpoint.ts";
import * as volumes from "./resources/ec2/volume.ts";
import { vpc } from "./resources/ec2/vpc.ts";
import * as glue from "./resources/glue/catalog.ts";
import * as people from "./resources/iam/people.ts";
import * as policies from "./resources/iam/policies.ts";
import * as roles from "./resources/iam/role.ts";
import * as keys from "./resources/kms/keys.ts";
import * as functions from "./resources/lambda/function.ts";
import * as databases from "./resources/rds/database.ts";
import * as bucketSettings from "./resources/s3/bucket-settings.ts";
import * as buckets from "./resources/s3/bucket.ts";
import * as topics from "./resources/sns/topic.ts";
import { activation } from "./resources/ssm/activation.ts";
import * as associations from "./resources/ssm/association.ts";
import { document } from "./resources/ssm/document.ts";
import * as maintenanceWindows from "./resources/ssm/maintenance-window.ts";
import { parameter } from "./resources/ssm/parameter.ts";
import * as patching from "./resources/ssm/patching.ts";
import * as permissionSets from "./resources/ssoadmin/permission-set.ts";
import schemaJson from "./schema/schema.json" with { type: "json" };
import type { ObjectSchema, ResourceSchema, Schema } from "./schema/schema.ts";

const SCHEMA: Schema = schemaJson;

const MODELS: ReadonlyMap<string, Model> = new Map(
  [
    ...[
      accountDefaults,
      associations,
      athena,
      bucketSettings,
      buckets,
      databases,
      dhcpOptions,
      events,
      functions,
      gateways,
      glue,
      keys,
      logs,
    ].flatMap((family) => Object.values(family)),
    ...[
      networkAcl,
      networkInterface,
      people,
      permissionSets,
      policies,
      roles,
      routing,
      securityGroup,
      securityGroupRule,
      topics,
    ].flatMap((family) => Object.values(family)),
    ...[maintenanceWindows, patching, volumes, vpcEndpoint].flatMap((family) => Object.values(family)),
    activation,
    autoscalingGroup,
    dashboard,
    dedicatedHost,
    document,
    eip,
    eipAssociation,
    flowLog,
    instance,
    instanceConnectEndpoint,
    keyPair,
    launchTemplate,
    metricAlarm,
    parameter,
    schedule,
    subnet,
    trail,
    vpc,
  ].map((model) => [model.type, model]),
);

/** The version of `@pulumi/aws` whose typings the simulation follows. */
export const AWS_VERSION: string = SCHEMA.version;

/** The model of a type; undefined where the simulation has none. */
export function modelOf(type: string): Model | undefined {
  return MODELS.get(type);
}

/** The properties of a type; undefined where the simulation does not know it. */
export function schemaOf(type: string): ResourceSchema | undefined {
  return SCHEMA.resources[type];
}

/** The nested types that the schemas name. */
export function typesOfSchema(): Schema["types"] {
  return SCHEMA.types;
}

/** What the provider's configuration takes. */
export function configurationSchema(): ObjectSchema {
  return SCHEMA.provider;
}

/** The result of a lookup; undefined where the schema does not describe it. */
export function lookupResultOf(token: string): ObjectSchema | undefined {
  return SCHEMA.lookups[token];
}

/** Every type that is modelled, in alphabetical order. */
export function modelledTypes(): readonly string[] {
  return [...MODELS.keys()].toSorted();
}
