import assert from "node:assert/strict";
import { BastionlessInstance } from "@bastionless/components";
import { mapAt, runMocked, valueOf } from "../support/mocked-program.ts";
import { AMI, ATTACHMENT, INSTANCE, NETWORK, ROLE, app, names } from "./support/built-instance.ts";

describe("an instance in another partition", () => {
  for (const [region, partition, service] of [
    ["cn-north-1", "aws-cn", "ec2.amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "ec2.amazonaws.com"],
  ] as const) {
    it(`is written for ${partition}`, async () => {
      const made = await app({ network: NETWORK, managedPolicy: true }, region);
      assert.deepEqual(made.document(ROLE, "app", "assumeRolePolicy").Statement[0]?.["Principal"], {
        Service: service,
      });
      assert.equal(
        made.inputs(ATTACHMENT, "app-managed-instance-core")["policyArn"],
        `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
      );
      assert.match(await valueOf(made.result.connect), new RegExp(` --region ${region}$`));
    });
  }
});

describe("an instance of an operating system without agent", () => {
  it("installs it at the first boot, from the Region's bucket", async () => {
    for (const [os, region, url] of [
      [
        "debian-12",
        "eu-west-1",
        "https://amazon-ssm-eu-west-1.s3.eu-west-1.amazonaws.com/latest/debian_arm64/",
      ],
      [
        "rhel-9",
        "us-gov-west-1",
        "https://amazon-ssm-us-gov-west-1.s3.us-gov-west-1.amazonaws.com/latest/linux_arm64/",
      ],
      [
        "rhel-9",
        "cn-north-1",
        "https://amazon-ssm-cn-north-1.s3.cn-north-1.amazonaws.com.cn/latest/linux_arm64/",
      ],
      ["rocky-9", "eu-west-1", "https://amazon-ssm-eu-west-1.s3.eu-west-1.amazonaws.com/latest/linux_arm64/"],
      [
        "almalinux-9",
        "eu-west-1",
        "https://amazon-ssm-eu-west-1.s3.eu-west-1.amazonaws.com/latest/linux_arm64/",
      ],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- mocks are one for the whole process: one program at a time
      const made = await runMocked(
        () =>
          new BastionlessInstance("app", {
            network: NETWORK,
            os,
            ...(os === "rhel-9" ? { amiId: AMI, architecture: "arm64" } : {}),
          }),
        { region },
      );
      const [instance] = made.mocks.ofType(INSTANCE);
      const userData = instance?.inputs["userData"];
      assert.ok(typeof userData === "string" && userData.includes(`url=${url}`), `${os} in ${region}`);
    }
  });

  it("does not where an image of one's own has it", async () => {
    const made = await app({
      network: NETWORK,
      os: "debian-12",
      amiId: AMI,
      architecture: "arm64",
      installAgent: false,
    });
    assert.equal(made.inputs(INSTANCE, "app-ami")["userData"], undefined);
  });

  it("takes the image of the one who publishes it in the partition", async () => {
    const owners = async (region: string): Promise<unknown> => {
      const made = await runMocked(() => new BastionlessInstance("app", { network: NETWORK, os: "rhel-9" }), {
        region,
        foundImage: AMI,
      });
      return made.mocks.lookups.find(({ token }) => token === "aws:ec2/getAmi:getAmi")?.args["owners"];
    };
    assert.deepEqual(await owners("eu-west-1"), ["309956199498"]);
    assert.deepEqual(await owners("us-gov-west-1"), ["219670896067"]);
    assert.deepEqual(await owners("cn-north-1"), ["841258680906"]);
  });
});

describe("a Mac", () => {
  const HOST = "aws:ec2/dedicatedHost:DedicatedHost";

  it("stands on a host of its own, on which nobody else is placed", async () => {
    const made = await app({ network: NETWORK, os: "macos-sequoia", hostAvailabilityZone: "eu-west-1a" });
    const host = made.mocks.named(HOST, "app-host");
    assert.deepEqual(
      [host.inputs["instanceType"], host.inputs["availabilityZone"], host.inputs["autoPlacement"]],
      ["mac2.metal", "eu-west-1a", "off"],
    );
    const mac = made.inputs(INSTANCE, "app-macos-sequoia-arm64");
    assert.deepEqual([mac["hostId"], mac["tenancy"], mac["instanceType"]], [host.id, "host", "mac2.metal"]);
    assert.equal(mac["userData"], undefined);
    assert.equal(mapAt(mac, "rootBlockDevice")["volumeSize"], 100);
  });

  it("stands on a host that is there", async () => {
    const hostId = "h-0a1b2c3d4e5f60718";
    const made = await app({ network: NETWORK, os: "macos-tahoe", hostId });
    assert.deepEqual(names(made, HOST), []);
    assert.equal(made.inputs(INSTANCE, "app-macos-tahoe-arm64")["hostId"], hostId);
  });

  it("alone has a host", async () => {
    const instance = (await app()).inputs(INSTANCE, "app-amazon-linux-2023-arm64");
    assert.deepEqual([instance["hostId"], instance["tenancy"]], [undefined, undefined]);
  });
});
