import assert from "node:assert/strict";

import { modelledTypes } from "../../../offline/aws/catalogue.ts";
import { bare } from "../../../offline/aws/values.ts";
import {
  OUTPUT_SIGNATURE,
  SIGNATURE_KEY,
  UNKNOWN,
  secret,
  signatureOf,
} from "../../../offline/protocol/wire.ts";
import type { Wire, WireMap } from "../../../offline/protocol/wire.ts";
import { LEAST } from "./support/samples.ts";
import { changes, check, configured, created } from "./support/simulation.ts";

function mapped(inputs: WireMap, change: (value: Wire) => Wire): WireMap {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, change(value)]));
}

/** An output value as engines pass it to providers that take them. */
function output(value: Wire | undefined, isSecret = false): Wire {
  return {
    [SIGNATURE_KEY]: OUTPUT_SIGNATURE,
    ...(value === undefined ? {} : { value }),
    ...(isSecret ? { secret: true } : {}),
    dependencies: ["urn:pulumi:dev::bastionless::aws:ec2/vpc:Vpc::other"],
  };
}

/** The same documents and ARNs in another partition. */
function inPartition(inputs: WireMap, partition: string, region: string): WireMap {
  const text = JSON.stringify(inputs)
    .replaceAll("arn:aws:", `arn:${partition}:`)
    .replaceAll("us-east-1", region);
  const moved: WireMap = JSON.parse(text);
  return moved;
}

describe("whatever is modelled", () => {
  for (const type of modelledTypes()) {
    const least = LEAST[type] ?? {};

    it(`${type} computes from secrets what it computes from plain values, and keeps what went in secret`, () => {
      const secrets = mapped(least, (value) => secret(value));
      assert.deepEqual(check(type, secrets).failures, []);
      const open = created(type, least);
      const hidden = created(type, secrets);
      assert.equal(hidden.id, open.id);
      assert.deepEqual(bare(hidden.outputs).value, bare(open.outputs).value);
      for (const name of Object.keys(least)) {
        const value = hidden.outputs[name];
        assert.ok(value === undefined || bare(value).secret, name);
      }
    });

    it(`${type} takes output values for what they hold`, () => {
      const outputs = mapped(least, (value) => output(value));
      assert.deepEqual(check(type, outputs), check(type, least));
      assert.deepEqual(created(type, outputs), created(type, least));
      const unknownOutputs = mapped(least, () => output(undefined, true));
      const unknownSecrets = mapped(least, () => secret(UNKNOWN));
      assert.deepEqual(check(type, unknownOutputs), check(type, unknownSecrets));
    });

    it(`${type} is the same each time, from every provider of one configuration`, () => {
      assert.deepEqual(created(type, least, { provider: configured() }), created(type, least));
    });

    for (const [partition, region] of [
      ["aws-cn", "cn-north-1"],
      ["aws-us-gov", "us-gov-west-1"],
    ] as const) {
      it(`${type} names nothing of another partition in ${region}`, () => {
        const provider = configured({ region });
        const { outputs, id } = created(type, inPartition(least, partition, region), { provider });
        const text = JSON.stringify([id, outputs]);
        assert.ok(!text.includes("arn:aws:"), text);
        assert.ok(!text.includes("us-east-1"), text);
        assert.deepEqual(check(type, inPartition(least, partition, region), "thing", provider).failures, []);
      });
    }

    it(`${type} counts an input that is not known yet as changed`, () => {
      for (const name of Object.keys(least)) {
        const { diffs } = changes(type, least, { ...least, [name]: UNKNOWN });
        assert.ok(diffs.includes(name), name);
      }
    });
  }

  it("never wraps a secret into a secret", () => {
    const { outputs } = created("aws:ssm/parameter:Parameter", {
      type: "SecureString",
      value: secret("hush"),
    });
    assert.deepEqual(outputs["value"], secret("hush"));
    assert.equal(signatureOf(bare(outputs["value"] ?? null).value), undefined);
  });
});
