import type { SecurityGroupEgressRuleArgs } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import type { SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { DocumentArgs } from "@pulumi/aws/ssm/document.js";
import type { Input } from "@pulumi/pulumi";
import type { AccessRoleArgs, SessionAccessTransforms } from "../access/args.ts";
import type { CommonArgs } from "../core/common.ts";
import type { Transform } from "../core/transform.ts";

/** Which client speaks to a database: what the connection string is written for, and the default port. */
export type DatabaseEngine = "mariadb" | "mysql" | "oracle" | "postgres" | "sqlserver";

/** An RDS instance. */
export interface RdsDestination {
  /** Its host name, without the port: the `address` of an `aws.rds.Instance`. */
  readonly address: Input<string>;
  /** What runs on it. */
  readonly engine: DatabaseEngine;
  /**
   * 1 to 65535.
   * @default the engine's: 5432, 3306, 1433 or 1521
   */
  readonly port?: number;
  /**
   * The database, or for Oracle the service, in the connection string.
   * @default none
   */
  readonly databaseName?: string;
}

/** An Aurora cluster: exactly one of `endpoint`, which writes, and `readerEndpoint`. */
export interface AuroraDestination {
  /**
   * The cluster's endpoint, for reading and writing.
   * @default none: `readerEndpoint`
   */
  readonly endpoint?: Input<string>;
  /**
   * The endpoint that reads from any replica.
   * @default none: `endpoint`
   */
  readonly readerEndpoint?: Input<string>;
  /** What it is compatible with. */
  readonly engine: "mysql" | "postgres";
  /**
   * 1 to 65535.
   * @default the engine's: 5432 or 3306
   */
  readonly port?: number;
  /**
   * The database in the connection string.
   * @default none
   */
  readonly databaseName?: string;
}

/** A Redshift cluster or workgroup. */
export interface RedshiftDestination {
  /** Its host name, without the port: the `dnsName` of an `aws.redshift.Cluster`. */
  readonly dnsName: Input<string>;
  /**
   * 1 to 65535.
   * @default 5439
   */
  readonly port?: number;
  /**
   * The database in the connection string.
   * @default "dev"
   */
  readonly databaseName?: string;
}

/**
 * Redis or Valkey in ElastiCache, in one of its endpoints: exactly one of the three.
 *
 * In cluster mode a node answers with redirections to other nodes, which a tunnel to one endpoint does not reach: a client
 * that follows them fails for the keys of other shards.
 */
export interface ElastiCacheDestination {
  /**
   * The primary node, for reading and writing.
   * @default none
   */
  readonly primaryEndpoint?: Input<string>;
  /**
   * Any replica.
   * @default none
   */
  readonly readerEndpoint?: Input<string>;
  /**
   * The cluster, in cluster mode.
   * @default none
   */
  readonly configurationEndpoint?: Input<string>;
  /**
   * 1 to 65535.
   * @default 6379
   */
  readonly port?: number;
  /**
   * Whether the cache encrypts in transit.
   * @default true
   */
  readonly tls?: boolean;
}

/** An OpenSearch domain in a VPC. */
export interface OpenSearchDestination {
  /** Its host name, without scheme: the `endpoint` of an `aws.opensearch.Domain`. */
  readonly endpoint: Input<string>;
}

/** Any other host that the instance reaches. */
export interface HostDestination {
  /** A DNS name or an IP address. An instance's metadata service is refused. */
  readonly host: Input<string>;
  /** 1 to 65535. */
  readonly port: number;
  /**
   * What is spoken there.
   * @default "tcp": the connection string is address and port
   */
  readonly protocol?: "https" | "tcp";
}

/** The instance that a tunnel goes through: a `BastionlessInstance`, or anything of its form. */
export interface TunnelInstance {
  readonly instanceId: Input<string>;
  /** The instance's own security group, which the destination admits. */
  readonly securityGroupId: Input<string>;
  /** The tags that people's access is conditioned on. */
  readonly accessTags: Readonly<Record<string, string>>;
}

/** Who may use a tunnel: see the arguments of `SessionAccess` of the same names. */
export interface TunnelAccessArgs {
  /**
   * `required`: every permission needs MFA. `federated`: for credentials that do not carry MFA themselves.
   * @default "required"
   */
  readonly mfa?: "federated" | "required";
  /**
   * Names of IAM groups to attach the policy to.
   * @default none
   */
  readonly groups?: readonly Input<string>[];
  /**
   * A role to create and attach the policy to.
   * @default none
   */
  readonly role?: AccessRoleArgs;
  /**
   * Make a managed policy of the document. Switch off to take only the document, as for an SSO permission set.
   * @default true
   */
  readonly createPolicies?: boolean;
}

/** One entry for each kind of child. @default none of them is changed */
export interface TunnelTransforms {
  readonly document?: Transform<DocumentArgs>;
  readonly access?: SessionAccessTransforms;
  readonly ingressRule?: Transform<SecurityGroupIngressRuleArgs>;
  readonly egressRule?: Transform<SecurityGroupEgressRuleArgs>;
}

/**
 * Arguments of Tunnel. Exactly one of `rds`, `aurora`, `redshift`, `elastiCache`, `openSearch` and `host` says where to.
 *
 * Nothing of it costs anything. Tunnels are never logged: the stream is encrypted from end to end, and CloudTrail records
 * that it started.
 */
export interface TunnelArgs extends CommonArgs {
  /**
   * An RDS instance.
   * @default none
   */
  readonly rds?: RdsDestination;
  /**
   * An Aurora cluster, at the endpoint that writes or at the one that reads.
   * @default none
   */
  readonly aurora?: AuroraDestination;
  /**
   * A Redshift cluster or workgroup.
   * @default none
   */
  readonly redshift?: RedshiftDestination;
  /**
   * Redis or Valkey in ElastiCache.
   * @default none
   */
  readonly elastiCache?: ElastiCacheDestination;
  /**
   * An OpenSearch domain in a VPC.
   * @default none
   */
  readonly openSearch?: OpenSearchDestination;
  /**
   * Any other host that the instance reaches.
   * @default none
   */
  readonly host?: HostDestination;
  /** The instance that the tunnel goes through. */
  readonly via: TunnelInstance;
  /**
   * The destination's security group. It is opened to the instance's group on the destination's port, and to nothing else:
   * declare none of that elsewhere. Required but for `host`.
   *
   * @default none: no rule is made; whoever owns the host lets the instance in
   */
  readonly destinationSecurityGroupId?: Input<string>;
  /**
   * Open the instance's group towards the destination's, on its port. Switch off where `egress` of the instance does:
   * AWS refuses the same rule twice. Without `destinationSecurityGroupId` it is never opened here.
   * @default true
   */
  readonly openEgress?: boolean;
  /**
   * The port to listen on at one's own machine, 1 to 65535. Below 1024 some systems ask for an administrator.
   * @default the destination's port and 10000, as 15432 for 5432
   */
  readonly localPort?: number;
  /**
   * Who may use it. What is granted is this tunnel through this instance, and everything generic is denied.
   * @default a managed policy that is attached to nobody
   */
  readonly access?: TunnelAccessArgs;
  /**
   * Changes to children that the arguments here do not offer. TypeScript only.
   * @default none
   */
  readonly transform?: TunnelTransforms;
}
