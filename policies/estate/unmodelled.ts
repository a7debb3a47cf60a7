import { EVERY_MACHINE_POWER, MACHINE_CARRIERS, type MachinePower } from "./unmodelled-machines.ts";

/** What a resource may do that rules are about. */
export type Power = MachinePower | "bucket-settings" | "inbound-rules" | "permissions" | "session-logs";

/** Resource types that hold a power in a form that the estate does not read. */
interface Carrier {
  readonly type: RegExp;
  readonly powers: readonly Power[];
}

/** What sets something on a bucket that another resource makes; see `setting.ts`. */
const BUCKET_SETTINGS =
  /^aws-native:s3:BucketPolicy$|:tf:aws_s3_bucket_(acl|lifecycle_configuration|ownership_controls|policy|public_access_block|server_side_encryption_configuration)$|^((aws|awscc):index\/s3Bucket|kubernetes:s3\.aws\.(m\.)?upbound\.io\/).*(Acl|ACL|LifecycleConfiguration|OwnershipControls|Policy|PublicAccessBlock|ServerSideEncryptionConfiguration)$/;

/** For resources that may contain anything. */
export const EVERYTHING: readonly Power[] = [
  ...EVERY_MACHINE_POWER,
  "inbound-rules",
  "permissions",
  "session-logs",
];

/**
 * Resources of other providers, and such as contain others.
 *
 * Whoever uses one of them is told that it was not read: a pass would be a guess.
 */
const CARRIERS: readonly Carrier[] = [
  { type: /^aws:cloudcontrol\/resource:/, powers: EVERYTHING },
  { type: /^aws:cloudformation\/(stack|stackSet|stackInstances|stackSetInstance):/, powers: EVERYTHING },
  { type: /^aws:servicecatalog\/provisionedProduct:/, powers: EVERYTHING },
  { type: /^aws:serverlessrepository\/cloudFormationStack:/, powers: EVERYTHING },
  { type: /^aws:proton\//, powers: EVERYTHING },
  { type: /^aws:cloud9\/environmentEC2:/, powers: ["inbound-rules"] },
  { type: /^aws:elasticbeanstalk\/(environment|configurationTemplate):/, powers: ["inbound-rules"] },
  { type: /^aws:gamelift\/containerFleet:/, powers: ["inbound-rules"] },
  { type: /^aws:lightsail\/instance:/, powers: ["inbound-rules"] },
  { type: /^aws:opsworks\//, powers: ["inbound-rules"] },
  { type: /^aws-native:(index:ExtensionResource|cloudformation:)/, powers: EVERYTHING },
  { type: /^aws-native:ec2:SecurityGroup(Ingress)?$/, powers: ["inbound-rules"] },
  { type: /^aws-native:(eks:Nodegroup|gamelift:Fleet|lightsail:Instance)$/, powers: ["inbound-rules"] },
  {
    type: /^aws-native:iam:(Policy|ManagedPolicy|Role|RolePolicy|User|UserPolicy|UserToGroupAddition|Group|GroupPolicy)$/,
    powers: ["permissions"],
  },
  { type: /^aws-native:sso:PermissionSet$/, powers: ["permissions"] },
  { type: /^aws-native:ssm:Document$/, powers: ["session-logs"] },
  // Terraform modules and providers, run by Pulumi.
  {
    type: /:tf:aws_(security_group|default_security_group|security_group_rule|vpc_security_group_ingress_rule|eks_node_group)$/,
    powers: ["inbound-rules"],
  },
  {
    type: /:tf:aws_(iam_(policy|role|user|group)\w*|ssoadmin_\w+)$/,
    powers: ["permissions"],
  },
  { type: /:tf:aws_ssm_document$/, powers: ["session-logs"] },
  { type: BUCKET_SETTINGS, powers: ["bucket-settings"] },
  // Any Terraform provider, bridged: `hashicorp/aws` and `hashicorp/awscc`.
  {
    type: /^(aws|awscc):index\/(securityGroup|defaultSecurityGroup|securityGroupRule|vpcSecurityGroupIngressRule|eksNodeGroup|gameliftFleet|lightsailInstance|lightsailInstancePublicPorts|ec2SecurityGroup|ec2SecurityGroupIngress|eksNodegroup):/,
    powers: ["inbound-rules"],
  },
  {
    type: /^(aws|awscc):index\/(iam(Policy|ManagedPolicy|Role|User|Group)\w*|ssoadmin\w+|ssoPermissionSet):/,
    powers: ["permissions"],
  },
  { type: /^(aws|awscc):index\/ssmDocument:/, powers: ["session-logs"] },
  // Custom resources by which a Kubernetes cluster makes AWS's: AWS Controllers for Kubernetes, and Crossplane.
  { type: kubernetes("ec2"), powers: [...EVERY_MACHINE_POWER, "inbound-rules"] },
  { type: kubernetes("eks"), powers: ["inbound-rules"] },
  { type: kubernetes("iam"), powers: ["permissions"] },
  { type: kubernetes("cloudcontrol"), powers: EVERYTHING },
  { type: kubernetes("ssm"), powers: ["session-logs"] },
  ...MACHINE_CARRIERS,
];

/** `kubernetes:iam.services.k8s.aws/v1alpha1:Role`, `kubernetes:iam.aws.upbound.io/v1beta1:Role`. */
function kubernetes(service: string): RegExp {
  return new RegExp(
    `^kubernetes:${service}\\.(?:services\\.k8s\\.aws|aws\\.(?:m\\.)?upbound\\.io|aws\\.crossplane\\.io)/`,
  );
}

const NONE: readonly Power[] = [];
const known = new Map<string, readonly Power[]>();

/** The powers of a type that the estate does not read. */
export function unmodelledPowers(type: string): readonly Power[] {
  let powers = known.get(type);
  if (powers === undefined) {
    const found = CARRIERS.filter((carrier) => carrier.type.test(type)).flatMap((carrier) => carrier.powers);
    powers = found.length === 0 ? NONE : [...new Set(found)];
    known.set(type, powers);
  }
  return powers;
}
