import assert from "node:assert/strict";
import {
  BastionlessInstance,
  PrivateNetwork,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";
import * as pulumi from "@pulumi/pulumi";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import {
  ACCOUNT,
  listAt,
  mapAt,
  type MockedProgram,
  type PolicyLike,
  runMocked,
  valueOf,
} from "../support/mocked-program.ts";
import {
  ATTACHMENT,
  CORE_ACTIONS,
  EGRESS,
  GROUP,
  INGRESS,
  INSTANCE,
  NAMED,
  NETWORK,
  ROLE,
  ROLE_POLICY,
  TAGS,
  app,
  names,
} from "./support/built-instance.ts";

describe("an instance", () => {
  let made: MockedProgram<BastionlessInstance>;
  let instance: WireMap;
  before(async () => {
    made = await app();
    instance = made.inputs(INSTANCE, "app-amazon-linux-2023-arm64");
  });

  it("has no public address, no key pair and no ingress", () => {
    assert.equal(instance["associatePublicIpAddress"], false);
    assert.equal(instance["keyName"], undefined);
    assert.deepEqual(names(made, INGRESS), []);
    assert.equal(made.inputs(GROUP, "app")["ingress"], undefined);
  });

  it("stands in the network, in its group and one of its own", () => {
    assert.equal(instance["subnetId"], NETWORK.subnetIds[0]);
    assert.deepEqual(instance["vpcSecurityGroupIds"], [
      made.mocks.named(GROUP, "app").id,
      NETWORK.instancesSecurityGroupId,
    ]);
    assert.equal(made.inputs(GROUP, "app")["vpcId"], NETWORK.vpcId);
  });

  it("opens no connection that the network does not", () => {
    assert.deepEqual(names(made, EGRESS), []);
    assert.equal(made.inputs(GROUP, "app")["egress"], undefined);
  });

  it("requires tokens of its metadata service, one hop away", () => {
    assert.deepEqual(instance["metadataOptions"], {
      httpEndpoint: "enabled",
      httpPutResponseHopLimit: 1,
      httpTokens: "required",
    });
  });

  it("keeps an encrypted root volume", () => {
    assert.deepEqual(instance["rootBlockDevice"], {
      deleteOnTermination: true,
      encrypted: true,
      tags: NAMED,
      volumeSize: 8,
      volumeType: "gp3",
    });
  });

  it("runs the image that the public parameter names", () => {
    assert.deepEqual(
      made.mocks.lookups.filter(({ token }) => token.includes("getParameter")).map(({ args }) => args),
      [{ name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" }],
    );
    assert.equal(instance["ami"], "ami-0a1b2c3d4e5f60718");
    assert.equal(instance["instanceType"], "t4g.small");
  });

  it("may be terminated, unless it is protected", async () => {
    assert.equal(instance["disableApiTermination"], false);
    const guarded = await app({ network: NETWORK, terminationProtection: true });
    assert.equal(guarded.inputs(INSTANCE, "app-amazon-linux-2023-arm64")["disableApiTermination"], true);
  });

  it("carries the tags that access is conditioned on", () => {
    assert.deepEqual(instance["tags"], NAMED);
    assert.deepEqual(made.result.accessTags, TAGS);
  });

  it("has a role that can do what Session Manager needs, and no more", () => {
    const role = made.inputs(ROLE, "app");
    assert.equal(role["name"], "shop-dev-app");
    assert.deepEqual(made.document(ROLE, "app", "assumeRolePolicy").Statement, [
      {
        Sid: "InstancesTakeRole",
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]);
    assert.deepEqual(names(made, ROLE_POLICY), ["app-session-manager"]);
    assert.deepEqual(names(made, ATTACHMENT), []);
    assert.deepEqual(made.document(ROLE_POLICY, "app-session-manager").Statement, [
      { Sid: "SessionManager", Effect: "Allow", Action: CORE_ACTIONS, Resource: "*" },
    ]);
    const profile = made.inputs("aws:iam/instanceProfile:InstanceProfile", "app");
    assert.deepEqual([profile["name"], profile["role"]], ["shop-dev-app", "shop-dev-app"]);
    assert.equal(instance["iamInstanceProfile"], "shop-dev-app");
  });

  it("tells its ids and how to connect", async () => {
    const { result } = made;
    const { id, outputs } = made.mocks.named(INSTANCE, "app-amazon-linux-2023-arm64");
    assert.equal(await valueOf(result.instanceId), id);
    assert.equal(await valueOf(result.privateIp), outputs["privateIp"]);
    assert.equal(await valueOf(result.roleName), "shop-dev-app");
    assert.equal(await valueOf(result.roleArn), `arn:aws:iam::${ACCOUNT}:role/shop-dev-app`);
    assert.equal(await valueOf(result.securityGroupId), made.mocks.named(GROUP, "app").id);
    assert.equal(await valueOf(result.connect), `aws ssm start-session --target ${id} --region eu-west-1`);
    assert.match(
      await valueOf(result.sshConfig),
      /^Host shop-dev-app\n {2}HostName i-[0-9a-f]+\n {2}User ec2-user\n/,
    );
  });
});

describe("an instance's commands", () => {
  it("forward ports", async () => {
    const made = await app();
    const start = await valueOf(made.result.connect);
    assert.equal(
      await valueOf(made.result.forward(8080)),
      `${start} --document-name AWS-StartPortForwardingSession --parameters "portNumber=8080,localPortNumber=8080"`,
    );
    assert.equal(
      await valueOf(made.result.remoteForward(pulumi.output("db.internal"), 5432, 15_432)),
      `${start} --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters "host=db.internal,portNumber=5432,localPortNumber=15432"`,
    );
  });

  it("name the environment's documents, with the parameters that these take", async () => {
    const made = await runMocked(() => {
      const logging = new SessionLogging("logging");
      const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } });
      const web = new SessionDocument("web", { port: { port: 8080 } });
      const database = new SessionDocument("database", {
        remotePort: { hostPattern: "^db-[0-9]+$", ports: [3306, 5432] },
      });
      const instance = new BastionlessInstance("app", {
        network: NETWORK,
        documents: { shell, forward: web },
      });
      return {
        connect: instance.connect,
        web: instance.forward(8080, 80),
        database: instance.remoteForward("db-1", 5432, 5432, database),
      };
    });
    assert.match(await valueOf(made.result.connect), / --document-name shop-dev-shell$/);
    assert.match(
      await valueOf(made.result.web),
      / --document-name shop-dev-web --parameters "localPortNumber=80"$/,
    );
    assert.match(
      await valueOf(made.result.database),
      / --document-name shop-dev-database --parameters "host=db-1,portNumber=5432,localPortNumber=5432"$/,
    );
  });

  it("refuse what is no port and no host, all at once", async () => {
    const made = await app();
    assert.throws(
      () => made.result.remoteForward("db internal", 0, 65_536),
      (error: Error) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual(
          error.errors.map(({ propertyPath }) => propertyPath),
          ["remotePort", "localPort", "host"],
        );
        return true;
      },
    );
    assert.throws(() => made.result.forward(1.5), pulumi.InputPropertiesError);
  });
});

