import assert from "node:assert/strict";
import { AUTOSCALING_REFUSALS } from "./refusals/autoscaling.ts";
import { CLOUDWATCH_REFUSALS } from "./refusals/cloudwatch.ts";
import { EC2_REFUSALS } from "./refusals/ec2.ts";
import { IDENTITY_REFUSALS } from "./refusals/identity.ts";
import { SSM_REFUSALS } from "./refusals/ssm.ts";
import { STORAGE_REFUSALS } from "./refusals/storage.ts";
import { LEAST } from "./support/samples.ts";
import { refused } from "./support/simulation.ts";

const TABLES = [
  AUTOSCALING_REFUSALS,
  CLOUDWATCH_REFUSALS,
  EC2_REFUSALS,
  IDENTITY_REFUSALS,
  SSM_REFUSALS,
  STORAGE_REFUSALS,
];

describe("AWS would refuse, and so does the simulation", () => {
  for (const [type, cases] of TABLES.flatMap((table) => Object.entries(table))) {
    for (const [inputs, property] of cases) {
      it(`${type} with ${JSON.stringify(inputs).slice(0, 100)}`, () => {
        const properties = refused(type, { ...LEAST[type], ...inputs });
        assert.ok(properties.includes(property), `refused for ${properties.join(", ") || "nothing"}`);
      });
    }
  }
});
