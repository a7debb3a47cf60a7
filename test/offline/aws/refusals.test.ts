import assert from "node:assert/strict";

import type { WireMap } from "../../../offline/protocol/wire.ts";
import { LEAST } from "./support/samples.ts";
import { refused } from "./support/simulation.ts";

const KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-4123-8123-123456789012";

function mixed(distribution: WireMap, types: readonly string[] = ["t3.nano", "t3.micro"]): WireMap {
  return {
    instancesDistribution: distribution,
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: "lt-0123456789abcdef0", version: "1" },
      overrides: types.map((instanceType) => ({ instanceType })),
    },
  };
}

function metric(over: WireMap): WireMap {
  return { metricTransformation: { name: "errors", namespace: "app", value: "1", ...over } };
}

function paths(inputPaths: WireMap): WireMap {
  return { inputPaths, inputTemplate: '"x"' };
}

/** By type: inputs over the least that is taken, and the property for which they are refused. */
const REFUSALS: { readonly [type: string]: readonly (readonly [WireMap, string])[] } = {
  "aws:autoscaling/group:Group": [
    [{ name: "a:b" }, "name"],
    [{ name: "n".repeat(256) }, "name"],
    [{ name: "a", namePrefix: "b" }, "name"],
    [{ minSize: 2, maxSize: 1 }, "minSize"],
    [{ minSize: -1 }, "minSize"],
    [{ maxSize: 1.5 }, "maxSize"],
    [{ desiredCapacity: 2, maxSize: 1 }, "desiredCapacity"],
    [{ desiredCapacity: 1, minSize: 2, maxSize: 3 }, "desiredCapacity"],
    [{ launchTemplate: null }, ""],
    [{ launchTemplate: { version: "1" } }, "launchTemplate"],
    [{ launchTemplate: { id: "template", version: "1" } }, "launchTemplate.id"],
    [{ launchConfiguration: "old" }, "launchConfiguration"],
    [{ vpcZoneIdentifiers: [] }, ""],
    [{ vpcZoneIdentifiers: ["private"] }, "vpcZoneIdentifiers[0]"],
    [{ availabilityZones: ["us-east-1a"] }, "availabilityZones"],
    [{ healthCheckType: "HTTP" }, "healthCheckType"],
    [{ healthCheckGracePeriod: -1 }, "healthCheckGracePeriod"],
    [{ defaultInstanceWarmup: -2 }, "defaultInstanceWarmup"],
    [{ maxInstanceLifetime: 86_399 }, "maxInstanceLifetime"],
    [{ maxInstanceLifetime: 31_536_001 }, "maxInstanceLifetime"],
    [{ instanceRefresh: { strategy: "Big" } }, "instanceRefresh.strategy"],
    [{ instanceRefresh: {} }, "instanceRefresh.strategy"],
    [
      { instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 101 } } },
      "instanceRefresh.preferences.minHealthyPercentage",
    ],
    [
      { instanceRefresh: { strategy: "Rolling", preferences: { maxHealthyPercentage: 99 } } },
      "instanceRefresh.preferences.maxHealthyPercentage",
    ],
    [
      {
        instanceRefresh: {
          strategy: "Rolling",
          preferences: { minHealthyPercentage: 90, maxHealthyPercentage: 191 },
        },
      },
      "instanceRefresh.preferences.maxHealthyPercentage",
    ],
    [
      { instanceRefresh: { strategy: "Rolling", triggers: ["launch_template"] } },
      "instanceRefresh.triggers[0]",
    ],
    [{ warmPool: { poolState: "Cold" } }, "warmPool.poolState"],
    [{ warmPool: { minSize: -1 } }, "warmPool.minSize"],
    [{ warmPool: { maxGroupPreparedCapacity: -2 } }, "warmPool.maxGroupPreparedCapacity"],
    [{ launchTemplate: null, warmPool: {}, mixedInstancesPolicy: mixed({}) }, "warmPool"],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({ spotAllocationStrategy: "cheapest" }) },
      "mixedInstancesPolicy.instancesDistribution.spotAllocationStrategy",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({ onDemandPercentageAboveBaseCapacity: 101 }) },
      "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({ onDemandBaseCapacity: -1 }) },
      "mixedInstancesPolicy.instancesDistribution.onDemandBaseCapacity",
    ],
    [
      {
        launchTemplate: null,
        mixedInstancesPolicy: mixed({ spotAllocationStrategy: "capacity-optimized", spotInstancePools: 2 }),
      },
      "mixedInstancesPolicy.instancesDistribution.spotInstancePools",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({}, ["t3.tiny"]) },
      "mixedInstancesPolicy.launchTemplate.overrides[0].instanceType",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({}, ["t3.nano", "t3.nano"]) },
      "mixedInstancesPolicy.launchTemplate.overrides[1].instanceType",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({}, Array(41).fill("t3.nano")) },
      "mixedInstancesPolicy.launchTemplate.overrides",
    ],
    [{ tags: [{ key: "aws:x", value: "", propagateAtLaunch: true }] }, "tags[0].key"],
    [{ tags: [{ key: "x", value: "" }] }, "tags[0].propagateAtLaunch"],
    [
      {
        tags: ["1", "2"].map((value) => ({ key: "x", value, propagateAtLaunch: true })),
      },
      "tags[1].key",
    ],
  ],
  "aws:autoscaling/schedule:Schedule": [
    [{ recurrence: "0 20 * *" }, "recurrence"],
    [{ recurrence: "0 0 20 * * *" }, "recurrence"],
    [{ recurrence: "60 20 * * *" }, "recurrence"],
    [{ recurrence: "0 24 * * *" }, "recurrence"],
    [{ recurrence: "0 20 0 * *" }, "recurrence"],
    [{ recurrence: "0 20 * 13 *" }, "recurrence"],
    [{ recurrence: "0 20 * * 8" }, "recurrence"],
    [{ recurrence: "0 20 * * FRI-MON" }, "recurrence"],
    [{ recurrence: "0 20 ? * *" }, "recurrence"],
    [{ recurrence: "*/0 20 * * *" }, "recurrence"],
    [{ recurrence: "rate(1 day)" }, "recurrence"],
    [{ timeZone: "Berlin" }, "timeZone"],
    [{ timeZone: "+01:00" }, "timeZone"],
    [{ recurrence: null, startTime: "2026-06-01T00:00:00Z", timeZone: "Europe/Berlin" }, "timeZone"],
    [{ recurrence: null }, ""],
    [{ startTime: "tomorrow" }, "startTime"],
    [{ startTime: "2026-06-01T00:00:00Z", endTime: "2026-06-01T00:00:00Z" }, "endTime"],
    [{ minSize: -2 }, "minSize"],
    [{ minSize: 3, maxSize: 2, desiredCapacity: -1 }, "minSize"],
    [{ minSize: 1, maxSize: 2, desiredCapacity: 0 }, "desiredCapacity"],
    [{ autoscalingGroupName: "a:b" }, "autoscalingGroupName"],
    [{ scheduledActionName: "a:b" }, "scheduledActionName"],
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    [{ name: "aws/x" }, "name"],
    [{ logGroupClass: "COLD" }, "logGroupClass"],
    [{ name: "a", namePrefix: "b" }, "name"],
  ],
  "aws:cloudwatch/eventTarget:EventTarget": [
    [{ rule: "a b" }, "rule"],
    [{ targetId: "a:b" }, "targetId"],
    [{ inputTransformer: paths({ AWSid: "$.id" }) }, "inputTransformer.inputPaths"],
    [{ inputTransformer: paths({ "a.b": "$.id" }) }, "inputTransformer.inputPaths"],
    [
      {
        inputTransformer: paths(
          Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, "$.id"])),
        ),
      },
      "inputTransformer.inputPaths",
    ],
  ],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": [
    [{ logGroupName: "a b" }, "logGroupName"],
    [{ pattern: "p".repeat(1025) }, "pattern"],
    [{ name: "a:b" }, "name"],
    [{ metricTransformation: { name: "n" } }, "metricTransformation.namespace"],
    [metric({ name: "a:b" }), "metricTransformation.name"],
    [metric({ namespace: "$a" }), "metricTransformation.namespace"],
    [metric({ namespace: "n".repeat(256) }), "metricTransformation.namespace"],
    [metric({ value: "" }), "metricTransformation.value"],
    [metric({ dimensions: { a: "$.a", b: "$.b", c: "$.c", d: "$.d" } }), "metricTransformation.dimensions"],
    [metric({ dimensions: { a: "$.a" }, defaultValue: "0" }), "metricTransformation.defaultValue"],
  ],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": [
    [{ policyDocument: "{}" }, "policyDocument"],
    [{ resourceArn: "arn:aws:logs:us-east-1:123456789012:log-group:/a" }, "policyName"],
  ],
  "aws:cloudwatch/logStream:LogStream": [
    [{ name: "a:b" }, "name"],
    [{ logGroupName: "a b" }, "logGroupName"],
  ],
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": [
    [{ destinationArn: "f" }, "destinationArn"],
    [{ roleArn: "arn:aws:s3:::b" }, "roleArn"],
    [{ distribution: "Even" }, "distribution"],
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    [{ comparisonOperator: ">" }, "comparisonOperator"],
    [{ evaluationPeriods: 0 }, "evaluationPeriods"],
    [{ statistic: "Median" }, "statistic"],
    [{ treatMissingData: "skip" }, "treatMissingData"],
    [{ alarmActions: ["me"] }, "alarmActions[0]"],
    [{ okActions: ["me"] }, "okActions[0]"],
    [{ insufficientDataActions: ["me"] }, "insufficientDataActions[0]"],
    [{ metricQueries: [{ id: "q" }] }, "metricName"],
    [{ extendedStatistic: "p90" }, "extendedStatistic"],
    [{ alarmDescription: "d".repeat(1025) }, "alarmDescription"],
  ],
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": [[{ defaultNetworkAclId: "acl-x" }, "defaultNetworkAclId"]],
  "aws:ec2/defaultRouteTable:DefaultRouteTable": [[{ defaultRouteTableId: "x" }, "defaultRouteTableId"]],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
    [{ vpcId: "x" }, "vpcId"],
    [{ ingress: [{ protocol: "tcp", fromPort: 2, toPort: 1, self: true }] }, "ingress[0].fromPort"],
    [{ egress: [{ protocol: "any", fromPort: 0, toPort: 0, self: true }] }, "egress[0].protocol"],
  ],
  "aws:ec2/eip:Eip": [
    [{ domain: "standard" }, "domain"],
    [{ instance: "web" }, "instance"],
    [{ networkInterface: "eth0" }, "networkInterface"],
    [{ instance: "i-0123456789abcdef0", networkInterface: "eni-0123456789abcdef0" }, "instance"],
  ],
  "aws:ec2/instance:Instance": [
    [{ vpcSecurityGroupIds: ["web"] }, "vpcSecurityGroupIds[0]"],
    [{ keyName: "" }, "keyName"],
    [{ instanceInitiatedShutdownBehavior: "sleep" }, "instanceInitiatedShutdownBehavior"],
    [{ metadataOptions: { httpEndpoint: "on" } }, "metadataOptions.httpEndpoint"],
    [{ metadataOptions: { instanceMetadataTags: "on" } }, "metadataOptions.instanceMetadataTags"],
    [{ ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeType: "ssd" }] }, "ebsBlockDevices[0].volumeType"],
    [{ rootBlockDevice: { iops: 1 } }, "rootBlockDevice.iops"],
    [{ rootBlockDevice: { throughput: 1 } }, "rootBlockDevice.throughput"],
    [{ userDataBase64: "#!" }, "userDataBase64"],
  ],
  "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": [
    [{ securityGroupId: "web" }, "securityGroupId"],
    [{ networkInterfaceId: "eth0" }, "networkInterfaceId"],
  ],
  "aws:ec2/route:Route": [
    [{ routeTableId: "main" }, "routeTableId"],
    [{ destinationCidrBlock: "0.0.0.0" }, "destinationCidrBlock"],
    [{ destinationCidrBlock: "", destinationIpv6CidrBlock: "::" }, "destinationIpv6CidrBlock"],
  ],
  "aws:ec2/securityGroupRule:SecurityGroupRule": [
    [{ ipv6CidrBlocks: ["::/0"], sourceSecurityGroupId: "sg-0123456789abcdef0" }, "ipv6CidrBlocks"],
    [{ description: "é" }, "description"],
    [{ prefixListIds: ["s3"] }, "prefixListIds[0]"],
    [{ securityGroupId: "web" }, "securityGroupId"],
    [{ protocol: "-1" }, "fromPort"],
  ],
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": [[{ policy: "{}" }, "policy"]],
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": [
    [{ routeTableId: "main" }, "routeTableId"],
    [{ vpcEndpointId: "s3" }, "vpcEndpointId"],
  ],
  "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": [[{ subnetId: "a" }, "subnetId"]],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    [{ cidrIpv4: "", cidrIpv6: "::" }, "cidrIpv6"],
    [{ cidrIpv4: "", prefixListId: "s3" }, "prefixListId"],
    [{ cidrIpv4: "", referencedSecurityGroupId: "web" }, "referencedSecurityGroupId"],
    [{ ipProtocol: "all-of-them" }, "ipProtocol"],
    [{ description: "é" }, "description"],
  ],
  "aws:ebs/volume:Volume": [
    [{ size: null }, ""],
    [{ availabilityZone: "eu-west-1a" }, "availabilityZone"],
    [{ type: "gp4" }, "type"],
    [{ size: 0 }, "size"],
    [{ type: "io1", iops: 100, size: 3 }, "size"],
    [{ size: 16_385 }, "size"],
    [{ type: "st1", size: 124 }, "size"],
    [{ type: "io2" }, "iops"],
    [{ type: "gp2", iops: 100 }, "iops"],
    [{ type: "gp3", iops: 2999 }, "iops"],
    [{ type: "gp2", throughput: 125 }, "throughput"],
    [{ type: "gp3", throughput: 124 }, "throughput"],
    [{ encrypted: false, kmsKeyId: KEY_ARN }, "kmsKeyId"],
    [{ kmsKeyId: "alias/x" }, "kmsKeyId"],
    [{ type: "gp3", multiAttachEnabled: true }, "multiAttachEnabled"],
    [{ snapshotId: "snapshot" }, "snapshotId"],
  ],
  "aws:ec2/dedicatedHost:DedicatedHost": [
    [{ instanceFamily: "mac2" }, "instanceFamily"],
    [{ instanceType: null }, ""],
    [{ instanceType: "mac" }, "instanceType"],
    [{ autoPlacement: "yes" }, "autoPlacement"],
    [{ hostRecovery: "yes" }, "hostRecovery"],
    [{ availabilityZone: "eu-west-1a" }, "availabilityZone"],
    [{ availabilityZone: "us-east-1" }, "availabilityZone"],
  ],
  "aws:ec2/eipAssociation:EipAssociation": [[{ publicIp: "203.0.113.1" }, "allocationId"]],
  "aws:ec2/flowLog:FlowLog": [
    [{ trafficType: "SOME" }, "trafficType"],
    [{ maxAggregationInterval: 61 }, "maxAggregationInterval"],
    [{ logDestinationType: "file" }, "logDestinationType"],
    [{ iamRoleArn: "role" }, "iamRoleArn"],
  ],
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": [
    [{ httpTokens: "always" }, "httpTokens"],
    [{ httpPutResponseHopLimit: 65 }, "httpPutResponseHopLimit"],
    [{ instanceMetadataTags: "on" }, "instanceMetadataTags"],
    [{ httpEndpoint: "on" }, "httpEndpoint"],
  ],
  "aws:ec2/internetGateway:InternetGateway": [[{ vpcId: "vpc" }, "vpcId"]],
  "aws:ec2/keyPair:KeyPair": [
    [{ publicKey: "secret" }, "publicKey"],
    [{ keyName: "a", keyNamePrefix: "b" }, "keyName"],
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    [{ name: "a b c" }, "name"],
    [{ imageId: "al2023" }, "imageId"],
    [{ instanceType: "big" }, "instanceType"],
    [{ vpcSecurityGroupIds: ["web"] }, "vpcSecurityGroupIds[0]"],
    [{ defaultVersion: 1, updateDefaultVersion: true }, "defaultVersion"],
    [{ userData: Buffer.alloc(16_385).toString("base64") }, "userData"],
    [{ tagSpecifications: [{ resourceType: "disk" }] }, "tagSpecifications[0].resourceType"],
    [
      { networkInterfaces: [{ associatePublicIpAddress: "never" }] },
      "networkInterfaces[0].associatePublicIpAddress",
    ],
    [{ blockDeviceMappings: [{ deviceName: "the root" }] }, "blockDeviceMappings[0].deviceName"],
    [{ blockDeviceMappings: [{ ebs: { encrypted: "yes" } }] }, "blockDeviceMappings[0].ebs.encrypted"],
  ],
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": [[{ vpcId: "x" }, "vpcId"]],
  "aws:ec2/natGateway:NatGateway": [
    [{ connectivityType: "open" }, "connectivityType"],
    [{ allocationId: "1.2.3.4" }, "allocationId"],
    [{ subnetId: "public" }, "subnetId"],
    [{ availabilityMode: "regional" }, "vpcId"],
  ],
  "aws:ec2/networkAcl:NetworkAcl": [
    [{ vpcId: "x" }, "vpcId"],
    [
      { ingress: [{ action: "permit", protocol: "tcp", ruleNo: 1, fromPort: 1, toPort: 1 }] },
      "ingress[0].action",
    ],
  ],
  "aws:ec2/networkAclRule:NetworkAclRule": [
    [{ ruleAction: "permit" }, "ruleAction"],
    [{ ruleNumber: 32_767 }, "ruleNumber"],
    [{ cidrBlock: "10.0.0.1/16" }, "cidrBlock"],
    [{ ipv6CidrBlock: "::/0" }, "cidrBlock"],
    [{ protocol: "tpc" }, "protocol"],
  ],
  "aws:ec2/networkInterface:NetworkInterface": [
    [{ subnetId: "x" }, "subnetId"],
    [{ privateIps: ["10.0.0"] }, "privateIps[0]"],
    [{ securityGroups: ["web"] }, "securityGroups[0]"],
    [{ interfaceType: "fast" }, "interfaceType"],
  ],
  "aws:ec2/routeTable:RouteTable": [
    [{ vpcId: "x" }, "vpcId"],
    [{ routes: [{ cidrBlock: "0.0.0.0/0" }] }, "routes[0]"],
    [{ routes: [{ cidrBlock: "0.0.0.1/0", gatewayId: "igw-0123456789abcdef0" }] }, "routes[0].cidrBlock"],
  ],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [
    [{ routeTableId: "x" }, "routeTableId"],
    [{ gatewayId: "igw-0123456789abcdef0" }, "gatewayId"],
    [{ subnetId: "a" }, "subnetId"],
  ],
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": [
    [{ netbiosNodeType: "3" }, "netbiosNodeType"],
    [{ netbiosNameServers: ["x"] }, "netbiosNameServers[0]"],
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    [{ vpcEndpointType: "Private" }, "vpcEndpointType"],
    [{ serviceName: "ssm" }, "serviceName"],
    [{ policy: "{}" }, "policy"],
    [{ securityGroupIds: ["web"] }, "securityGroupIds[0]"],
    [{ ipAddressType: "v4" }, "ipAddressType"],
  ],
  "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": [
    [{ subnetId: "x" }, "subnetId"],
    [{ securityGroupIds: ["web"] }, "securityGroupIds[0]"],
  ],
  "aws:iam/accessKey:AccessKey": [[{ status: "On" }, "status"]],
  "aws:iam/group:Group": [
    [{ name: "a b" }, "name"],
    [{ path: "x" }, "path"],
  ],
  "aws:iam/groupMembership:GroupMembership": [[{ users: ["a b"] }, "users[0]"]],
  "aws:iam/groupPolicy:GroupPolicy": [[{ policy: "{}" }, "policy"]],
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": [[{ policyArn: "ReadOnly" }, "policyArn"]],
  "aws:iam/instanceProfile:InstanceProfile": [
    [{ role: "arn:aws:iam::123456789012:role/r" }, "role"],
    [{ name: "a", namePrefix: "b" }, "name"],
  ],
  "aws:iam/policy:Policy": [
    [{ description: "d".repeat(1001) }, "description"],
    [{ name: "a b" }, "name"],
    [{ path: "team" }, "path"],
  ],
  "aws:iam/policyAttachment:PolicyAttachment": [[{ roles: ["a b"] }, "roles[0]"]],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
    [{ role: "arn:aws:iam::123456789012:role/r" }, "role"],
    [{ policyArn: "arn:aws-cn:iam::aws:policy/X" }, "policyArn"],
  ],
  "aws:iam/user:User": [
    [{ name: "u".repeat(65) }, "name"],
    [{ permissionsBoundary: "x" }, "permissionsBoundary"],
  ],
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": [[{ policyArn: "x" }, "policyArn"]],
  "aws:kms/alias:Alias": [
    [{ targetKeyId: "my key" }, "targetKeyId"],
    [{ namePrefix: "logs" }, "namePrefix"],
  ],
  "aws:kms/grant:Grant": [
    [{ operations: ["Read"] }, "operations[0]"],
    [{ granteePrincipal: "me" }, "granteePrincipal"],
    [{ name: "a b" }, "name"],
  ],
  "aws:kms/key:Key": [
    [{ keyUsage: "ANY" }, "keyUsage"],
    [{ description: "d".repeat(8193) }, "description"],
  ],
  "aws:kms/keyPolicy:KeyPolicy": [[{ policy: "{}" }, "policy"]],
  "aws:rds/instance:Instance": [
    [{ instanceClass: "t4g.micro" }, "instanceClass"],
    [{ identifier: "Main" }, "identifier"],
    [{ backupRetentionPeriod: 36 }, "backupRetentionPeriod"],
    [{ manageMasterUserPassword: true, password: "p" }, "manageMasterUserPassword"],
    [{ port: 80 }, "port"],
    [{ storageType: "ssd" }, "storageType"],
    [{ vpcSecurityGroupIds: ["db"] }, "vpcSecurityGroupIds[0]"],
    [{ monitoringInterval: 2 }, "monitoringInterval"],
    [{ kmsKeyId: "alias/db" }, "kmsKeyId"],
  ],
  "aws:rds/subnetGroup:SubnetGroup": [
    [{ subnetIds: ["x"] }, "subnetIds[0]"],
    [{ name: "Main" }, "name"],
  ],
  "aws:s3/bucket:Bucket": [
    [{ requestPayer: "me" }, "requestPayer"],
    [{ policy: "{}" }, "policy"],
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    [
      {
        rules: [
          {
            id: "r",
            status: "Enabled",
            noncurrentVersionTransitions: [{ noncurrentDays: 1, storageClass: "COLD" }],
          },
        ],
      },
      "rules[0].noncurrentVersionTransitions[0].storageClass",
    ],
    [{ rules: [{ id: "r", status: "On" }] }, "rules[0].status"],
    [{ rules: [{ id: "r".repeat(256), status: "Enabled" }] }, "rules[0].id"],
    [{ transitionDefaultMinimumObjectSize: "none" }, "transitionDefaultMinimumObjectSize"],
  ],
  "aws:s3/bucketLogging:BucketLogging": [[{ targetBucket: "To" }, "targetBucket"]],
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": [
    [{ objectLockEnabled: "Yes" }, "objectLockEnabled"],
    [{ rule: { defaultRetention: { mode: "SOFT", days: 1 } } }, "rule.defaultRetention.mode"],
    [{ expectedBucketOwner: "me" }, "expectedBucketOwner"],
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
    [{ rule: { objectOwnership: "Mine" } }, "rule.objectOwnership"],
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [
    [{ policy: "{}" }, "policy"],
    [{ bucket: "Logs" }, "bucket"],
  ],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    [{ bucket: "Logs" }, "bucket"],
    [{ blockPublicAcls: "yes" }, "blockPublicAcls"],
  ],
  "aws:s3/bucketVersioning:BucketVersioning": [
    [{ versioningConfiguration: { status: "On" } }, "versioningConfiguration.status"],
  ],
  "aws:ec2/volumeAttachment:VolumeAttachment": [
    [{ deviceName: "sdf" }, "deviceName"],
    [{ deviceName: "/dev/sda1" }, "deviceName"],
    [{ instanceId: "instance" }, "instanceId"],
    [{ volumeId: "volume" }, "volumeId"],
  ],
  "aws:ssm/activation:Activation": [
    [{ iamRole: "arn:aws:iam::123456789012:role/hybrid" }, "iamRole"],
    [{ iamRole: "r".repeat(65) }, "iamRole"],
    [{ registrationLimit: 0 }, "registrationLimit"],
    [{ registrationLimit: 1001 }, "registrationLimit"],
    [{ description: "d".repeat(257) }, "description"],
    [{ name: "n".repeat(257) }, "name"],
    [{ expirationDate: "2026-12-01" }, "expirationDate"],
  ],
  "aws:ssm/association:Association": [
    [{ complianceSeverity: "BAD" }, "complianceSeverity"],
    [{ maxConcurrency: "all" }, "maxConcurrency"],
    [{ associationName: "a b" }, "associationName"],
    [{ scheduleExpression: "every day" }, "scheduleExpression"],
    [{ scheduleExpression: "rate(29 minutes)" }, "scheduleExpression"],
    [{ scheduleExpression: "rate(1 days)" }, "scheduleExpression"],
    [{ scheduleExpression: "rate(2 day)" }, "scheduleExpression"],
    [{ scheduleExpression: "cron(0 2 ? * SUN)" }, "scheduleExpression"],
    [{ scheduleExpression: "cron(0 2 * * SUN *)" }, "scheduleExpression"],
    [{ scheduleExpression: "cron(0 2 ? * ? *)" }, "scheduleExpression"],
    [{ applyOnlyAtCronInterval: true, scheduleExpression: "rate(1 day)" }, "applyOnlyAtCronInterval"],
    [{ targets: [{ key: "Environment", values: ["dev"] }] }, "targets[0].key"],
    [{ targets: Array.from({ length: 6 }, () => ({ key: "tag:Environment", values: ["dev"] })) }, "targets"],
    [{ waitForSuccessTimeoutSeconds: 14 }, "waitForSuccessTimeoutSeconds"],
  ],
  "aws:ssm/document:Document": [
    [{ documentType: "Shell" }, "documentType"],
    [{ documentFormat: "TOML" }, "documentFormat"],
    [{ versionName: "v" }, "versionName"],
  ],
  "aws:ssm/maintenanceWindow:MaintenanceWindow": [
    [{ name: "a b" }, "name"],
    [{ schedule: "daily" }, "schedule"],
    [{ scheduleTimezone: "CEST+1" }, "scheduleTimezone"],
    [{ scheduleOffset: 7 }, "scheduleOffset"],
    [{ duration: 0 }, "duration"],
    [{ duration: 25 }, "duration"],
    [{ cutoff: 24 }, "cutoff"],
    [{ cutoff: 2, duration: 2 }, "cutoff"],
    [{ description: "d".repeat(129) }, "description"],
  ],
  "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget": [
    [{ name: "ab" }, "name"],
    [{ windowId: "window" }, "windowId"],
    [{ resourceType: "EC2" }, "resourceType"],
    [{ targets: [{ key: "Environment", values: ["dev"] }] }, "targets[0].key"],
    [{ targets: Array.from({ length: 6 }, () => ({ key: "tag:a", values: ["b"] })) }, "targets"],
    [{ targets: [{ key: "tag:a", values: Array(51).fill("b") }] }, "targets[0].values"],
    [{ ownerInformation: "o".repeat(129) }, "ownerInformation"],
    [{ description: "d".repeat(129) }, "description"],
  ],
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": [
    [{ name: "ab" }, "name"],
    [{ windowId: "window" }, "windowId"],
    [{ taskType: "COMMAND" }, "taskType"],
    [{ priority: -1 }, "priority"],
    [{ maxConcurrency: "0" }, "maxConcurrency"],
    [{ maxErrors: "few" }, "maxErrors"],
    [{ cutoffBehavior: "STOP" }, "cutoffBehavior"],
    [{ serviceRoleArn: "role" }, "serviceRoleArn"],
    [{ targets: [{ key: "tag:a", values: ["b"] }] }, "targets[0].key"],
    [{ targets: [{ key: "WindowTargetIds", values: ["t"] }], maxErrors: "1" }, "maxConcurrency"],
    [{ targets: [{ key: "WindowTargetIds", values: ["t"] }], maxConcurrency: "1" }, "maxErrors"],
    [{ taskInvocationParameters: { lambdaParameters: {} } }, "taskInvocationParameters"],
    [
      { taskInvocationParameters: { runCommandParameters: { timeoutSeconds: 29 } } },
      "taskInvocationParameters.runCommandParameters.timeoutSeconds",
    ],
    [{ description: "d".repeat(129) }, "description"],
  ],
  "aws:ssm/parameter:Parameter": [
    [{ name: "a b" }, "name"],
    [{ tier: "Free" }, "tier"],
    [{ description: "d".repeat(1025) }, "description"],
    [{ dataType: "number" }, "dataType"],
    [{ name: "shop/token" }, "name"],
    [{ value: null, valueWo: "v" }, "valueWo"],
    [{ valueWoVersion: 1 }, "valueWoVersion"],
    [{ type: "SecureString", value: null, insecureValue: "v" }, "insecureValue"],
    [{ value: "v".repeat(4097) }, "value"],
    [{ value: "v".repeat(8193), tier: "Advanced" }, "value"],
  ],
  "aws:ssm/patchBaseline:PatchBaseline": [
    [{ name: "a b" }, "name"],
    [{ operatingSystem: "LINUX" }, "operatingSystem"],
    [{ approvedPatchesComplianceLevel: "BAD" }, "approvedPatchesComplianceLevel"],
    [{ rejectedPatchesAction: "IGNORE" }, "rejectedPatchesAction"],
    [
      { approvalRules: Array.from({ length: 11 }, () => ({ approveAfterDays: 1, patchFilters: [] })) },
      "approvalRules",
    ],
    [{ approvalRules: [{ approveAfterDays: 361, patchFilters: [] }] }, "approvalRules[0].approveAfterDays"],
    [
      { approvalRules: [{ approveAfterDays: 1, approveUntilDate: "2026-12-31", patchFilters: [] }] },
      "approvalRules[0].approveAfterDays",
    ],
    [
      { approvalRules: [{ approveUntilDate: "31.12.2026", patchFilters: [] }] },
      "approvalRules[0].approveUntilDate",
    ],
    [{ approvalRules: [{ complianceLevel: "BAD", patchFilters: [] }] }, "approvalRules[0].complianceLevel"],
    [
      { approvalRules: [{ patchFilters: [{ key: "LEVEL", values: ["*"] }] }] },
      "approvalRules[0].patchFilters[0].key",
    ],
    [{ globalFilters: [{ key: "LEVEL", values: ["*"] }] }, "globalFilters[0].key"],
  ],
  "aws:ssm/patchGroup:PatchGroup": [
    [{ patchGroup: "" }, "patchGroup"],
    [{ patchGroup: "g".repeat(257) }, "patchGroup"],
    [{ patchGroup: "a;b" }, "patchGroup"],
    [{ baselineId: "baseline" }, "baselineId"],
  ],
  "aws:ssm/serviceSetting:ServiceSetting": [
    [{ settingId: "sharing" }, "settingId"],
    ...(
      [
        ["/ssm/managed-instance/activation-tier", "Advanced"],
        ["/ssm/managed-instance/default-ec2-instance-management-role", "/service-role/hosts"],
        [
          "/ssm/managed-instance/default-ec2-instance-management-role",
          "arn:aws:iam::123456789012:role/service-role/hosts",
        ],
        ["/ssm/documents/console/public-sharing-permission", "Disabled"],
        ["/ssm/parameter-store/default-parameter-tier", "standard"],
        [
          "arn:aws:ssm:us-east-1:123456789012:servicesetting/ssm/parameter-store/high-throughput-enabled",
          "yes",
        ],
      ] as const
    ).map(([settingId, settingValue]) => [{ settingId, settingValue }, "settingValue"] as const),
  ],
};

describe("AWS would refuse, and so does the simulation", () => {
  for (const [type, cases] of Object.entries(REFUSALS)) {
    for (const [inputs, property] of cases) {
      it(`${type} with ${JSON.stringify(inputs).slice(0, 100)}`, () => {
        const properties = refused(type, { ...LEAST[type], ...inputs });
        assert.ok(properties.includes(property), `refused for ${properties.join(", ") || "nothing"}`);
      });
    }
  }
});
