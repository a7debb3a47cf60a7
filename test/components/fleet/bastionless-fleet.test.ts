import assert from "node:assert/strict";
import {
  BastionlessFleet,
  type BastionlessFleetArgs,
  BastionlessInstance,
  PrivateNetwork,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";
import * as pulumi from "@pulumi/pulumi";
import { isWireMap, type Wire, type WireMap } from "../../../offline/protocol/wire.ts";
import { ACCOUNT, listAt, mapAt, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { settled } from "../support/values.ts";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:autoscaling/group:Group";
const SCHEDULE = "aws:autoscaling/schedule:Schedule";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const LOGICAL = "app-amazon-linux-2023-arm64";
const NETWORK = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  zones: 2,
  instancesSecurityGroupId: "sg-0a1b2c3d4e5f60718",
};
const TAGS = { Project: "shop", Environment: "dev" };
const NAMED = { ...TAGS, Name: "shop-dev-app" };

function app(
  args: BastionlessFleetArgs = { network: NETWORK },
  region = "eu-west-1",
): Promise<MockedProgram<BastionlessFleet>> {
  return runMocked(() => new BastionlessFleet("app", args), { region });
}

function only(inputs: WireMap, property: string): WireMap {
  const [first, ...rest] = listAt(inputs, property);
  assert.ok(isWireMap(first) && rest.length === 0);
  return first;
}

function userDataOf(template: WireMap): string {
  const text = template["userData"];
  assert.ok(typeof text === "string");
  return Buffer.from(text, "base64").toString();
}

describe("a fleet's launch template", () => {
  let made: MockedProgram<BastionlessFleet>;
  let template: WireMap;
  before(async () => {
    made = await app();
    template = made.inputs(TEMPLATE, LOGICAL);
  });

  it("has no public address whatever its subnets say, no key pair and no ingress", () => {
    const networkInterface = only(template, "networkInterfaces");
    assert.equal(networkInterface["associatePublicIpAddress"], "false");
    assert.equal(template["keyName"], undefined);
    assert.equal(template["vpcSecurityGroupIds"], undefined);
    assert.deepEqual(made.mocks.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), []);
    assert.deepEqual(networkInterface["securityGroups"], [
      made.mocks.named(SECURITY_GROUP, "app").id,
      NETWORK.instancesSecurityGroupId,
    ]);
  });

  it("has version 2 of the metadata service alone, one hop away", () => {
    assert.deepEqual(template["metadataOptions"], {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("encrypts the root volume under the name that the image gives it", () => {
    const mapping = only(template, "blockDeviceMappings");
    assert.equal(mapping["deviceName"], "/dev/xvda");
    assert.deepEqual(mapping["ebs"], {
      encrypted: "true",
      volumeType: "gp3",
      volumeSize: 8,
      deleteOnTermination: "true",
    });
  });

  it("tags all that it launches with what access is conditioned on", () => {
    assert.deepEqual(
      listAt(template, "tagSpecifications"),
      ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags: NAMED })),
    );
    assert.deepEqual(made.result.accessTags, TAGS);
  });

  it("carries the role by its profile", () => {
    assert.deepEqual(template["iamInstanceProfile"], { name: "shop-dev-app" });
    assert.equal(made.inputs("aws:iam/instanceProfile:InstanceProfile", "app")["role"], "shop-dev-app");
  });

  it("is called after its image", () => {
    assert.equal(template["name"], `shop-dev-${LOGICAL}`);
  });
});

describe("a fleet and an instance with the same arguments", () => {
  it("have the same role, permissions and group", async () => {
    const posture = async (
      build: () => unknown,
    ): Promise<readonly (readonly [string, string, WireMap])[]> => {
      const { mocks } = await runMocked(build);
      return mocks.resources
        .filter(({ type }) => /^aws:(?:iam|vpc|ec2\/securityGroup)/.test(type))
        .map(({ type, name, inputs }) => [type, name, inputs] as const)
        .toSorted(([a, b], [c, d]) => `${a} ${b}`.localeCompare(`${c} ${d}`));
    };
    const args = (): BastionlessFleetArgs => ({
      network: NETWORK,
      logging: new SessionLogging("logging"),
      egress: { database: { port: 5432, cidrIpv4: "10.1.0.0/16" } },
      policyArns: [`arn:aws:iam::${ACCOUNT}:policy/app`],
    });
    const fleet = await posture(() => new BastionlessFleet("app", args()));
    const instance = await posture(() => new BastionlessInstance("app", args()));
    assert.deepEqual(fleet, instance);
    assert.ok(fleet.length > 5);
  });
});

describe("a fleet's group", () => {
  it("launches one type from the template's newest version, in every zone", async () => {
    const made = await app();
    const group = made.inputs(GROUP, "app");
    assert.deepEqual(group["launchTemplate"], {
      id: made.mocks.named(TEMPLATE, LOGICAL).id,
      version: "1",
    });
    assert.equal(group["mixedInstancesPolicy"], undefined);
    assert.deepEqual(group["vpcZoneIdentifiers"], NETWORK.subnetIds);
    assert.deepEqual([group["minSize"], group["maxSize"], group["desiredCapacity"]], [1, 1, undefined]);
    assert.equal(await valueOf(made.result.groupName), "shop-dev-app");
  });

  it("mixes types and spot, where there are several or any", async () => {
    const made = await app({
      network: NETWORK,
      instanceTypes: ["m7g.large", "m6g.large"],
      maxSize: 6,
      spotPercent: 75,
      onDemandBase: 2,
    });
    const group = made.inputs(GROUP, "app");
    assert.equal(group["launchTemplate"], undefined);
    assert.deepEqual(group["mixedInstancesPolicy"], {
      instancesDistribution: {
        onDemandAllocationStrategy: "prioritized",
        onDemandBaseCapacity: 2,
        onDemandPercentageAboveBaseCapacity: 25,
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: {
        launchTemplateSpecification: {
          launchTemplateId: made.mocks.named(TEMPLATE, LOGICAL).id,
          version: "1",
        },
        overrides: [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }],
      },
    });
    assert.equal(group["capacityRebalance"], true);
    const several = await app({ network: NETWORK, instanceTypes: ["m7g.large", "m6g.large"] });
    const distribution = mapAt(
      mapAt(several.inputs(GROUP, "app"), "mixedInstancesPolicy"),
      "instancesDistribution",
    );
    assert.deepEqual(distribution, {
      onDemandAllocationStrategy: "prioritized",
      onDemandBaseCapacity: 0,
      onDemandPercentageAboveBaseCapacity: 100,
    });
  });

  it("replaces instances a few at a time, unless it is not to", async () => {
    const refresh = (group: WireMap): Wire | undefined => group["instanceRefresh"];
    const on = await app({ network: NETWORK, instanceWarmupSeconds: 30, minHealthyPercent: 90 });
    assert.deepEqual(refresh(on.inputs(GROUP, "app")), {
      strategy: "Rolling",
      preferences: {
        minHealthyPercentage: 90,
        maxHealthyPercentage: 110,
        instanceWarmup: "30",
        skipMatching: true,
      },
    });
    const off = await app({ network: NETWORK, rollingRefresh: false });
    assert.equal(refresh(off.inputs(GROUP, "app")), undefined);
  });

  it("keeps a warm pool, and none where there is none", async () => {
    const made = await app({ network: NETWORK, maxSize: 3, warmPoolMinSize: 1, warmPoolReuse: true });
    assert.deepEqual(made.inputs(GROUP, "app")["warmPool"], {
      poolState: "Stopped",
      minSize: 1,
      instanceReusePolicy: { reuseOnScaleIn: true },
    });
    assert.equal((await app()).inputs(GROUP, "app")["warmPool"], undefined);
  });

  it("carries the tags itself, and leaves those of instances to the template", async () => {
    const made = await app();
    assert.deepEqual(
      listAt(made.inputs(GROUP, "app"), "tags"),
      Object.entries(NAMED).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
    );
  });

  it("replaces old instances, in seconds", async () => {
    const made = await app({ network: NETWORK, maxInstanceLifetimeDays: 7 });
    assert.equal(made.inputs(GROUP, "app")["maxInstanceLifetime"], 604_800);
  });
});

describe("a fleet's schedules", () => {
  it("set the size alone, and the program leaves it to them", async () => {
    const ignored: unknown[] = [];
    const made = await app({
      network: NETWORK,
      maxSize: 4,
      size: 2,
      schedules: {
        evening: { cron: "0 20 * * *", size: 0, timeZone: "Europe/Berlin" },
        morning: { cron: "0 7 * * MON-FRI", size: 4 },
      },
      transform: {
        group: (_args, { ignoreChanges }) => {
          ignored.push(ignoreChanges);
        },
      },
    });
    assert.deepEqual(made.inputs(SCHEDULE, "app-evening"), {
      ...made.inputs(SCHEDULE, "app-evening"),
      scheduledActionName: "evening",
      autoscalingGroupName: "shop-dev-app",
      recurrence: "0 20 * * *",
      timeZone: "Europe/Berlin",
      desiredCapacity: 0,
      minSize: -1,
      maxSize: -1,
    });
    assert.equal(made.inputs(SCHEDULE, "app-morning")["timeZone"], "Etc/UTC");
    assert.equal(made.inputs(GROUP, "app")["minSize"], 0);
    assert.deepEqual(ignored, [["desiredCapacity"]]);
  });

  it("are none by default, and the size is the program's", async () => {
    const ignored: unknown[] = [];
    const made = await app({
      network: NETWORK,
      size: 2,
      transform: {
        group: (_args, { ignoreChanges }) => {
          ignored.push(ignoreChanges);
        },
      },
    });
    assert.deepEqual(made.mocks.ofType(SCHEDULE), []);
    assert.deepEqual(ignored, [undefined]);
    assert.equal(made.inputs(GROUP, "app")["desiredCapacity"], 2);
  });
});

describe("a fleet's commands", () => {
  const FIND = (query: string): string =>
    `aws ec2 describe-instances --region eu-west-1 --filters "Name=tag:aws:autoscaling:groupName,Values=shop-dev-app" "Name=instance-state-name,Values=running" --query "${query}" --output text`;

  it("find its instances, and open a shell on one of them with the environment's document", async () => {
    const made = await app({ network: NETWORK, documents: { shell: { documentName: "shop-dev-shell" } } });
    assert.equal(await valueOf(made.result.instances), FIND("Reservations[].Instances[].InstanceId"));
    assert.equal(
      await valueOf(made.result.connect),
      `aws ssm start-session --target $(${FIND("Reservations[0].Instances[0].InstanceId")}) --region eu-west-1 --document-name shop-dev-shell`,
    );
    assert.equal(
      await valueOf(made.result.connectTo("i-0a1b2c3d4e5f60718")),
      "aws ssm start-session --target i-0a1b2c3d4e5f60718 --region eu-west-1 --document-name shop-dev-shell",
    );
  });

  it("use the account's preferences where there is no document", async () => {
    const { result } = await app();
    assert.equal(
      await valueOf(result.connectTo("i-0a1b2c3d")),
      "aws ssm start-session --target i-0a1b2c3d --region eu-west-1",
    );
  });

  it("refuse what is no instance's id, now or once it is known", async () => {
    const { result } = await app();
    assert.throws(() => result.connectTo("app; rm -rf /"), pulumi.InputPropertiesError);
    await assert.rejects(
      settled(result.connectTo(pulumi.output("app"))),
      /connectTo of `app`: 1 argument is wrong/,
    );
  });
});

describe("a fleet of another operating system", () => {
  it("installs the agent where it is not on board, from the Region's bucket, before what else is to run", async () => {
    const made = await app(
      { network: NETWORK, os: "debian-12", userData: "#!/bin/sh\necho mine\n" },
      "cn-north-1",
    );
    const text = userDataOf(made.inputs(TEMPLATE, "app-debian-12-arm64"));
    assert.match(text, /^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; /);
    assert.ok(
      text.includes(
        "url=https://amazon-ssm-cn-north-1.s3.cn-north-1.amazonaws.com.cn/latest/debian_arm64/amazon-ssm-agent.deb\n",
      ),
    );
    assert.ok(text.indexOf("gpgv ") < text.indexOf("echo mine"));
  });

  it("is looked up by its publisher and its name where no parameter names it", async () => {
    const made = await app({ network: NETWORK, os: "rocky-9" });
    const lookup = made.mocks.lookups.find(({ token }) => token === "aws:ec2/getAmi:getAmi");
    assert.deepEqual(lookup?.args["owners"], ["792107900819"]);
    const template = made.inputs(TEMPLATE, "app-rocky-9-arm64");
    assert.match(JSON.stringify(template["imageId"]), /^"ami-0[0-9a-f]{16}"$/);
    assert.equal(only(template, "blockDeviceMappings")["deviceName"], "/dev/sda1");
  });

  it("boots Windows without anything to install", async () => {
    const made = await app({ network: NETWORK, os: "windows-2022" });
    assert.equal(made.inputs(TEMPLATE, "app-windows-2022-x86_64")["userData"], undefined);
  });
});

describe("a fleet's options", () => {
  it("ignore newer images, unless they are to be followed", async () => {
    for (const [args, ignored] of [
      [{}, ["imageId"]],
      [{ os: "rhel-9" }, ["imageId"]],
      [{ followLatestImage: true }, undefined],
      [{ amiId: "ami-0a1b2c3d4e5f60719", architecture: "x86_64" }, undefined],
    ] as const) {
      let seen: string[] | undefined = [];
      // oxlint-disable-next-line no-await-in-loop -- mocks are one for the whole process: one program at a time
      await app({
        network: NETWORK,
        ...args,
        transform: {
          launchTemplate: (_args, opts) => {
            seen = opts.ignoreChanges;
          },
        },
      });
      assert.deepEqual(seen, ignored);
    }
  });

  it("reach the template", async () => {
    const kmsKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const made = await app({
      network: NETWORK,
      amiId: "ami-0a1b2c3d4e5f60719",
      architecture: "x86_64",
      rootDeviceName: "/dev/sda1",
      rootVolumeGib: 20,
      rootVolumeKmsKeyArn: kmsKeyArn,
      metadataHopLimit: 2,
      detailedMonitoring: true,
      securityGroupIds: ["sg-0a1b2c3d4e5f60719"],
      userData: "#!/bin/sh\n",
    });
    const template = made.inputs(TEMPLATE, "app-ami");
    const mapping = only(template, "blockDeviceMappings");
    const volume = mapAt(mapping, "ebs");
    assert.deepEqual(
      [mapping["deviceName"], volume["kmsKeyId"], volume["volumeSize"], volume["encrypted"]],
      ["/dev/sda1", kmsKeyArn, 20, "true"],
    );
    assert.equal(mapAt(template, "metadataOptions")["httpPutResponseHopLimit"], 2);
    assert.deepEqual(template["monitoring"], { enabled: true });
    assert.equal(listAt(only(template, "networkInterfaces"), "securityGroups")[2], "sg-0a1b2c3d4e5f60719");
    assert.equal(userDataOf(template), "#!/bin/sh\n");
    assert.equal(template["instanceType"], "t3.small");
  });

  it("stand in subnets of another VPC", async () => {
    const made = await app({ vpcId: NETWORK.vpcId, subnetIds: NETWORK.subnetIds });
    assert.deepEqual(made.inputs(GROUP, "app")["vpcZoneIdentifiers"], NETWORK.subnetIds);
    assert.equal(made.inputs(SECURITY_GROUP, "app")["vpcId"], NETWORK.vpcId);
    assert.equal(
      listAt(only(made.inputs(TEMPLATE, LOGICAL), "networkInterfaces"), "securityGroups").length,
      1,
    );
  });

  it("wait until the network and what the role can do are there", async () => {
    const waitedFor: unknown[] = [];
    const { result: network } = await runMocked(() => {
      const built = new PrivateNetwork("network");
      const logging = new SessionLogging("logging");
      const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } });
      new BastionlessFleet("app", {
        network: built,
        logging,
        documents: { shell },
        transform: {
          group: (_args, { dependsOn }) => {
            assert.ok(Array.isArray(dependsOn));
            waitedFor.push(...dependsOn);
          },
        },
      });
      return built;
    });
    assert.equal(waitedFor.length, 4);
    assert.ok(waitedFor.includes(network));
  });

  it("transform every kind of child", async () => {
    const made = await app({
      network: NETWORK,
      managedPolicy: true,
      egress: { web: { port: 80, cidrIpv4: "10.0.0.0/8" } },
      schedules: { night: { cron: "0 20 * * *", size: 0 } },
      transform: {
        securityGroup: { description: "other" },
        egressRule: { description: "other" },
        role: { description: "other" },
        policyAttachment: { policyArn: "arn:aws:iam::aws:policy/Other" },
        instanceProfile: { path: "/other/" },
        launchTemplate: { ebsOptimized: "true" },
        group: { protectFromScaleIn: true },
        schedule: { endTime: "2027-01-01T00:00:00Z" },
      },
    });
    assert.equal(made.inputs(SECURITY_GROUP, "app")["description"], "other");
    assert.equal(made.inputs("aws:iam/role:Role", "app")["description"], "other");
    assert.equal(made.inputs("aws:iam/instanceProfile:InstanceProfile", "app")["path"], "/other/");
    assert.equal(made.inputs(TEMPLATE, LOGICAL)["ebsOptimized"], "true");
    assert.equal(made.inputs(GROUP, "app")["protectFromScaleIn"], true);
    assert.equal(made.inputs(SCHEDULE, "app-night")["endTime"], "2027-01-01T00:00:00Z");
  });
});

describe("a fleet with bad arguments", () => {
  it("registers nothing, not even itself", async () => {
    const made = await runMocked(() => {
      assert.throws(() => new BastionlessFleet("app", {}), pulumi.InputPropertiesError);
    });
    assert.deepEqual(made.mocks.resources, []);
  });
});
