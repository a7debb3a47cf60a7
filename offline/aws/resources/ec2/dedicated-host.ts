import type { Model } from "../../model.ts";
import { matching, oneOf } from "../../rules/formats.ts";
import { exactlyOne, format } from "../../rules/rule.ts";
import { always, ec2Arn, owner } from "../common.ts";
import { instanceType } from "./instance.ts";

/** Source: EC2 API Reference, AllocateHosts. */
export const dedicatedHost: Model = {
  type: "aws:ec2/dedicatedHost:DedicatedHost",
  id: (reading) => reading.ec2Id("h"),
  defaults: { autoPlacement: "on", hostRecovery: "off" },
  rules: [
    exactlyOne(["instanceFamily", "instanceType"]),
    format("instanceType", instanceType),
    format("instanceFamily", matching(/^[a-z][a-z0-9-]*$/u, "an instance family such as m7i")),
    format("autoPlacement", oneOf("off", "on")),
    format("hostRecovery", oneOf("off", "on")),
    format("availabilityZone", (value, place) =>
      matching(
        new RegExp(`^${place.region}(?:[a-z]|-[a-z]{3}-\\d+[a-z])$`, "u"),
        `an availability zone of ${place.region}`,
      )(value, place),
    ),
  ],
  replaces: ["assetId", "availabilityZone", "outpostArn"],
  computed: { arn: ec2Arn("dedicated-host"), assetId: always(""), ownerId: owner },
};
