import { createHash } from "node:crypto";
import type { Check } from "../core/problems.ts";

const ARMOUR =
  /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n(?:[A-Za-z]+: [^\n]*\n)*\n(?<body>[A-Za-z0-9+/=\n]+?)\n(?:=[A-Za-z0-9+/]{4}\n)?-----END PGP PUBLIC KEY BLOCK-----\n?$/;

/** One public key, as OpenPGP writes it. */
export interface OpenPgpKey {
  /** The key without its armour, in base64: what `gpgv` reads once it is decoded. */
  readonly base64: string;
  /** 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
}

/** The length of a packet's body, and where it starts; `undefined` for lengths that no public key has. */
function bodyOf(bytes: Buffer): { readonly start: number; readonly length: number } | undefined {
  const tag = bytes[0] ?? 0;
  if ((tag & 0x40) !== 0) {
    const first = bytes[1] ?? 255;
    if (first < 192) {
      return { start: 2, length: first };
    }
    return first < 224 ? { start: 3, length: (first - 192) * 256 + (bytes[2] ?? 0) + 192 } : undefined;
  }
  switch (tag & 0x03) {
    case 0:
      return { start: 2, length: bytes[1] ?? 0 };
    case 1:
      return { start: 3, length: bytes.length >= 3 ? bytes.readUInt16BE(1) : 0 };
    default:
      return undefined;
  }
}

/**
 * Reads an armoured public key of version 4; `undefined` where the text is none.
 *
 * The fingerprint is what gpg shows: SHA-1 over the octet 0x99, the length in two octets, and the body of the first packet.
 * Source: RFC 9580, sections 4.2 (packet headers) and 5.5.4.2 (version 4 fingerprints).
 */
export function parseOpenPgpKey(text: string): OpenPgpKey | undefined {
  const body = ARMOUR.exec(text.trim().replaceAll("\r\n", "\n"))?.groups?.["body"]?.replaceAll("\n", "");
  if (body === undefined) {
    return undefined;
  }
  const bytes = Buffer.from(body, "base64");
  const tag = bytes[0] ?? 0;
  const type = (tag & 0x40) === 0 ? (tag >> 2) & 0x0f : tag & 0x3f;
  const packet = bodyOf(bytes);
  if ((tag & 0x80) === 0 || type !== 6 || packet === undefined) {
    return undefined;
  }
  const content = bytes.subarray(packet.start, packet.start + packet.length);
  if (content.length !== packet.length || content[0] !== 4) {
    return undefined;
  }
  const hash = createHash("sha1");
  hash.update(Buffer.from([0x99, content.length >> 8, content.length & 0xff]));
  return { base64: body, fingerprint: hash.update(content).digest("hex").toUpperCase() };
}

export const openPgpKey: Check<string> = (value) =>
  parseOpenPgpKey(value) === undefined
    ? {
        expected:
          "an armoured OpenPGP public key of version 4, `-----BEGIN PGP PUBLIC KEY BLOCK-----` to `END`",
        remedy: "copy it from “Verifying the signature of SSM Agent” in the Systems Manager User Guide",
      }
    : undefined;
