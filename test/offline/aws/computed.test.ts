import assert from "node:assert/strict";

import type { Wire, WireMap } from "../../../offline/protocol/wire.ts";
import { LEAST } from "./support/samples.ts";
import { created } from "./support/simulation.ts";

const HEX = "0123456789abcdef0";

/** By type: what AWS gives a resource that has the least that it needs, for outputs that do not depend on its id. */
const COMPUTED: { readonly [type: string]: WireMap } = {
  "aws:autoscaling/group:Group": {
    availabilityZones: ["us-east-1a"],
    defaultCooldown: 300,
    desiredCapacity: 0,
    healthCheckGracePeriod: 300,
    healthCheckType: "EC2",
    serviceLinkedRoleArn:
      "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
    waitForCapacityTimeout: "10m",
    warmPoolSize: 0,
  },
  "aws:autoscaling/schedule:Schedule": { endTime: "", maxSize: 0, minSize: 0 },
  "aws:ec2/dedicatedHost:DedicatedHost": {
    autoPlacement: "on",
    hostRecovery: "off",
    ownerId: "123456789012",
  },
  "aws:cloudwatch/logGroup:LogGroup": { logGroupClass: "STANDARD", deletionProtectionEnabled: false },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { policyScope: "ACCOUNT" },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    description: "default VPC security group",
    egress: [],
    ingress: [],
    name: "default",
    ownerId: "123456789012",
  },
  "aws:ec2/eip:Eip": {
    domain: "vpc",
    networkBorderGroup: "us-east-1",
    publicIpv4Pool: "amazon",
    associationId: "",
  },
  "aws:ec2/instance:Instance": {
    associatePublicIpAddress: false,
    availabilityZone: "us-east-1a",
    capacityReservationSpecification: { capacityReservationPreference: "open" },
    disableApiTermination: false,
    enclaveOptions: { enabled: false },
    instanceInitiatedShutdownBehavior: "stop",
    instanceState: "running",
    maintenanceOptions: { autoRecovery: "default" },
    monitoring: false,
    tenancy: "default",
  },
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": {
    httpEndpoint: "no-preference",
    httpPutResponseHopLimit: -1,
    httpTokens: "no-preference",
    instanceMetadataTags: "no-preference",
  },
  "aws:ec2/launchTemplate:LaunchTemplate": { defaultVersion: 1, latestVersion: 1 },
  "aws:ec2/natGateway:NatGateway": { availabilityMode: "zonal", connectivityType: "public" },
  "aws:ec2/route:Route": { origin: "CreateRoute", state: "active" },
  "aws:ec2/subnet:Subnet": {
    availabilityZone: "us-east-1a",
    availabilityZoneId: "use1-az1",
    privateDnsHostnameTypeOnLaunch: "ip-name",
    mapPublicIpOnLaunch: false,
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    cidrBlocks: ["198.51.100.0/24"],
    dnsEntries: [],
    networkInterfaceIds: [],
    policy:
      '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}',
    privateDnsEnabled: false,
    serviceRegion: "us-east-1",
    state: "available",
    vpcEndpointType: "Gateway",
  },
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": {
    dhcpOptionsId: `dopt-${HEX}`,
    vpcId: `vpc-${HEX}`,
  },
  "aws:iam/policy:Policy": { attachmentCount: 0, path: "/" },
  "aws:iam/role:Role": {
    maxSessionDuration: 3600,
    path: "/",
    forceDetachPolicies: false,
    inlinePolicies: [],
  },
  "aws:kms/key:Key": {
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    description: "",
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
    multiRegion: false,
    rotationPeriodInDays: 0,
  },
  "aws:rds/instance:Instance": { publiclyAccessible: false, port: 3306 },
  "aws:s3/bucket:Bucket": {
    bucketRegion: "us-east-1",
    hostedZoneId: "Z3AQBSTGFYJSTF",
    objectLockEnabled: false,
    requestPayer: "BucketOwner",
    serverSideEncryptionConfiguration: {
      rule: {
        applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
        bucketKeyEnabled: false,
      },
    },
    versioning: { enabled: false, mfaDelete: false },
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  },
  "aws:ssm/association:Association": { documentVersion: "$DEFAULT" },
  "aws:ssm/document:Document": {
    defaultVersion: "1",
    documentFormat: "JSON",
    hashType: "Sha256",
    status: "Active",
  },
  "aws:ssm/parameter:Parameter": {
    dataType: "text",
    insecureValue: "v",
    keyId: "",
    tier: "Standard",
    version: 1,
  },
};

/** Names that a resource has where the program gives only a prefix. */
const PREFIXED: { readonly [type: string]: readonly [string, string] } = {
  "aws:autoscaling/group:Group": ["namePrefix", "name"],
  "aws:cloudwatch/logGroup:LogGroup": ["namePrefix", "name"],
  "aws:ec2/keyPair:KeyPair": ["keyNamePrefix", "keyName"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["namePrefix", "name"],
  "aws:ec2/securityGroup:SecurityGroup": ["namePrefix", "name"],
  "aws:iam/instanceProfile:InstanceProfile": ["namePrefix", "name"],
  "aws:iam/policy:Policy": ["namePrefix", "name"],
  "aws:iam/role:Role": ["namePrefix", "name"],
  "aws:iam/rolePolicy:RolePolicy": ["namePrefix", "name"],
  "aws:kms/alias:Alias": ["namePrefix", "name"],
  "aws:rds/instance:Instance": ["identifierPrefix", "identifier"],
  "aws:rds/subnetGroup:SubnetGroup": ["namePrefix", "name"],
  "aws:s3/bucket:Bucket": ["bucketPrefix", "bucket"],
};

describe("AWS would compute, and so does the simulation", () => {
  for (const [type, expected] of Object.entries(COMPUTED)) {
    it(`what ${type} has where nothing is said of it`, () => {
      const { outputs } = created(type, LEAST[type] ?? {});
      const found = Object.fromEntries(
        Object.keys(expected).map((name): readonly [string, Wire] => [name, outputs[name] ?? null]),
      );
      assert.deepEqual(found, expected);
    });
  }

  for (const [type, [prefix, name]] of Object.entries(PREFIXED)) {
    it(`the ${name} of ${type} from its prefix`, () => {
      const given = type === "aws:kms/alias:Alias" ? "alias/app-" : "app-";
      const { outputs } = created(type, { ...LEAST[type], [prefix]: given });
      const text = JSON.stringify(outputs[name]);
      assert.ok(text.startsWith(`"${given}`) && text.length > given.length + 20, text);
    });
  }
});
