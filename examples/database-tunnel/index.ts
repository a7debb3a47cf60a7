import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Instance as Database } from "@pulumi/aws/rds/instance.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import { BastionlessInstance, PrivateNetwork, SessionLogging, Tunnel } from "@bastionless/components";

const logging = new SessionLogging("logging");
const network = new PrivateNetwork("network", { logging });
const jump = new BastionlessInstance("jump", { network, logging });

// The databases' group admits nobody: each tunnel adds the one rule that it needs.
const databases = new SecurityGroup("databases", {
  description: "Databases. Tunnels are let in one by one.",
  vpcId: network.vpcId,
});
const database = new Database("orders", {
  engine: "postgres",
  instanceClass: "db.t4g.micro",
  allocatedStorage: 20,
  dbName: "orders",
  username: "orders",
  manageMasterUserPassword: true,
  storageEncrypted: true,
  dbSubnetGroupName: new SubnetGroup("orders", {
    subnetIds: network.subnetIds.apply((ids) => [...ids]),
  }).name,
  vpcSecurityGroupIds: [databases.id],
  skipFinalSnapshot: true,
});

// Whoever has the policy reaches this one database, with MFA, and no shell. TLS is checked to the database's own name.
const orders = new Tunnel("orders", {
  rds: { address: database.address, engine: "postgres", databaseName: "orders" },
  destinationSecurityGroupId: databases.id,
  via: jump,
});

// Analysts get a role, and of an Aurora cluster the replicas only.
const reports = new Tunnel("reports", {
  aurora: {
    readerEndpoint: "reports.cluster-ro-c0ffee12abcd.eu-west-1.rds.amazonaws.com",
    engine: "mysql",
  },
  destinationSecurityGroupId: databases.id,
  via: jump,
  localPort: 13_306,
  access: { role: { trustedPrincipals: ["arn:aws:iam::111122223333:role/analysts"] } },
});

export const openOrders = orders.command;
export const connectToOrders = orders.connectionString;
export const ordersPolicyArn = orders.policyArn;
export const openReports = reports.command;
export const connectToReports = reports.connectionString;
export const reportsRoleArn = reports.roleArn;