describe("an instance with logging", () => {
  it("may write logs, and use the key by a document of its own", async () => {
    const made = await runMocked(
      () => new BastionlessInstance("app", { network: NETWORK, logging: new SessionLogging("logging") }),
    );
    assert.deepEqual(names(made, ROLE_POLICY).toSorted(), [
      "app-session-key",
      "app-session-logging",
      "app-session-manager",
    ]);
    const actions = (name: string): string =>
      JSON.stringify(made.document(ROLE_POLICY, name).Statement.map(({ Action }) => Action));
    assert.match(actions("app-session-logging"), /"s3:PutObject"/);
    assert.match(actions("app-session-logging"), /"s3:GetEncryptionConfiguration"/);
    assert.match(actions("app-session-logging"), /"logs:PutLogEvents"/);
    assert.doesNotMatch(actions("app-session-logging"), /kms:/);
    assert.match(actions("app-session-key"), /"kms:/);
  });
});

describe("an instance in a network, both with logging", () => {
  it("may do nothing with the log bucket that the network does not let through", async () => {
    const made = await runMocked(() => {
      const logging = new SessionLogging("logging");
      const network = new PrivateNetwork("network", { logging });
      return new BastionlessInstance("app", { network, logging });
    });
    const allowed = (statements: PolicyLike["Statement"]): string[] =>
      statements.flatMap(({ Action, Resource }) =>
        [Action]
          .flat()
          .flatMap((action) => [Resource].flat().map((resource) => `${String(action)} ${String(resource)}`)),
      );
    const through = allowed(made.document("aws:ec2/vpcEndpoint:VpcEndpoint", "network-s3").Statement);
    const wanted = allowed(made.document(ROLE_POLICY, "app-session-logging").Statement).filter((grant) =>
      grant.startsWith("s3:"),
    );
    assert.ok(wanted.length > 0);
    assert.deepEqual(
      wanted.filter((grant) => !through.includes(grant)),
      [],
    );
  });
});

describe("an instance without network", () => {
  it("stands in the subnet, and opens HTTPS from a group of its own", async () => {
    const made = await app({ vpcId: NETWORK.vpcId, subnetId: "subnet-0a1b2c3d4e5f60711" });
    const instance = made.inputs(INSTANCE, "app-amazon-linux-2023-arm64");
    const group = made.mocks.named(GROUP, "app").id;
    assert.equal(instance["subnetId"], "subnet-0a1b2c3d4e5f60711");
    assert.deepEqual(instance["vpcSecurityGroupIds"], [group]);
    assert.deepEqual(names(made, EGRESS), ["app-https"]);
    const { securityGroupId, cidrIpv4, ipProtocol, fromPort, toPort } = made.inputs(EGRESS, "app-https");
    assert.deepEqual(
      { securityGroupId, cidrIpv4, ipProtocol, fromPort, toPort },
      { securityGroupId: group, cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 443, toPort: 443 },
    );
  });
});

describe("an instance in a PrivateNetwork", () => {
  it("stands in the zone that was named", async () => {
    const made = await runMocked(() => {
      const network = new PrivateNetwork("network", { zones: 3 });
      const egress = { database: { port: 5432, cidrIpv4: "10.1.0.0/16" } };
      return { network, instance: new BastionlessInstance("app", { network, zone: 3, egress }) };
    });
    const subnets = await valueOf(made.result.network.subnetIds);
    const instance = made.inputs(INSTANCE, "app-amazon-linux-2023-arm64");
    assert.equal(instance["subnetId"], subnets[2]);
    assert.deepEqual(instance["vpcSecurityGroupIds"], [
      made.mocks.named(GROUP, "app").id,
      made.mocks.named(GROUP, "network-instances").id,
    ]);
    assert.equal(made.inputs(EGRESS, "app-database")["cidrIpv4"], "10.1.0.0/16");
  });

  it("boots when the network and what its role can do are there", async () => {
    const waitedFor: unknown[] = [];
    const { result: network } = await runMocked(() => {
      const built = new PrivateNetwork("network");
      new BastionlessInstance("app", {
        network: built,
        logging: new SessionLogging("logging"),
        transform: {
          instance: (_args, { dependsOn }) => {
            assert.ok(Array.isArray(dependsOn));
            waitedFor.push(...dependsOn);
          },
        },
      });
      return built;
    });
    assert.equal(waitedFor.length, 4);
    assert.ok(waitedFor.includes(network));
    const policies = waitedFor.filter((resource) => pulumi.CustomResource.isInstance(resource));
    assert.equal(policies.length, 3);
  });
});

describe("an instance's options", () => {
  it("reach the instance", async () => {
    const kmsKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const made = await app({
      network: NETWORK,
      os: "windows-2022",
      instanceType: "m7i.large",
      rootVolumeGib: 64,
      rootVolumeKmsKeyArn: kmsKeyArn,
      metadataHopLimit: 2,
      detailedMonitoring: true,
      userData: "<powershell>exit</powershell>",
      replaceOnUserDataChange: true,
      securityGroupIds: ["sg-0a1b2c3d4e5f60719"],
    });
    const instance = made.inputs(INSTANCE, "app-windows-2022-x86_64");
    assert.equal(instance["instanceType"], "m7i.large");
    const root = mapAt(instance, "rootBlockDevice");
    assert.deepEqual([root["volumeSize"], root["kmsKeyId"], root["encrypted"]], [64, kmsKeyArn, true]);
    assert.equal(mapAt(instance, "metadataOptions")["httpPutResponseHopLimit"], 2);
    assert.equal(instance["monitoring"], true);
    assert.equal(instance["userDataReplaceOnChange"], true);
    assert.equal(listAt(instance, "vpcSecurityGroupIds")[2], "sg-0a1b2c3d4e5f60719");
  });

  it("reach the role", async () => {
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
    const made = await app({
      network: NETWORK,
      managedPolicy: true,
      policyArns: [`arn:aws:iam::${ACCOUNT}:policy/app`],
      permissionsBoundaryArn: boundary,
    });
    assert.equal(made.inputs(ROLE, "app")["permissionsBoundary"], boundary);
    assert.deepEqual(names(made, ROLE_POLICY), []);
    assert.equal(
      made.inputs(ATTACHMENT, "app-managed-instance-core")["policyArn"],
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    );
    assert.equal(made.inputs(ATTACHMENT, "app-policy-0")["policyArn"], `arn:aws:iam::${ACCOUNT}:policy/app`);
  });

  it("take an image of one's own, without a lookup", async () => {
    const made = await app({
      network: NETWORK,
      amiId: pulumi.output("ami-0a1b2c3d4e5f60719"),
      architecture: "x86_64",
    });
    assert.equal(made.inputs(INSTANCE, "app-ami")["ami"], "ami-0a1b2c3d4e5f60719");
    assert.ok(!made.mocks.lookups.some(({ token }) => token.includes("getParameter")));
  });

  it("ignore newer images, unless they are to be followed", async () => {
    for (const [args, ignored] of [
      [{}, ["ami"]],
      [{ followLatestImage: true }, undefined],
      [{ amiId: "ami-0a1b2c3d4e5f60719", instanceType: "t3.nano" }, undefined],
    ] as const) {
      let seen: string[] | undefined = [];
      // oxlint-disable-next-line no-await-in-loop -- mocks are one for the whole process: one program at a time
      await app({
        network: NETWORK,
        ...args,
        transform: {
          instance: (_args, opts) => {
            seen = opts.ignoreChanges;
          },
        },
      });
      assert.deepEqual(seen, ignored);
    }
  });

  it("transform every kind of child", async () => {
    const made = await app({
      network: NETWORK,
      managedPolicy: true,
      logging: { permissions: loggingGrant() },
      egress: { web: { port: 80, cidrIpv4: "10.0.0.0/8" } },
      transform: {
        securityGroup: { description: "other" },
        egressRule: { description: "other" },
        role: { description: "other" },
        rolePolicy: { name: "other" },
        policyAttachment: { policyArn: "arn:aws:iam::aws:policy/Other" },
        instanceProfile: { path: "/other/" },
        instance: { hibernation: true },
      },
    });
    assert.equal(made.inputs(GROUP, "app")["description"], "other");
    assert.equal(made.inputs(EGRESS, "app-web")["description"], "other");
    assert.equal(made.inputs(ROLE, "app")["description"], "other");
    assert.equal(made.inputs(ROLE_POLICY, "app-session-logging")["name"], "other");
    assert.equal(
      made.inputs(ATTACHMENT, "app-managed-instance-core")["policyArn"],
      "arn:aws:iam::aws:policy/Other",
    );
    assert.equal(made.inputs("aws:iam/instanceProfile:InstanceProfile", "app")["path"], "/other/");
    assert.equal(made.inputs(INSTANCE, "app-amazon-linux-2023-arm64")["hibernation"], true);
  });
});

describe("an instance with bad arguments", () => {
  it("registers nothing, not even itself", async () => {
    const made = await runMocked(() => {
      assert.throws(() => new BastionlessInstance("app", {}), pulumi.InputPropertiesError);
    });
    assert.deepEqual(made.mocks.resources, []);
  });
});

function loggingGrant(): SessionLogging["permissions"] {
  const none = pulumi.output([]);
  const statement = { Sid: "X", Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" } as const;
  const empty = { statements: none, keyStatements: none, hasStatements: false, hasKeyStatements: false };
  return {
    instances: { ...empty, statements: pulumi.output([statement]), hasStatements: true },
    people: empty,
    auditors: empty,
    endpoints: { services: [], s3Statements: none },
  };
}
