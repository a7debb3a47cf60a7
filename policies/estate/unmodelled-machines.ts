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

const LAUNCHING: readonly MachinePower[] = ["key-pairs", "metadata-service", "public-addresses"];

/** What a type holds in a form that the estate does not read. */
interface MachineCarrier {
  readonly type: RegExp;
  readonly powers: readonly MachinePower[];
}

/**
 * Resources that launch machines, or open networks, in a form that is not read: services that launch in the account's
 * own name, and the same resources of other providers.
 *
 * `aws:index/…` are the types of Pulumi's bridge to any Terraform provider, `…:tf:…` those of Terraform modules.
 */
export const MACHINE_CARRIERS: readonly MachineCarrier[] = [
  { type: /^aws:cloud9\/environmentEC2:/, powers: ["metadata-service", "public-addresses"] },
  { type: /^aws:elasticbeanstalk\/(application|environment|configurationTemplate):/, powers: LAUNCHING },
  { type: /^aws:emr\/cluster:/, powers: ["metadata-service", "public-addresses"] },
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
  { type: /^aws-native:ec2:(Eip|EipAssociation|NetworkInterface)$/, powers: ["public-addresses"] },
  {
    type: /^aws-native:ec2:(Vpc|SecurityGroupIngress|SecurityGroupEgress)$/,
    powers: ["default-security-groups"],
  },
  {
    type: /(:tf:aws_|^aws:index\/)(instance|launch_?template|launch_?configuration|spot_?instance_?request|spot_?fleet_?request|ec2_?fleet|autoscaling_?group|eks_?node_?group|batch_?compute_?environment|emr_?cluster|imagebuilder_?infrastructure_?configuration|lightsail_?instance|elastic_?beanstalk_?\w*)(:|$)/i,
    powers: LAUNCHING,
  },
  {
    type: /(:tf:aws_|^aws:index\/)(eip|eip_?association|network_?interface)(:|$)/i,
    powers: ["public-addresses"],
  },
  {
    type: /(:tf:aws_|^aws:index\/)(vpc|default_?vpc|default_?security_?group|security_?group_?rule|vpc_?security_?group_?(in|e)gress_?rule)(:|$)/i,
    powers: ["default-security-groups"],
  },
];
