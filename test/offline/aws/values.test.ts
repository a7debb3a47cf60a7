import assert from "node:assert/strict";

import * as fc from "fast-check";

import { ipv4Network } from "../../../offline/aws/rules/formats.ts";
import { placeAt } from "../../../offline/aws/place.ts";
import { bare, canonical, settled } from "../../../offline/aws/values.ts";
import {
  OUTPUT_SIGNATURE,
  RESOURCE_SIGNATURE,
  SIGNATURE_KEY,
  UNKNOWN,
  secret,
} from "../../../offline/protocol/wire.ts";
import type { Wire } from "../../../offline/protocol/wire.ts";

/** Values with wrappings at every depth. */
const wire: fc.Arbitrary<Wire> = fc.letrec<{ value: Wire }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Wire>(null, true, 1, "text", UNKNOWN),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3 }),
    tie("value").map((value) => secret(value)),
    fc.tuple(tie("value"), fc.boolean()).map(([value, isSecret]) => ({
      [SIGNATURE_KEY]: OUTPUT_SIGNATURE,
      value,
      secret: isSecret,
    })),
    fc.constant<Wire>({ [SIGNATURE_KEY]: OUTPUT_SIGNATURE }),
    fc.constant<Wire>({ [SIGNATURE_KEY]: RESOURCE_SIGNATURE, urn: "urn", id: "vpc-1" }),
    fc.constant<Wire>({ [SIGNATURE_KEY]: RESOURCE_SIGNATURE, urn: "urn", id: "" }),
  ),
})).value;

function mentions(value: Wire, text: string): boolean {
  return JSON.stringify(value).includes(text);
}

describe("values on the wire", () => {
  it("hold the same once they are settled, secret and unknown where they were", () => {
    fc.assert(
      fc.property(wire, (value) => {
        assert.deepEqual(bare(settled(value)), bare(value));
      }),
    );
  });

  it("lose every wrapping but those of assets, and settling leaves no output and no reference", () => {
    fc.assert(
      fc.property(wire, (value) => {
        assert.ok(!mentions(bare(value).value, SIGNATURE_KEY));
        assert.ok(!mentions(settled(value), OUTPUT_SIGNATURE));
        assert.ok(!mentions(settled(value), RESOURCE_SIGNATURE));
      }),
    );
  });

  it("are unknown exactly where their bare form mentions an unknown", () => {
    fc.assert(
      fc.property(wire, (value) => {
        const { unknown, value: plain } = bare(value);
        assert.equal(unknown, mentions(plain, UNKNOWN));
      }),
    );
  });

  it("have one canonical text, whatever the order of their keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }), (map) => {
        const forward: Wire = JSON.parse(JSON.stringify(map));
        const backward: Wire = JSON.parse(
          JSON.stringify(Object.fromEntries(Object.entries(map).toReversed())),
        );
        assert.equal(canonical(forward), canonical(backward));
      }),
    );
  });
});

describe("an IPv4 network", () => {
  const octet = fc.nat(255);
  const place = placeAt("123456789012", "us-east-1");

  it("is taken exactly where its address has no host bits, counted bit by bit", () => {
    fc.assert(
      fc.property(octet, octet, octet, octet, fc.nat(32), (a, b, c, d, prefix) => {
        const bits = [a, b, c, d].map((part) => part.toString(2).padStart(8, "0")).join("");
        const clean = !bits.slice(prefix).includes("1");
        const verdict = ipv4Network()(`${a}.${b}.${c}.${d}/${prefix}`, place);
        assert.equal(verdict === undefined, clean);
      }),
    );
  });
});
