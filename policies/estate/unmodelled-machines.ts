import { terraformType } from "./terraform-type.ts";

/** Powers over machines that rules are about. */
export type MachinePower =
  | "default-security-groups"
  | "instance-connect-endpoints"
  | "key-pairs"
  | "metadata-service"
  | "public-addresses";

/** For resources that may contain anything. */
export const EVERY_MACHINE_POWER: readonly MachinePower[] = [
  "default-security-groups",
  "instance-connect-endpoints",
  "key-pairs",
  "metadata-service",
  "public-addresses",
];

export const LAUNCHING: readonly MachinePower[] = ["key-pairs", "metadata-service", "public-addresses"];

/** What a type holds in a form that the estate does not read. */
interface MachineCarrier {
  readonly type: RegExp;
  readonly powers: readonly MachinePower[];
}

/**
 * Resources that launch machines, or open networks, in a form that is not read: services that launch in the account's
 * own name, and the same resources of other providers.
 *
 * For Terraform, see `terraform-type.ts`.
 */
export const MACHINE_CARRIERS: readonly MachineCarrier[] = [
  { type: /^aws:cloud9\/environmentEC2:/, powers: ["metadata-service", "public-addresses"] },
  { type: /^aws:elasticbeanstalk\/(environment|configurationTemplate):/, powers: LAUNCHING },
  { type: /^aws:emr\/cluster:/, powers: ["metadata-service", "public-addresses"] },
  { type: /^aws:glue\/devEndpoint:/, powers: ["key-pairs", "public-addresses"] },
  { type: /^aws:sagemaker\/notebookInstance:/, powers: ["metadata-service"] },
  { type: /^aws:gamelift\/(containerFleet|fleet|gameServerGroup):/, powers: ["metadata-service"] },
  { type: /^aws:lightsail\/instance:/, powers: ["metadata-service"] },
  { type: /^aws:opsworks\//, powers: LAUNCHING },
  {
    type: /^aws-native:ec2:(Instance|LaunchTemplate|SpotFleet|Ec2Fleet)$/,
    powers: LAUNCHING,
  },
  { type: /^aws-native:autoscaling:(AutoScalingGroup|LaunchConfiguration)$/, powers: LAUNCHING },
  { type: /^aws-native:(batch:ComputeEnvironment|eks:Nodegroup|emr:Cluster)$/, powers: LAUNCHING },
  { type: /^aws-native:(imagebuilder:InfrastructureConfiguration|lightsail:Instance)$/, powers: LAUNCHING },
  { type: /^aws-native:elasticbeanstalk:(Environment|ConfigurationTemplate)$/, powers: LAUNCHING },
  { type: /^aws-native:cloud9:EnvironmentEc2$/, powers: ["metadata-service", "public-addresses"] },
  {
    type: /^aws-native:(gamelift:(ContainerFleet|Fleet|GameServerGroup)|sagemaker:NotebookInstance)$/,
    powers: ["metadata-service"],
  },
  { type: /^aws-native:ec2:(Eip|EipAssociation|NetworkInterface)$/, powers: ["public-addresses"] },
  {
    type: /^aws-native:ec2:(Vpc|SecurityGroupIngress|SecurityGroupEgress)$/,
    powers: ["default-security-groups"],
  },
  ...terraform(
    [
      "instance",
      "launch_template",
      "launch_configuration",
      "spot_instance_request",
      "spot_fleet_request",
      "spot_fleet",
      "ec2_fleet",
      "autoscaling_group",
      "autoscaling_auto_scaling_group",
      "autoscaling_launch_configuration",
      "eks_node_group",
      "eks_nodegroup",
      "batch_compute_environment",
      "emr_cluster",
      "imagebuilder_infrastructure_configuration",
      "lightsail_instance",
      "elastic_beanstalk_environment",
      "elastic_beanstalk_configuration_template",
      "elasticbeanstalk_environment",
      "elasticbeanstalk_configuration_template",
    ],
    LAUNCHING,
  ),
  ...terraform(["cloud9_environment_ec2"], ["metadata-service", "public-addresses"]),
  ...terraform(["gamelift_fleet", "sagemaker_notebook_instance"], ["metadata-service"]),
  ...terraform(["glue_dev_endpoint"], ["key-pairs", "public-addresses"]),
  ...terraform(["eip", "eip_association", "network_interface"], ["public-addresses"]),
  ...terraform(
    [
      "vpc",
      "default_vpc",
      "default_security_group",
      "security_group_rule",
      "security_group_ingress",
      "security_group_egress",
      "vpc_security_group_ingress_rule",
      "vpc_security_group_egress_rule",
    ],
    ["default-security-groups"],
  ),
];

/** Resources of Terraform's `aws` and `awscc`, whose names of EC2 have `ec2_` before them. */
function terraform(names: readonly string[], powers: readonly MachinePower[]): readonly MachineCarrier[] {
  const words = names.map((name) => name.replaceAll("_", "_?")).join("|");
  return [{ type: terraformType(words), powers }];
}
