import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";
import { SessionAccess } from "../access/session-access.ts";
import { currentDeployment } from "../core/common.ts";
import { awsIdentity } from "../core/identity.ts";
import { transformed } from "../core/transform.ts";
import { SessionDocument } from "../documents/session-document.ts";
import { remoteForwardCommand } from "../instance/session-commands.ts";
import type { TunnelArgs } from "./args.ts";
import { connectionString } from "./connection.ts";
import { planTunnel, type TunnelPlan } from "./plan.ts";

/**
 * A tunnel to one destination and to nothing else: a Port document with host and port fixed, a policy that allows this
 * document through this instance and denies every generic one, and the destination's security group opened to the
 * instance's on that port.
 *
 * The tunnel ends at 127.0.0.1, and certificates name the far end: `connectionString` lets the client check that name
 * where it can (PostgreSQL, Redshift, SQL Server, HTTPS). MySQL and Redis clients check the chain only, unless they are
 * told the name. Never map the name to 127.0.0.1 by other means for good: without the tunnel it would hide the destination.
 *
 * @example
 * new Tunnel("orders", {
 *   rds: { address: orders.address, engine: "postgres" },
 *   destinationSecurityGroupId: ordersGroup.id,
 *   via: jump,
 * });
 */
export class Tunnel extends pulumi.ComponentResource {
  /** Known in a first preview. */
  readonly documentName: pulumi.Output<string>;
  /** Known in a first preview. */
  readonly documentArn: pulumi.Output<string>;
  readonly sessionType = "Port";
  /** Names of the parameters that whoever opens the tunnel may set: the local port. */
  readonly parameters: readonly string[];
  /** The command that opens the tunnel and keeps it open. */
  readonly command: pulumi.Output<string>;
  /**
   * What a client is given while the tunnel is open. PostgreSQL and Redshift: an address for libpq (16 or later for Redshift)
   * that checks the far end's certificate by name; `global-bundle.pem` is the file that AWS publishes for RDS. SQL Server: the
   * same by `HostNameInCertificate`. MySQL: the chain is checked, the name cannot be. Redis: `rediss:`, and tell the client the
   * name, as `servername` or `--sni`. HTTPS: a line of curl under the far end's name. Oracle and others: without TLS of its own.
   */
  readonly connectionString: pulumi.Output<string>;
  /** The far end, which its certificate names. */
  readonly host: pulumi.Output<string>;
  readonly localPort: number;
  /** What may be done, as JSON. Known in a first preview. */
  readonly policyDocument: pulumi.Output<string>;
  /** The managed policy; undefined where there is none. */
  readonly policyArn: pulumi.Output<string> | undefined;
  /** Undefined without `access.role`. */
  readonly roleArn: pulumi.Output<string> | undefined;

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  constructor(name: string, args: TunnelArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const plan = planTunnel(name, args, currentDeployment());
    super("bastionless:index:Tunnel", name, {}, opts);
    const { region } = awsIdentity(this);
    const document = new SessionDocument(name, plan.document, { parent: this });
    const access = new SessionAccess(name, { ...plan.access, documents: [document] }, { parent: this });
    this.#openDestination(name, args, plan);

    const { destination, localPort } = plan;
    this.documentName = document.documentName;
    this.documentArn = document.documentArn;
    this.parameters = document.parameters;
    this.host = pulumi.output(destination.host);
    this.localPort = localPort;
    this.command = pulumi
      .all([plan.instanceId, region, document.documentName, this.host])
      .apply(([instanceId, at, documentName, host]) =>
        remoteForwardCommand(
          { instanceId, region: at },
          { name: documentName, parameters: ["localPortNumber"] },
          host,
          destination.port,
          localPort,
        ),
      );
    this.connectionString = this.host.apply((host) =>
      connectionString({
        protocol: destination.protocol,
        host,
        port: destination.port,
        localPort,
        databaseName: destination.databaseName,
      }),
    );
    this.policyDocument = access.policyDocument;
    this.policyArn = access.policyArn;
    this.roleArn = access.roleArn;
    this.registerOutputs({
      documentName: this.documentName,
      command: this.command,
      connectionString: this.connectionString,
    });
  }

  /** Both halves of the way: into the destination's group, and out of the instance's. */
  #openDestination(name: string, args: TunnelArgs, plan: TunnelPlan): void {
    if (plan.destinationGroupId === undefined) {
      return;
    }
    const way = {
      ipProtocol: "tcp",
      fromPort: plan.destination.port,
      toPort: plan.destination.port,
      tags: plan.tags,
    };
    new SecurityGroupIngressRule(
      ...transformed(
        args.transform?.ingressRule,
        `${name}-from-instance`,
        {
          ...way,
          securityGroupId: plan.destinationGroupId,
          referencedSecurityGroupId: plan.instanceGroupId,
          description: `Tunnel ${name}`.slice(0, 255),
        },
        { parent: this },
      ),
    );
    if (plan.openEgress) {
      new SecurityGroupEgressRule(
        ...transformed(
          args.transform?.egressRule,
          `${name}-to-destination`,
          {
            ...way,
            securityGroupId: plan.instanceGroupId,
            referencedSecurityGroupId: plan.destinationGroupId,
            description: `Tunnel ${name}`.slice(0, 255),
          },
          { parent: this },
        ),
      );
    }
  }
}
