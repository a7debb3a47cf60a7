import { BastionlessInstance, type BastionlessInstanceArgs } from "@bastionless/components";
import { type MockedProgram, runMocked } from "../../support/mocked-program.ts";

export const TAGS = { Project: "shop", Environment: "dev" };
export const NAMED = { ...TAGS, Name: "shop-dev-app" };
export const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const INSTANCE = "aws:ec2/instance:Instance";
export const ROLE = "aws:iam/role:Role";
export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
export const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const AMI = "ami-0a1b2c3d4e5f60719";
export const NETWORK = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  zones: 2,
  instancesSecurityGroupId: "sg-0a1b2c3d4e5f60718",
};
export const CORE_ACTIONS = [
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

export function app(
  args: BastionlessInstanceArgs = { network: NETWORK },
  region = "eu-west-1",
): Promise<MockedProgram<BastionlessInstance>> {
  return runMocked(() => new BastionlessInstance("app", args), { region });
}

export function names(program: MockedProgram<unknown>, type: string): string[] {
  return program.mocks.ofType(type).map(({ name }) => name);
}
