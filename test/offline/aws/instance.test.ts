import assert from "node:assert/strict";

import { UNKNOWN, isWireMap } from "../../../offline/protocol/wire.ts";
import type { Wire, WireMap } from "../../../offline/protocol/wire.ts";
import { changes, check, configured, created, refused, urnOf } from "./support/simulation.ts";

const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const least = { ami: "ami-0123456789abcdef0", instanceType: "t4g.nano" };

describe("a simulated instance", () => {
  for (const [inputs, property] of [
    [{ ami: "al2023" }, "ami"],
    [{ instanceType: "t4g" }, "instanceType"],
    [{ instanceType: "t4g.tiny" }, "instanceType"],
    [{ iamInstanceProfile: "arn:aws:iam::123456789012:instance-profile/p" }, "iamInstanceProfile"],
    [{ metadataOptions: { httpTokens: "always" } }, "metadataOptions.httpTokens"],
    [{ metadataOptions: { httpPutResponseHopLimit: 65 } }, "metadataOptions.httpPutResponseHopLimit"],
    [{ metadataOptions: { tokens: "required" } }, "metadataOptions.tokens"],
    [{ rootBlockDevice: { volumeType: "gp4" } }, "rootBlockDevice.volumeType"],
    [{ rootBlockDevice: { volumeSize: "big" } }, "rootBlockDevice.volumeSize"],
    [{ userData: "x".repeat(16_385) }, "userData"],
    [{ userData: "#!", userDataBase64: "IyE=" }, "userData"],
    [{ subnetId: "subnet-1" }, "subnetId"],
    [{ privateIp: "10.0.0" }, "privateIp"],
    [{ tenancy: "shared" }, "tenancy"],
    [{ instanceType: "mac2.metal" }, "tenancy"],
    [{ instanceType: "mac1.metal", tenancy: "dedicated" }, "tenancy"],
    [{ hostId: "mac", tenancy: "host" }, "hostId"],
  ] as const) {
    it(`refuses ${JSON.stringify(inputs).slice(0, 80)}`, () => {
      assert.ok(refused(INSTANCE, { ...least, ...inputs }).includes(property));
    });
  }

  for (const instanceType of [
    "t4g.nano",
    "m7i-flex.large",
    "u7in-16tb.224xlarge",
    "c7g.metal",
    "m7i.metal-24xl",
    "hpc7g.4xlarge",
    "x2iedn.32xlarge",
  ]) {
    it(`takes the type ${instanceType}`, () => {
      assert.deepEqual(refused(INSTANCE, { ...least, instanceType }), []);
    });
  }

  it("is a Mac on a dedicated host, known or not", () => {
    const mac = { ...least, instanceType: "mac2.metal" };
    assert.deepEqual(refused(INSTANCE, { ...mac, tenancy: "host", hostId: "h-0123456789abcdef0" }), []);
    assert.deepEqual(refused(INSTANCE, { ...mac, tenancy: UNKNOWN }), []);
  });

  it("needs an image and a type, or a launch template", () => {
    assert.equal(refused(INSTANCE, {}).length, 2);
    assert.deepEqual(refused(INSTANCE, { launchTemplate: { id: "lt-0123456789abcdef0" } }), []);
    assert.deepEqual(refused(INSTANCE, { ami: UNKNOWN, instanceType: UNKNOWN }), []);
  });

  it("has the metadata options that EC2 gives it, under those that were given", () => {
    const metadataOptions = { httpTokens: "required" };
    assert.deepEqual(created(INSTANCE, { ...least, metadataOptions }).outputs["metadataOptions"], {
      httpEndpoint: "enabled",
      httpProtocolIpv6: "disabled",
      httpPutResponseHopLimit: 1,
      httpTokens: "required",
      instanceMetadataTags: "disabled",
    });
    assert.deepEqual(
      created(INSTANCE, { ...least, metadataOptions }, { preview: true }).outputs["metadataOptions"],
      {
        httpEndpoint: UNKNOWN,
        httpProtocolIpv6: UNKNOWN,
        httpPutResponseHopLimit: UNKNOWN,
        httpTokens: "required",
        instanceMetadataTags: UNKNOWN,
      },
    );
    assert.equal(created(INSTANCE, least, { preview: true }).outputs["metadataOptions"], UNKNOWN);
  });

  it("has a root volume with an id", () => {
    const volume = created(INSTANCE, { ...least, rootBlockDevice: { encrypted: true } }).outputs[
      "rootBlockDevice"
    ];
    assert.ok(isWireMap(volume));
    assert.equal(volume["encrypted"], true);
    assert.match(JSON.stringify(volume["volumeId"]), /^"vol-0[0-9a-f]{16}"$/u);
  });

  it("has no public address unless it asks for one", () => {
    assert.equal(created(INSTANCE, least).outputs["publicIp"], "");
    assert.match(
      JSON.stringify(created(INSTANCE, { ...least, associatePublicIpAddress: true }).outputs["publicIp"]),
      /^"203\.0\.113\.\d+"$/u,
    );
  });

  it("is replaced with its image, not with its type", () => {
    assert.deepEqual(changes(INSTANCE, least, { ...least, ami: "ami-0fedcba9876543210" }).replaces, ["ami"]);
    assert.deepEqual(changes(INSTANCE, least, { ...least, instanceType: "t4g.micro" }), {
      diffs: ["instanceType"],
      replaces: [],
    });
  });

  it("is replaced with the encryption of its root volume, not with its size", () => {
    const volume = (rootBlockDevice: { readonly encrypted: boolean; readonly volumeSize: number }) => ({
      ...least,
      rootBlockDevice,
    });
    const before = volume({ encrypted: true, volumeSize: 8 });
    assert.deepEqual(changes(INSTANCE, before, volume({ encrypted: true, volumeSize: 9 })).replaces, []);
    assert.deepEqual(changes(INSTANCE, before, volume({ encrypted: false, volumeSize: 8 })).replaces, [
      "rootBlockDevice",
    ]);
  });

  it("is replaced with its other volumes, not with their tags, and with its template, not with its version", () => {
    const volumes = (volumeSize: number, tags: { readonly [key: string]: string }) => ({
      ...least,
      ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeSize, tags }],
    });
    assert.deepEqual(changes(INSTANCE, volumes(8, {}), volumes(9, {})).replaces, ["ebsBlockDevices"]);
    assert.deepEqual(changes(INSTANCE, volumes(8, {}), volumes(8, { a: "b" })).replaces, []);
    const template = (id: string, version: string) => ({ launchTemplate: { id, version } });
    const [one, two] = ["lt-0123456789abcdef0", "lt-0fedcba9876543210"];
    assert.deepEqual(changes(INSTANCE, template(one, "1"), template(one, "2")).replaces, []);
    assert.deepEqual(changes(INSTANCE, template(one, "1"), template(two, "1")).replaces, ["launchTemplate"]);
  });

  it("is replaced with its user data where it asks to be", () => {
    const before = { ...least, userData: "one" };
    assert.deepEqual(changes(INSTANCE, before, { ...before, userData: "two" }).replaces, []);
    const asking = { ...before, userDataReplaceOnChange: true };
    assert.deepEqual(changes(INSTANCE, asking, { ...asking, userData: "two" }).replaces, ["userData"]);
    assert.notEqual(created(INSTANCE, asking).id, created(INSTANCE, { ...asking, userData: "two" }).id);
  });
});

