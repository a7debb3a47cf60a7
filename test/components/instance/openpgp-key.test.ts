import assert from "node:assert/strict";
import fc from "fast-check";
import { AGENT_SIGNING_KEY } from "../../../components/instance/agent-signing-key.ts";
import { parseOpenPgpKey } from "../../../components/instance/openpgp-key.ts";
import { TEST_KEY } from "./support/signed-package.ts";

function armoured(bytes: Buffer): string {
  return `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${bytes.toString("base64")}\n-----END PGP PUBLIC KEY BLOCK-----\n`;
}

describe("an OpenPGP public key", () => {
  it("has the fingerprint that gpg shows", () => {
    assert.equal(parseOpenPgpKey(TEST_KEY)?.fingerprint, "C4F62BBD8C55F66FF1619801F4408F36A273ED33");
  });

  it("is read with the headers and line ends of other writers, and without a checksum", () => {
    const expected = parseOpenPgpKey(TEST_KEY);
    assert.ok(expected !== undefined);
    for (const variant of [
      TEST_KEY.replaceAll("\n", "\r\n"),
      TEST_KEY.replace("-----\n\n", "-----\nVersion: GnuPG v2\nComment: x\n\n"),
      `\n  ${TEST_KEY}\n`,
      TEST_KEY.replace(/\n=[A-Za-z0-9+/]{4}\n/, "\n"),
    ]) {
      assert.deepEqual(parseOpenPgpKey(variant), expected);
    }
  });

  it("has the same fingerprint in the newer form of packets", () => {
    const key = parseOpenPgpKey(TEST_KEY);
    assert.ok(key !== undefined);
    const old = Buffer.from(key.base64, "base64");
    assert.equal(old[0], 0x99);
    const length = old.readUInt16BE(1);
    const body = old.subarray(3, 3 + length);
    const header = Buffer.from([0xc6, 192 + ((length - 192) >> 8), (length - 192) & 0xff]);
    assert.equal(parseOpenPgpKey(armoured(Buffer.concat([header, body])))?.fingerprint, key.fingerprint);
  });

  for (const [what, text] of [
    ["nothing", ""],
    ["an SSH key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI"],
    ["a private key", AGENT_SIGNING_KEY.replaceAll("PUBLIC", "PRIVATE")],
    ["a signature", AGENT_SIGNING_KEY.replaceAll("PUBLIC KEY BLOCK", "SIGNATURE")],
    ["a key that ends early", AGENT_SIGNING_KEY.slice(0, 400)],
    ["a key whose packet is longer than it", armoured(Buffer.from([0x99, 0x01, 0x00, 4, 0]))],
    ["another packet", armoured(Buffer.from([0xb4, 2, 0x61, 0x62]))],
    ["a key of version 3", armoured(Buffer.from([0x99, 0x00, 0x02, 3, 0]))],
    ["two keys", `${TEST_KEY}\n${AGENT_SIGNING_KEY}`],
    ["a key that would end the script's own text", `${TEST_KEY}\nKEY\nrm -rf /`],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.equal(parseOpenPgpKey(text), undefined);
    });
  }

  it("is told from anything without an exception, and is base64 where it is one", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const key = parseOpenPgpKey(armoured(Buffer.from(bytes)));
        assert.ok(key === undefined || /^[A-Za-z0-9+/]+=*$/.test(key.base64));
      }),
    );
  });
});
