import { terraformType } from "./terraform-type.ts";
import {
  EVERY_MACHINE_POWER,
  LAUNCHING,
  MACHINE_CARRIERS,
  type MachinePower,
} from "./unmodelled-machines.ts";

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
  { type: /^aws-native:(servicecatalog:CloudFormationProvisionedProduct|proton:\w+)$/, powers: EVERYTHING },
  { type: /^aws-native:ssmquicksetup:ConfigurationManager$/, powers: EVERYTHING },
  { type: /^aws-native:(cloud9:EnvironmentEc2|gamelift:ContainerFleet)$/, powers: ["inbound-rules"] },
  {
    type: /^aws-native:elasticbeanstalk:(Environment|ConfigurationTemplate)$/,
    powers: ["inbound-rules"],
  },
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
  // What contains other resources, or opens ports with its machines, by Terraform in both forms.
  {
    type: terraformType(
      "cloudformation_?(stack|stack_?set|stack_?instances|stack_?set_?instance)|cloud_?control_?api_?resource|service_?catalog_?(cloud_?formation_?)?provisioned_?product|serverless_?application_?repository_?cloudformation_?stack|ssm_?quick_?setup_?configuration_?manager",
    ),
    powers: EVERYTHING,
  },
  {
    type: terraformType(
      "cloud9_?environment_?ec2|elastic_?beanstalk_?(environment|configuration_?template)|gamelift_?(container_?)?fleet|lightsail_?instance(_?public_?ports)?",
    ),
    powers: ["inbound-rules"],
  },
  // Cloud Control's resources in a Terraform module.
  {
    type: /:tf:awscc_(ec2_security_group(_ingress)?|eks_nodegroup)$/,
    powers: ["inbound-rules"],
  },
  {
    type: /:tf:awscc_(iam_(managed_policy|policy|role|user|group)\w*|sso_permission_set)$/,
    powers: ["permissions"],
  },
  { type: /:tf:awscc_ssm_document$/, powers: ["session-logs"] },
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
  { type: kubernetes("eks"), powers: [...LAUNCHING, "inbound-rules"] },
  { type: kubernetes("(?:autoscaling|batch|emr|imagebuilder)"), powers: LAUNCHING },
  { type: kubernetes("(?:elasticbeanstalk|gamelift|lightsail)"), powers: [...LAUNCHING, "inbound-rules"] },
  { type: kubernetes("ssoadmin"), powers: ["permissions"] },
  { type: kubernetes("(?:cloudformation|servicecatalog|serverlessrepo)"), powers: EVERYTHING },
  { type: kubernetes("iam"), powers: ["permissions"] },
  { type: kubernetes("cloudcontrol"), powers: EVERYTHING },
  { type: kubernetes("ssm"), powers: ["session-logs"] },
  // Spot by NetApp launches in the account's own name.
  { type: /^spotinst:aws\/(beanstalk|elastigroup|managedInstance|mrScalar|ocean\w*):/, powers: LAUNCHING },
  // Karpenter's node classes, and Cluster API's machines, networks and bastions.
  { type: /^kubernetes:karpenter\.k8s\.aws\/\w+:(EC2NodeClass|AWSNodeTemplate)$/, powers: LAUNCHING },
  {
    type: /^kubernetes:infrastructure\.cluster\.x-k8s\.io\/\w+:AWS(?!Cluster\w*Identity)\w+$/,
    powers: [...LAUNCHING, "inbound-rules"],
  },
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