describe("a simulated launch template", () => {
  it("takes user data in base64 only", () => {
    assert.deepEqual(refused(TEMPLATE, { userData: "#!/bin/sh" }), ["userData"]);
    assert.deepEqual(refused(TEMPLATE, { userData: Buffer.from("#!/bin/sh").toString("base64") }), []);
  });

  it("has one version more after every change but of its tags, which a preview does not know yet", () => {
    const provider = configured();
    const inputsOf = (news: WireMap): WireMap => check(TEMPLATE, news).inputs;
    const updated = (before: WireMap, after: WireMap, version: number, preview: boolean): Wire | undefined =>
      provider.update({
        urn: urnOf(TEMPLATE),
        type: TEMPLATE,
        name: "thing",
        id: "lt-0123456789abcdef0",
        inputs: inputsOf(after),
        oldInputs: inputsOf(before),
        oldOutputs: { latestVersion: version },
        preview,
      }).outputs["latestVersion"];
    const [one, two] = [{ instanceType: "t4g.nano" }, { instanceType: "t4g.micro" }];
    assert.equal(updated(one, two, 1, false), 2);
    assert.equal(updated(one, two, 7, false), 8);
    assert.equal(updated(one, two, 1, true), UNKNOWN);
    assert.equal(updated(one, { ...one, tags: { a: "b" } }, 3, false), 3);
    assert.equal(updated(one, { ...one, tags: { a: "b" } }, 3, true), 3);
  });

  it("checks the options of what it starts", () => {
    assert.deepEqual(
      refused(TEMPLATE, {
        metadataOptions: { httpTokens: "no" },
        blockDeviceMappings: [{ ebs: { volumeType: "ssd" } }],
        iamInstanceProfile: { arn: "arn:aws:iam::123456789012:instance-profile/p", name: "p" },
      }),
      ["metadataOptions.httpTokens", "blockDeviceMappings[0].ebs.volumeType", "iamInstanceProfile.arn"],
    );
  });
});
