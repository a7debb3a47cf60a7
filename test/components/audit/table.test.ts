import assert from "node:assert/strict";
import { COLUMNS, location, parameters, PARTITIONS } from "../../../components/audit/table.ts";
import { duckType } from "./support/athena.ts";

const FACTS = {
  bucketName: "trail",
  keyPrefix: undefined,
  organizationId: undefined,
  accountIds: ["111122223333", "444455556666"],
  regions: ["eu-west-1", "us-east-1"],
  days: 365,
};

describe("the table over a trail", () => {
  it("finds the files where CloudTrail puts them", () => {
    assert.equal(location(FACTS), "s3://trail/AWSLogs/");
    assert.equal(location({ ...FACTS, keyPrefix: "a/b" }), "s3://trail/a/b/AWSLogs/");
    assert.equal(location({ ...FACTS, organizationId: "o-a1b2c3d4e5" }), "s3://trail/AWSLogs/o-a1b2c3d4e5/");
    assert.equal(
      parameters(FACTS)["storage.location.template"],
      "s3://trail/AWSLogs/${account}/CloudTrail/${region}/${day}",
    );
  });

  it("projects every partition", () => {
    const projected = parameters(FACTS);
    for (const { name } of PARTITIONS) {
      assert.ok(projected[`projection.${name}.type`] !== undefined, name);
    }
    assert.equal(projected["projection.account.values"], "111122223333,444455556666");
    assert.equal(projected["projection.region.values"], "eu-west-1,us-east-1");
    assert.equal(projected["projection.day.range"], "NOW-365DAYS,NOW");
  });

  it("has columns of types that can be read, in lower case, none of them a partition", () => {
    const names = COLUMNS.map(({ name }) => name);
    assert.equal(
      new Set([...names, ...PARTITIONS.map(({ name }) => name)]).size,
      names.length + PARTITIONS.length,
    );
    for (const { name, type } of COLUMNS) {
      assert.equal(name, name.toLowerCase());
      assert.equal(type, type.toLowerCase());
      assert.ok(duckType(type).length > 0);
    }
  });
});
