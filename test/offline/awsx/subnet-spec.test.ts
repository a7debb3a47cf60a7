import assert from "node:assert/strict";
import { normalizeSpecs } from "@bastionless/offline/awsx/subnet-spec.ts";
import { spec } from "./support/specs.ts";

describe("subnet specs", () => {
  it("get a size from their mask, and a mask from their size", () => {
    const { specs } = normalizeSpecs([spec("Public", { cidrMask: 24 }), spec("Private", { size: 4096 })], 2);
    assert.deepEqual(
      specs.map(({ cidrMask, size }) => ({ cidrMask, size })),
      [
        { cidrMask: 24, size: 256 },
        { cidrMask: 20, size: 4096 },
      ],
    );
  });

  it("are refused with every problem at once", () => {
    const specs = [
      spec("Public"),
      spec("public"),
      spec("Private", { name: "a", size: 1000 }),
      spec("Private", { name: "a", size: 512, cidrMask: 24 }),
    ];
    assert.throws(
      () => normalizeSpecs(specs, 2),
      (error: Error) => {
        const [head, ...issues] = error.message.split("\n - ");
        assert.equal(head, "Invalid subnet specifications:");
        assert.deepEqual(
          issues.map((issue) => issue.slice(0, 55)),
          [
            'Multiple subnet specs of type "public" require unique n',
            'Multiple subnet specs of type "private" require unique ',
            "The following subnet sizes are invalid: 1000. Valid siz",
            "Subnet size 512 does not match the expected size for a ",
          ],
        );
        return true;
      },
    );
  });

  it("may share a type where at most one has no name", () => {
    const specs = [spec("Private"), spec("Private", { name: "db" }), spec("Private", { name: "app" })];
    assert.equal(normalizeSpecs(specs, 2).explicit, false);
  });

  it("that name blocks name one for each zone, and agree with mask and size", () => {
    const blocks = ["10.0.0.0/24", "10.0.1.0/24"];
    assert.equal(
      normalizeSpecs([spec("Public", { cidrBlocks: blocks, size: 256, cidrMask: 24 })], 2).explicit,
      true,
    );
    const wrong = [
      spec("Public", { cidrBlocks: blocks, cidrMask: 25 }),
      spec("Private", { cidrBlocks: blocks, size: 512 }),
      spec("Isolated", { cidrBlocks: ["10.0.2.0/24"] }),
      spec("Unused"),
    ];
    assert.throws(
      () => normalizeSpecs(wrong, 2),
      new RegExp(
        [
          "cidrMask in subnetSpecs\\[0\\] must match all cidrBlocks.*",
          "size in subnetSpecs\\[1\\] must match all cidrBlocks.*",
          "CIDR blocks in subnetSpecs\\[2\\] must match the number of availability zones \\(2\\).*",
          "all subnets must have explicit cidrBlocks",
        ].join("\n - .*"),
      ),
    );
  });
});
