import assert from "node:assert/strict";
import { parseInstanceType } from "../../../components/instance/instance-type.ts";

/** From the EC2 Instance Types guide: types whose names look alike and whose processors differ. */
const KNOWN = {
  arm64: [
    "a1.medium",
    "c6gn.16xlarge",
    "c7gd.metal",
    "c8gb.large",
    "g5g.2xlarge",
    "hpc7g.4xlarge",
    "i4g.large",
    "i8ge.12xlarge",
    "im4gn.large",
    "is4gen.medium",
    "m6g.metal",
    "m7g.medium",
    "m8g.metal-24xl",
    "p6e-gb200.36xlarge",
    "r8gn.large",
    "t4g.nano",
    "x2gd.xlarge",
    "x8g.48xlarge",
    "mac2.metal",
    "mac2-m1ultra.metal",
    "mac2-m2pro.metal",
    "mac-m4.metal",
    "mac-m4pro.metal",
  ],
  x86_64: [
    "c5.large",
    "c7i-flex.large",
    "d3en.xlarge",
    "dl1.24xlarge",
    "f2.6xlarge",
    "g4dn.xlarge",
    "g5.xlarge",
    "g6e.48xlarge",
    "gr6.4xlarge",
    "i7ie.metal-48xl",
    "inf2.xlarge",
    "m5zn.metal",
    "m7a.medium",
    "m7i-flex.8xlarge",
    "p5en.48xlarge",
    "p6-b200.48xlarge",
    "r6idn.32xlarge",
    "t2.micro",
    "t3a.small",
    "trn1n.32xlarge",
    "u-6tb1.56xlarge",
    "u7i-12tb.224xlarge",
    "u7inh-32tb.480xlarge",
    "vt1.3xlarge",
    "x1e.32xlarge",
    "z1d.metal",
    "mac1.metal",
  ],
} as const;

describe("an instance type's architecture", () => {
  for (const architecture of ["arm64", "x86_64"] as const) {
    for (const type of KNOWN[architecture]) {
      it(`is ${architecture} for ${type}`, () => {
        assert.equal(parseInstanceType(type)?.architecture, architecture);
      });
    }
  }
});

describe("no instance type", () => {
  for (const text of [
    "",
    "t4g",
    "t4g.",
    ".small",
    "t4g.tiny",
    "T4g.small",
    "t4g.small ",
    "t4g.small.large",
    "large",
    "tg.small",
    "mac1.large",
    "mac2-m2.2xlarge",
    "mac.metal",
    "u-6tb1.tiny",
  ]) {
    it(`is ${JSON.stringify(text)}`, () => {
      assert.equal(parseInstanceType(text), undefined);
    });
  }
});
