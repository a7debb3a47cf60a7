import type { WireMap } from "../../../../offline/protocol/wire.ts";

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
});
const IDENTITY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});
const RESOURCE = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*", Principal: "*" }],
});
const TOPIC = "arn:aws:sns:us-east-1:123456789012:topic";
const TOPIC_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sns:Publish", Resource: TOPIC, Principal: "*" }],
});
const KEY_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "kms:*",
      Resource: "*",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
    },
  ],
});
const KEY = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-4123-8123-123456789012";
const POLICY_ARN = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const HEX = "0123456789abcdef0";
const IDENTITY_CENTER = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const PERMISSION_SET = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";

/** For every modelled type, the least that AWS takes. */
export const LEAST: { readonly [type: string]: WireMap } = {
  "aws:athena/namedQuery:NamedQuery": { database: "audit", query: "SELECT 1" },
  "aws:athena/workgroup:Workgroup": {},
  "aws:autoscaling/group:Group": {
    launchTemplate: { id: `lt-${HEX}`, version: "1" },
    maxSize: 1,
    minSize: 0,
    vpcZoneIdentifiers: [`subnet-${HEX}`],
  },
  "aws:autoscaling/schedule:Schedule": {
    autoscalingGroupName: "app",
    scheduledActionName: "night",
    recurrence: "0 20 * * *",
    desiredCapacity: 0,
  },
  "aws:cloudtrail/trail:Trail": { s3BucketName: "trail" },
  "aws:cloudwatch/dashboard:Dashboard": { dashboardName: "d", dashboardBody: '{"widgets":[]}' },
  "aws:cloudwatch/eventRule:EventRule": { eventPattern: '{"source":["aws.ssm"]}' },
  "aws:cloudwatch/eventTarget:EventTarget": {
    rule: "r",
    arn: "arn:aws:sns:us-east-1:123456789012:topic",
  },
  "aws:cloudwatch/logGroup:LogGroup": {},
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    logGroupName: "/app",
    pattern: "ERROR",
    metricTransformation: { name: "errors", namespace: "app", value: "1" },
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { policyName: "p", policyDocument: RESOURCE },
  "aws:cloudwatch/logStream:LogStream": { logGroupName: "/app" },
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {
    logGroup: "/app",
    filterPattern: "",
    destinationArn: "arn:aws:lambda:us-east-1:123456789012:function:f",
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    metricName: "m",
    namespace: "n",
    statistic: "Sum",
    period: 60,
    threshold: 1,
  },
  "aws:ebs/encryptionByDefault:EncryptionByDefault": {},
  "aws:ebs/volume:Volume": { availabilityZone: "us-east-1a", size: 8 },
  "aws:ec2/dedicatedHost:DedicatedHost": { availabilityZone: "us-east-1a", instanceType: "mac2.metal" },
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": { defaultNetworkAclId: `acl-${HEX}` },
  "aws:ec2/defaultRouteTable:DefaultRouteTable": { defaultRouteTableId: `rtb-${HEX}` },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { vpcId: `vpc-${HEX}` },
  "aws:ec2/eip:Eip": {},
  "aws:ec2/eipAssociation:EipAssociation": { allocationId: `eipalloc-${HEX}`, instanceId: `i-${HEX}` },
  "aws:ec2/flowLog:FlowLog": {
    vpcId: `vpc-${HEX}`,
    trafficType: "ALL",
    iamRoleArn: "arn:aws:iam::123456789012:role/flow",
    logDestination: "arn:aws:logs:us-east-1:123456789012:log-group:/flow",
  },
  "aws:ec2/instance:Instance": { ami: `ami-${HEX}`, instanceType: "t4g.nano" },
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": {},
  "aws:ec2/internetGateway:InternetGateway": { vpcId: `vpc-${HEX}` },
  "aws:ec2/keyPair:KeyPair": { publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample someone" },
  "aws:ec2/launchTemplate:LaunchTemplate": {},
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": {
    routeTableId: `rtb-${HEX}`,
    vpcId: `vpc-${HEX}`,
  },
  "aws:ec2/natGateway:NatGateway": { allocationId: `eipalloc-${HEX}`, subnetId: `subnet-${HEX}` },
  "aws:ec2/networkAcl:NetworkAcl": { vpcId: `vpc-${HEX}` },
  "aws:ec2/networkAclRule:NetworkAclRule": {
    networkAclId: `acl-${HEX}`,
    protocol: "tcp",
    ruleAction: "allow",
    ruleNumber: 100,
    cidrBlock: "10.0.0.0/16",
  },
  "aws:ec2/networkInterface:NetworkInterface": { subnetId: `subnet-${HEX}` },
  "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": {
    networkInterfaceId: `eni-${HEX}`,
    securityGroupId: `sg-${HEX}`,
  },
  "aws:ec2/route:Route": {
    routeTableId: `rtb-${HEX}`,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: `igw-${HEX}`,
  },
  "aws:ec2/routeTable:RouteTable": { vpcId: `vpc-${HEX}` },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    routeTableId: `rtb-${HEX}`,
    subnetId: `subnet-${HEX}`,
  },
  "aws:ec2/securityGroup:SecurityGroup": { vpcId: `vpc-${HEX}` },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    type: "ingress",
    protocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrBlocks: ["10.0.0.0/16"],
    securityGroupId: `sg-${HEX}`,
  },
  "aws:ec2/serialConsoleAccess:SerialConsoleAccess": {},
  "aws:ec2/subnet:Subnet": { vpcId: `vpc-${HEX}`, cidrBlock: "10.0.1.0/24" },
  "aws:ec2/volumeAttachment:VolumeAttachment": {
    deviceName: "/dev/sdf",
    instanceId: `i-${HEX}`,
    volumeId: `vol-${HEX}`,
  },
  "aws:ec2/vpc:Vpc": { cidrBlock: "10.0.0.0/16" },
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": { domainNameServers: ["AmazonProvidedDNS"] },
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": {
    dhcpOptionsId: `dopt-${HEX}`,
    vpcId: `vpc-${HEX}`,
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { vpcId: `vpc-${HEX}`, serviceName: "com.amazonaws.us-east-1.s3" },
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": { vpcEndpointId: `vpce-${HEX}` },
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": {
    vpcEndpointId: `vpce-${HEX}`,
    routeTableId: `rtb-${HEX}`,
  },
  "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": {
    vpcEndpointId: `vpce-${HEX}`,
    subnetId: `subnet-${HEX}`,
  },
  "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": { subnetId: `subnet-${HEX}` },
  "aws:glue/catalogDatabase:CatalogDatabase": {},
  "aws:glue/catalogTable:CatalogTable": { databaseName: "audit" },
  "aws:iam/accessKey:AccessKey": { user: "someone" },
  "aws:iam/group:Group": {},
  "aws:iam/groupMembership:GroupMembership": { group: "people", users: ["someone"] },
  "aws:iam/groupPolicy:GroupPolicy": { group: "people", policy: IDENTITY },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": { group: "people", policyArn: POLICY_ARN },
  "aws:iam/instanceProfile:InstanceProfile": { role: "instance" },
  "aws:iam/policy:Policy": { policy: IDENTITY },
  "aws:iam/policyAttachment:PolicyAttachment": { policyArn: POLICY_ARN, roles: ["instance"] },
  "aws:iam/role:Role": { assumeRolePolicy: TRUST },
  "aws:iam/rolePolicy:RolePolicy": { role: "instance", policy: IDENTITY },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { role: "instance", policyArn: POLICY_ARN },
  "aws:iam/user:User": {},
  "aws:iam/userGroupMembership:UserGroupMembership": { user: "someone", groups: ["people"] },
  "aws:iam/userPolicy:UserPolicy": { user: "someone", policy: IDENTITY },
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": { user: "someone", policyArn: POLICY_ARN },
  "aws:lambda/function:Function": {
    role: "arn:aws:iam::123456789012:role/function",
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: {
      "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7",
      assets: {
        "index.mjs": { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "" },
      },
    },
  },
  "aws:lambda/invocation:Invocation": { functionName: "function", input: "{}" },
  "aws:kms/alias:Alias": { targetKeyId: KEY },
  "aws:kms/grant:Grant": {
    keyId: KEY,
    granteePrincipal: "arn:aws:iam::123456789012:role/instance",
    operations: ["Decrypt"],
  },
  "aws:kms/key:Key": {},
  "aws:kms/keyPolicy:KeyPolicy": { keyId: KEY, policy: KEY_POLICY },
  "aws:rds/instance:Instance": { instanceClass: "db.t4g.micro", skipFinalSnapshot: true },
  "aws:rds/subnetGroup:SubnetGroup": { subnetIds: [`subnet-${HEX}`] },
  "aws:s3/bucket:Bucket": {},
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": { bucket: "logs-bucket" },
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": { bucket: "logs-bucket" },
  "aws:s3/bucketLogging:BucketLogging": {
    bucket: "logs-bucket",
    targetBucket: "to-bucket",
    targetPrefix: "l/",
  },
  "aws:s3/bucketLoggingV2:BucketLoggingV2": {
    bucket: "logs-bucket",
    targetBucket: "to-bucket",
    targetPrefix: "l/",
  },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": { bucket: "logs-bucket" },
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": { bucket: "logs-bucket" },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    bucket: "logs-bucket",
    rule: { objectOwnership: "BucketOwnerEnforced" },
  },
  "aws:s3/bucketPolicy:BucketPolicy": { bucket: "logs-bucket", policy: RESOURCE },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { bucket: "logs-bucket" },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    bucket: "logs-bucket",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
  },
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": {
    bucket: "logs-bucket",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
  },
  "aws:s3/bucketV2:BucketV2": {},
  "aws:s3/bucketVersioning:BucketVersioning": {
    bucket: "logs-bucket",
    versioningConfiguration: { status: "Enabled" },
  },
  "aws:s3/bucketVersioningV2:BucketVersioningV2": {
    bucket: "logs-bucket",
    versioningConfiguration: { status: "Enabled" },
  },
  "aws:sns/topic:Topic": {},
  "aws:sns/topicPolicy:TopicPolicy": {
    arn: TOPIC,
    policy: TOPIC_POLICY,
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    topic: "arn:aws:sns:us-east-1:123456789012:topic",
    protocol: "email",
    endpoint: "audit@example.org",
  },
  "aws:ssm/activation:Activation": { iamRole: "hybrid" },
  "aws:ssm/association:Association": { name: "AWS-UpdateSSMAgent" },
  "aws:ssm/document:Document": {
    documentType: "Session",
    content: JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: {} }),
  },
  "aws:ssm/maintenanceWindow:MaintenanceWindow": { cutoff: 1, duration: 2, schedule: "cron(0 2 ? * SUN *)" },
  "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget": {
    resourceType: "INSTANCE",
    targets: [{ key: "tag:Environment", values: ["dev"] }],
    windowId: `mw-${HEX}`,
  },
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": {
    taskArn: "AWS-RunPatchBaseline",
    taskType: "RUN_COMMAND",
    windowId: `mw-${HEX}`,
  },
  "aws:ssm/parameter:Parameter": { type: "String", value: "v" },
  "aws:ssm/patchBaseline:PatchBaseline": {},
  "aws:ssm/patchGroup:PatchGroup": { baselineId: `pb-${HEX}`, patchGroup: "dev" },
  "aws:ssm/serviceSetting:ServiceSetting": {
    settingId: "/ssm/parameter-store/high-throughput-enabled",
    settingValue: "true",
  },
  "aws:ssoadmin/accountAssignment:AccountAssignment": {
    instanceArn: IDENTITY_CENTER,
    permissionSetArn: PERMISSION_SET,
    principalId: "12345678-1234-4123-8123-123456789012",
    principalType: "GROUP",
    targetId: "123456789012",
    targetType: "AWS_ACCOUNT",
  },
  "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment": {
    instanceArn: IDENTITY_CENTER,
    permissionSetArn: PERMISSION_SET,
    customerManagedPolicyReference: { name: "people" },
  },
  "aws:ssoadmin/permissionSet:PermissionSet": { instanceArn: IDENTITY_CENTER },
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": {
    instanceArn: IDENTITY_CENTER,
    permissionSetArn: PERMISSION_SET,
    inlinePolicy: IDENTITY,
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    securityGroupId: `sg-${HEX}`,
    ipProtocol: "-1",
    cidrIpv4: "0.0.0.0/0",
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    securityGroupId: `sg-${HEX}`,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.0.0.0/16",
  },
};
