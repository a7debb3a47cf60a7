import { terraformType } from "./terraform-type.ts";

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

/** The same of Terraform. */
const TERRAFORM_TYPES: readonly (readonly [RegExp, Presence])[] = [
  [terraformType("instance_?connect_?endpoint"), "instance-connect-endpoint"],
  [terraformType("(lightsail_?)?key_?pair"), "key-pair"],
  [terraformType("lightsail_?static_?ip_?attachment"), "lightsail-static-address"],
];

const TERRAFORM = /:tf:|^aws(cc)?:index\//;

export function presenceOf(type: string): Presence | undefined {
  return (
    AWS_TYPES.get(type) ??
    (TERRAFORM.test(type) ? TERRAFORM_TYPES.find(([pattern]) => pattern.test(type))?.[1] : undefined)
  );
}
