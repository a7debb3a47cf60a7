import assert from "node:assert/strict";
import { tunnelHost, tunnelHostPattern, wholePattern } from "../../../components/documents/patterns.ts";

describe("the host of a tunnel", () => {
  for (const host of [
    "db",
    "db.internal",
    "db-1.internal.",
    "_x.internal",
    "10.0.0.5",
    "127.0.0.1",
    "localhost",
    "fd00::5",
    "a".repeat(63),
  ]) {
    it(`may be \`${host}\``, () => {
      assert.equal(tunnelHost(host), undefined);
    });
  }

  for (const host of [
    "",
    "db internal",
    "https://db.internal",
    "db.internal:5432",
    "-db",
    "a..b",
    "{{ host }}",
    "{{ssm:/db/host}}",
    "a".repeat(64),
    "169.254.169.254",
    "169.254.170.2",
    "fd00:ec2::254",
    "FD00:EC2::254",
    "instance-data",
    "instance-data.ec2.internal",
    "169.254.169.254.",
    "2852039166",
    "0xA9FEA9FE",
    "0251.0376.0251.0376",
    "::ffff:169.254.169.254",
    "0:0:0:0:0:ffff:a9fe:a9fe",
    "fd00:0ec2:0:0:0:0:0:254",
  ]) {
    it(`may not be \`${host}\``, () => {
      assert.notEqual(tunnelHost(host), undefined);
    });
  }
});

describe("a pattern of values", () => {
  for (const pattern of ["^a$", "^(a|b)$", "^[|]$", "^a\\|b$", "^[a-z]+[.]internal$", "^[^ ]{1,3}$"]) {
    it(`may be \`${pattern}\``, () => {
      assert.equal(wholePattern(pattern), undefined);
    });
  }

  const invalid: readonly [pattern: string, why: string][] = [
    ["a", "is not anchored"],
    ["^a", "is not anchored at the end"],
    ["a$", "is not anchored at the start"],
    ["^a\\$", "ends in a literal dollar sign"],
    ["^a|b$", "is anchored in neither half"],
    ["^(a$", "is no regular expression"],
    ["^.*$", "limits nothing"],
    ["^.+$", "limits nothing"],
    ["^[\\s\\S]*$", "limits nothing"],
    ["^$|^.*$", "limits nothing"],
  ];
  for (const [pattern, why] of invalid) {
    it(`may not be \`${pattern}\`, which ${why}`, () => {
      assert.notEqual(wholePattern(pattern), undefined);
    });
  }
});

describe("a pattern of hosts", () => {
  it("admits no address at which an instance hands out its credentials", () => {
    assert.equal(tunnelHostPattern("^db-[0-9]+[.]internal$"), undefined);
    for (const pattern of [
      "^[0-9.]+$",
      "^169[.]254[.]169[.]254$",
      "^[0-9a-f:]+$",
      "^[a-z-]+$",
      "^[0-9]+$",
      "^0x[0-9a-f]+$",
    ]) {
      assert.notEqual(tunnelHostPattern(pattern), undefined, pattern);
    }
  });
});
