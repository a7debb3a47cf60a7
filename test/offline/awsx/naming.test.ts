import assert from "node:assert/strict";
import { checkZoneSuffixes, subnetNames, zoneSuffix } from "@bastionless/offline/awsx/naming.ts";

describe("names of subnets", () => {
  it("end in the number of their zone", () => {
    assert.deepEqual(subnetNames("net", { type: "Public", name: undefined }, "eu-west-1b", 1, "Legacy"), {
      resourceName: "net-public-2",
      nameTag: "net-public-2",
    });
  });

  it("are tagged with their zone where that is asked for, and keep their logical name", () => {
    assert.deepEqual(
      subnetNames("net", { type: "Public", name: "edge" }, "eu-west-1b", 1, "AvailabilityZone"),
      {
        resourceName: "net-edge-2",
        nameTag: "net-edge-1b",
      },
    );
  });

  it("leave the region's words out of a zone", () => {
    const suffixes = {
      "us-east-1a": "1a",
      "ap-southeast-4c": "4c",
      "us-gov-west-1a": "1a",
      "eu-isoe-west-1a": "1a",
      "us-west-2-lax-1a": "2-lax-1a",
      "us-east-1-wl1-bos-wlz-1": "1-wl1-bos-wlz-1",
      localzone: "localzone",
    };
    for (const [zone, suffix] of Object.entries(suffixes)) {
      assert.equal(zoneSuffix(zone), suffix);
    }
  });

  it("are refused where two zones would share one", () => {
    assert.doesNotThrow(() => checkZoneSuffixes(["us-west-2a", "us-west-2-lax-1a"]));
    assert.throws(() => checkZoneSuffixes(["us-east-1a", "1a"]), /"us-east-1a" and "1a" both reduce to "1a"/);
  });
});
