/** What a resource is, whichever type it was written as. */
export type Kind =
  | "account-public-access"
  | "alias"
  | "bucket"
  | "bucket-acl"
  | "bucket-encryption"
  | "bucket-lifecycle"
  | "bucket-ownership"
  | "bucket-policy"
  | "bucket-public-access"
  | "default-security-group"
  | "group"
  | "image"
  | "instance"
  | "instance-profile"
  | "key"
  | "key-pair"
  | "key-grant"
  | "key-policy"
  | "launch-configuration"
  | "launch-template"
  | "log-group"
  | "metadata-defaults"
  | "network-interface"
  | "permission-set"
  | "policy"
  | "role"
  | "security-group"
  | "subnet"
  | "user"
  | "vpc";

interface KindEntry {
  readonly kind: Kind;
  /** Properties whose value names the resource in a reference. */
  readonly identities: readonly string[];
}

/** Resource types that references lead to. */
const KINDS: ReadonlyMap<string, KindEntry> = new Map<string, KindEntry>([
  ["aws:cloudwatch/logGroup:LogGroup", { kind: "log-group", identities: ["name", "arn", "id"] }],
  ["aws:ec2/ami:Ami", { kind: "image", identities: ["id", "arn"] }],
  ["aws:ec2/amiCopy:AmiCopy", { kind: "image", identities: ["id", "arn"] }],
  ["aws:ec2/amiFromInstance:AmiFromInstance", { kind: "image", identities: ["id", "arn"] }],
  [
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    { kind: "default-security-group", identities: ["id", "arn"] },
  ],
  ["aws:ec2/defaultSubnet:DefaultSubnet", { kind: "subnet", identities: ["id", "arn"] }],
  ["aws:ec2/defaultVpc:DefaultVpc", { kind: "vpc", identities: ["id", "arn", "defaultSecurityGroupId"] }],
  ["aws:ec2/instance:Instance", { kind: "instance", identities: ["id", "arn"] }],
  ["aws:ec2/keyPair:KeyPair", { kind: "key-pair", identities: ["keyName", "id", "arn"] }],
  [
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    { kind: "launch-configuration", identities: ["name", "id", "arn"] },
  ],
  ["aws:ec2/launchTemplate:LaunchTemplate", { kind: "launch-template", identities: ["name", "id", "arn"] }],
  ["aws:ec2/networkInterface:NetworkInterface", { kind: "network-interface", identities: ["id", "arn"] }],
  ["aws:ec2/securityGroup:SecurityGroup", { kind: "security-group", identities: ["id", "arn"] }],
  [
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    { kind: "instance", identities: ["spotInstanceId", "id", "arn"] },
  ],
  ["aws:ec2/subnet:Subnet", { kind: "subnet", identities: ["id", "arn"] }],
  ["aws:ec2/vpc:Vpc", { kind: "vpc", identities: ["id", "arn", "defaultSecurityGroupId"] }],
  ["aws:iam/group:Group", { kind: "group", identities: ["name", "arn", "id"] }],
  [
    "aws:iam/instanceProfile:InstanceProfile",
    { kind: "instance-profile", identities: ["name", "arn", "id"] },
  ],
  ["aws:iam/policy:Policy", { kind: "policy", identities: ["name", "arn", "id"] }],
  ["aws:iam/role:Role", { kind: "role", identities: ["name", "arn", "id"] }],
  ["aws:iam/user:User", { kind: "user", identities: ["name", "arn", "id"] }],
  ["aws:kms/alias:Alias", { kind: "alias", identities: ["name", "arn", "id"] }],
  ["aws:kms/externalKey:ExternalKey", { kind: "key", identities: ["keyId", "arn", "id"] }],
  ["aws:kms/key:Key", { kind: "key", identities: ["keyId", "arn", "id"] }],
  ["aws:kms/replicaExternalKey:ReplicaExternalKey", { kind: "key", identities: ["keyId", "arn", "id"] }],
  ["aws:kms/replicaKey:ReplicaKey", { kind: "key", identities: ["keyId", "arn", "id"] }],
  ["aws:lightsail/keyPair:KeyPair", { kind: "key-pair", identities: ["name", "id", "arn"] }],
  ["aws:s3/bucket:Bucket", { kind: "bucket", identities: ["bucket", "arn", "id"] }],
  ["aws:s3/bucketV2:BucketV2", { kind: "bucket", identities: ["bucket", "arn", "id"] }],
  ["aws:ssoadmin/permissionSet:PermissionSet", { kind: "permission-set", identities: ["arn", "id"] }],
  ...settings("account-public-access", "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"),
  ...settings("bucket-acl", "aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"),
  ...settings(
    "bucket-encryption",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
  ),
  ...settings(
    "bucket-lifecycle",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
  ),
  ...settings("bucket-ownership", "aws:s3/bucketOwnershipControls:BucketOwnershipControls"),
  ...settings("bucket-policy", "aws:s3/bucketPolicy:BucketPolicy"),
  ...settings("bucket-public-access", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"),
  ...settings("key-grant", "aws:kms/grant:Grant"),
  ...settings("key-policy", "aws:kms/keyPolicy:KeyPolicy"),
  ...settings("metadata-defaults", "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults"),
]);

/** Types that say something of another resource, and that nothing refers to. */
function settings(kind: Kind, ...types: readonly string[]): readonly (readonly [string, KindEntry])[] {
  return types.map((type) => [type, { kind, identities: [] }]);
}

const NO_IDENTITIES: readonly string[] = [];

export function kindOf(type: string): Kind | undefined {
  return KINDS.get(type)?.kind;
}

export function identitiesOf(type: string): readonly string[] {
  return KINDS.get(type)?.identities ?? NO_IDENTITIES;
}

/** The name within an ARN of each kind: `arn:aws:logs:…:log-group:NAME:*`. */
export function nameInArn(kind: Kind, arn: string): string | undefined {
  const [prefix, , , , , ...rest] = arn.split(":");
  if (prefix !== "arn" || rest.length === 0) {
    return undefined;
  }
  const resource = rest.join(":");
  switch (kind) {
    case "alias":
    case "bucket":
      return resource;
    case "log-group":
      return /^log-group:(.+?)(:\*)?$/.exec(resource)?.[1];
    case "key":
      return /^key\/(.+)$/.exec(resource)?.[1];
    case "group":
    case "instance-profile":
    case "policy":
    case "role":
    case "user":
      return new RegExp(`^${kind}/(?:.*/)?([^/]+)$`).exec(resource)?.[1];
    case "image":
    case "instance":
    case "launch-template":
    case "network-interface":
    case "security-group":
    case "subnet":
    case "vpc":
      return new RegExp(`^${kind}/(.+)$`).exec(resource)?.[1];
    case "default-security-group":
      return /^security-group\/(.+)$/.exec(resource)?.[1];
    case "account-public-access":
    case "bucket-acl":
    case "bucket-encryption":
    case "bucket-lifecycle":
    case "bucket-ownership":
    case "bucket-policy":
    case "bucket-public-access":
    case "key-grant":
    case "key-policy":
    case "key-pair":
    case "launch-configuration":
    case "metadata-defaults":
    case "permission-set":
      return undefined;
  }
}
