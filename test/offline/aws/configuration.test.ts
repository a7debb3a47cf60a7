import assert from "node:assert/strict";

import { simulatedAws } from "../../../offline/aws/index.ts";
import { asText } from "../../../offline/aws/values.ts";
import { UNKNOWN } from "../../../offline/protocol/wire.ts";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import { check, configured, created } from "./support/simulation.ts";

const VPC = "aws:ec2/vpc:Vpc";
const REGION_VARIABLES = ["AWS_REGION", "AWS_DEFAULT_REGION"];

function refusedConfiguration(configuration: WireMap): readonly string[] {
  return simulatedAws()
    .checkConfig(configuration)
    .failures.map((failure) => failure.property);
}

function arnOf(provider = configured()): unknown {
  return created(VPC, { cidrBlock: "10.0.0.0/16" }, { provider }).outputs["arn"];
}

describe("the configuration of the simulated provider", () => {
  const saved = new Map(REGION_VARIABLES.map((name) => [name, process.env[name]]));

  beforeEach(() => {
    for (const name of REGION_VARIABLES) {
      delete process.env[name];
    }
  });

  afterEach(() => {
    for (const [name, value] of saved) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  });

  it("refuses a region that does not exist, and none at all", () => {
    assert.deepEqual(refusedConfiguration({ region: "eu-west-9" }), ["region"]);
    assert.deepEqual(refusedConfiguration({}), ["region"]);
    assert.deepEqual(refusedConfiguration({ region: "eu-west-1", version: "7.48.0" }), []);
    assert.deepEqual(refusedConfiguration({ region: UNKNOWN }), []);
    assert.deepEqual(refusedConfiguration({ region: "eu-west-9", skipRegionValidation: "true" }), []);
  });

  it("takes the region of the environment where it names none", () => {
    process.env["AWS_REGION"] = "sa-east-1";
    assert.deepEqual(refusedConfiguration({}), []);
    const arn = String(arnOf(configured({})));
    assert.ok(arn.startsWith("arn:aws:ec2:sa-east-1:"), arn);
  });

  it("refuses settings that the provider does not have", () => {
    assert.deepEqual(refusedConfiguration({ region: "eu-west-1", regoin: "eu-west-1" }), ["regoin"]);
  });

  it("belongs to the account that was asked for, and to that of a role it assumes", () => {
    const provider = simulatedAws({ account: "111122223333" });
    assert.deepEqual(
      provider.checkConfig({ region: "eu-west-1", allowedAccountIds: '["222233334444"]' }).failures.length,
      1,
    );
    const own = provider.configure({ region: "eu-west-1" });
    assert.match(String(arnOf(own)), /:111122223333:/u);
    const assuming = provider.configure({
      region: "eu-west-1",
      assumeRoles: JSON.stringify([{ roleArn: "arn:aws:iam::222233334444:role/deploy" }]),
    });
    assert.match(String(arnOf(assuming)), /:222233334444:/u);
    assert.throws(() => simulatedAws({ account: "12" }), /`12` is not twelve digits/u);
  });

  describe("with a list of accounts", () => {
    const ROLE = "arn:aws:iam::222233334444:role/deploy";
    const FIRST = "arn:aws:iam::333344445555:role/hub";
    const refusals = (configuration: WireMap): readonly string[] =>
      simulatedAws({ account: "111122223333" })
        .checkConfig({ region: "eu-west-1", ...configuration })
        .failures.map((failure) => failure.property);
    const roles = (...arns: readonly string[]): string =>
      JSON.stringify(arns.map((roleArn) => ({ roleArn })));

    for (const [what, configuration, expected] of [
      ["the simulated account, which is allowed", { allowedAccountIds: '["111122223333"]' }, []],
      ["another account", { allowedAccountIds: '["222233334444"]' }, ["allowedAccountIds"]],
      ["the role's account", { allowedAccountIds: '["222233334444"]', assumeRoles: roles(ROLE) }, []],
      [
        "the account that a role leads away from",
        { allowedAccountIds: '["111122223333"]', assumeRoles: roles(ROLE) },
        ["allowedAccountIds"],
      ],
      [
        "the account of the last of two roles",
        { allowedAccountIds: '["222233334444"]', assumeRoles: roles(FIRST, ROLE) },
        [],
      ],
      [
        "the account of the first of two roles",
        { allowedAccountIds: '["333344445555"]', assumeRoles: roles(FIRST, ROLE) },
        ["allowedAccountIds"],
      ],
      [
        "the account of a role that a web identity assumes",
        {
          allowedAccountIds: '["222233334444"]',
          assumeRoleWithWebIdentity: JSON.stringify({ roleArn: ROLE, webIdentityToken: "t" }),
        },
        [],
      ],
      [
        "the role's account, which is forbidden",
        { forbiddenAccountIds: '["222233334444"]', assumeRoles: roles(ROLE) },
        ["forbiddenAccountIds"],
      ],
      [
        "the simulated account, which is forbidden, but a role leads away from it",
        { forbiddenAccountIds: '["111122223333"]', assumeRoles: roles(ROLE) },
        [],
      ],
      [
        "both lists",
        { allowedAccountIds: '["111122223333"]', forbiddenAccountIds: '["222233334444"]' },
        ["allowedAccountIds"],
      ],
      ["a role that is not known yet", { allowedAccountIds: '["1"]', assumeRoles: UNKNOWN }, []],
      ["a list that is not known yet", { allowedAccountIds: UNKNOWN }, []],
      ["a list with an account that is not known yet", { allowedAccountIds: [UNKNOWN] }, []],
    ] satisfies readonly (readonly [string, WireMap, readonly string[]])[]) {
      it(`${expected.length === 0 ? "takes" : "refuses"} ${what}`, () => {
        assert.deepEqual(refusals(configuration), expected);
      });
    }
  });

  it("leaves unknown what an unknown region is part of", () => {
    const provider = configured({ region: UNKNOWN });
    assert.equal(arnOf(provider), UNKNOWN);
    assert.equal(check(VPC, { cidrBlock: "10.0.0.0/16" }, "v", provider).inputs["region"], UNKNOWN);
    assert.equal(provider.invoke("aws:index/getRegion:getRegion", {}).kind, "unanswered");
  });

  it("is replaced with its region, and updated with the rest", () => {
    const before = { region: "eu-west-1" };
    const provider = simulatedAws();
    assert.deepEqual(provider.diffConfig(before, { region: "eu-west-2" }).replaces, ["region"]);
    assert.deepEqual(provider.diffConfig(before, { ...before, maxRetries: "3" }), {
      diffs: ["maxRetries"],
      replaces: [],
      deleteBeforeReplace: false,
    });
  });

  it("takes resources of another region of its partition, and none of another partition", () => {
    const news = { cidrBlock: "10.0.0.0/16" };
    const other = created(VPC, { ...news, region: "eu-central-1" });
    assert.match(asText(other.outputs["arn"]), /^arn:aws:ec2:eu-central-1:/u);
    assert.deepEqual(
      check(VPC, { ...news, region: "cn-north-1" }).failures.map((failure) => failure.property),
      ["region"],
    );
    assert.deepEqual(
      check(VPC, { ...news, region: "moon-1" }).failures.map((failure) => failure.property),
      ["region"],
    );
  });
});
