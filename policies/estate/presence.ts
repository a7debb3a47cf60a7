/** What a resource is by being there, whatever its properties say. */
export type Presence =
  | "instance-connect-endpoint"
  | "key-pair"
  | "lightsail-instance"
  | "lightsail-static-address";

const AWS_TYPES: ReadonlyMap<string, Presence> = new Map([
  ["aws:ec2/keyPair:KeyPair", "key-pair"],
  ["aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint", "instance-connect-endpoint"],
  ["aws:lightsail/instance:Instance", "lightsail-instance"],
  ["aws:lightsail/keyPair:KeyPair", "key-pair"],
  ["aws:lightsail/staticIpAttachment:StaticIpAttachment", "lightsail-static-address"],
  ["aws-native:ec2:InstanceConnectEndpoint", "instance-connect-endpoint"],
  ["aws-native:ec2:KeyPair", "key-pair"],
]);

/** The same of Terraform: in a module, and by Pulumi's bridge to any provider. */
const TERRAFORM_TYPES: readonly (readonly [RegExp, Presence])[] = [
  [/(:tf:aws_|^aws:index\/)(ec2_?instance_?connect_?endpoint)(:|$)/i, "instance-connect-endpoint"],
  [/(:tf:aws_|^aws:index\/)(lightsail_?)?key_?pair(:|$)/i, "key-pair"],
  [/(:tf:aws_|^aws:index\/)lightsail_?static_?ip_?attachment(:|$)/i, "lightsail-static-address"],
];

const TERRAFORM = /:tf:|^aws:index\//;

export function presenceOf(type: string): Presence | undefined {
  return (
    AWS_TYPES.get(type) ??
    (TERRAFORM.test(type) ? TERRAFORM_TYPES.find(([pattern]) => pattern.test(type))?.[1] : undefined)
  );
}
