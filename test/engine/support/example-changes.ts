import type { ChangedResource, ProgramChange } from "./lifecycle.ts";

function update(resource: string, ...diffs: readonly string[]): ChangedResource {
  return { resource, op: "update", diffs };
}

/** What somebody changes of an example some day, by its folder, and what that must change: nothing else may. */
export const EXAMPLE_CHANGES: Readonly<Record<string, ProgramChange>> = {
  access: {
    what: "another end of the week on call",
    replace: 'notAfter: "2026-03-09T08:00:00Z"',
    by: 'notAfter: "2026-03-10T08:00:00Z"',
    steps: [
      update("aws:iam/policy:Policy::on-call-key-policy", "policy"),
      update("aws:iam/policy:Policy::on-call-policy", "policy"),
    ],
  },
  audit: {
    what: "another retention",
    replace: "dashboard: true,",
    by: "dashboard: true,\n  retentionDays: 90,",
    steps: [
      update("aws:cloudwatch/logGroup:LogGroup::audit-event-log-group", "retentionInDays"),
      update("aws:cloudwatch/logGroup:LogGroup::audit-trail-log-group", "retentionInDays"),
    ],
  },
  "central-logging": {
    what: "a longer lock on logs",
    replace: "objectLockDays: 90",
    by: "objectLockDays: 180",
    steps: [
      update(
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration::archive-bucket-object-lock",
        "rule",
      ),
    ],
  },
  "database-tunnel": {
    what: "another local port",
    replace: "localPort: 13_306",
    by: "localPort: 13_307",
    steps: [update("aws:ssm/document:Document::reports-document", "content")],
  },
  "existing-vpc": {
    what: "another idle timeout",
    replace: "idleTimeoutMinutes: 15",
    by: "idleTimeoutMinutes: 30",
    steps: [update("aws:ssm/document:Document::shell-document", "content")],
  },
  fleet: {
    what: "a larger fleet",
    replace: "maxSize: 8",
    by: "maxSize: 10",
    steps: [update("aws:autoscaling/group:Group::workers", "maxSize")],
  },
  hybrid: {
    what: "more machines outside EC2",
    replace: "registrationLimit: 20",
    by: "registrationLimit: 30",
    steps: [
      // AWS does not change an activation. What is registered stays.
      {
        resource: "aws:ssm/activation:Activation::plant",
        op: "create-replacement",
        diffs: ["registrationLimit"],
      },
      { resource: "aws:ssm/activation:Activation::plant", op: "replace", diffs: ["registrationLimit"] },
      { resource: "aws:ssm/activation:Activation::plant", op: "delete-replaced", diffs: [] },
    ],
  },
  minimal: {
    what: "a larger machine",
    replace: '("app", { network })',
    by: '("app", { network, instanceType: "t4g.medium" })',
    steps: [update("aws:ec2/instance:Instance::app-amazon-linux-2023-arm64", "instanceType")],
  },
  notebook: {
    what: "other packages",
    replace: 'packages: ["seaborn==0.13.*"]',
    by: 'packages: ["seaborn==0.13.*", "altair==5.*"]',
    steps: [
      // A new machine, and its volume is attached to it. In which order, workstation.test.ts says.
      {
        resource: "aws:ec2/instance:Instance::lab-amazon-linux-2023-arm64",
        op: "create-replacement",
        diffs: ["userData"],
      },
      {
        resource: "aws:ec2/instance:Instance::lab-amazon-linux-2023-arm64",
        op: "replace",
        diffs: ["userData"],
      },
      {
        resource: "aws:ec2/instance:Instance::lab-amazon-linux-2023-arm64",
        op: "delete-replaced",
        diffs: [],
      },
      { resource: "aws:ec2/volumeAttachment:VolumeAttachment::lab-data", op: "delete-replaced", diffs: [] },
      {
        resource: "aws:ec2/volumeAttachment:VolumeAttachment::lab-data",
        op: "replace",
        diffs: ["instanceId"],
      },
      {
        resource: "aws:ec2/volumeAttachment:VolumeAttachment::lab-data",
        op: "create-replacement",
        diffs: ["instanceId"],
      },
    ],
  },
  "operating-systems": {
    what: "a larger fleet",
    replace: "maxSize: 2",
    by: "maxSize: 4",
    steps: [update("aws:autoscaling/group:Group::almalinux", "maxSize")],
  },
  preferences: {
    what: "another idle timeout",
    replace: "idleTimeoutMinutes: 15",
    by: "idleTimeoutMinutes: 30",
    steps: [update("aws:ssm/document:Document::preferences-document", "content")],
  },
  "run-commands": {
    what: "another limit of a health check",
    replace: "maxDiskPercent: 85",
    by: "maxDiskPercent: 90",
    steps: [update("aws:ssm/document:Document::health-document", "content")],
  },
  "two-regions-two-accounts": {
    what: "endpoints in a second zone",
    replace: "endpointZones: 1",
    by: "endpointZones: 2",
    steps: ["prod", "prod-us", "staging"].flatMap((place) =>
      ["ssm", "ssmmessages"].map((service) =>
        update(`aws:ec2/vpcEndpoint:VpcEndpoint::${place}-network-${service}`, "subnetIds"),
      ),
    ),
  },
  upkeep: {
    what: "patches that wait longer",
    replace: "approveAfterDays: 3",
    by: "approveAfterDays: 7",
    steps: [update("aws:ssm/patchBaseline:PatchBaseline::upkeep-patches", "approvalRules")],
  },
};
