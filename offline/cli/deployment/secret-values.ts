import { type Crypter, newPassphrase, openPassphrase } from "../../project/passphrase.ts";
import { toWire } from "../../protocol/plain-data.ts";
import {
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  type Wire,
  type WireMap,
  isWireMap,
  signatureOf,
} from "../../protocol/wire.ts";

/** Replaces every secret of a value, outermost first, by what `replace` makes of its plain value. */
export function mapSecrets(value: Wire, replace: (secret: WireMap) => Wire): Wire {
  if (Array.isArray(value)) {
    return value.map((element: Wire) => mapSecrets(element, replace));
  }
  if (!isWireMap(value)) {
    return value;
  }
  if (signatureOf(value) === SECRET_SIGNATURE) {
    return replace(value);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, mapSecrets(element, replace)]),
  );
}

/** A value without the marks of its secrets: what is inside one is wholly secret. */
export function reveal(value: Wire): Wire {
  return mapSecrets(value, (secret) => reveal(secret["value"] ?? null));
}

export interface Sealer {
  seal(value: Wire): Wire;
  /** Whether any secret was sealed, and with which salt. */
  readonly salt: () => string | undefined;
}

/**
 * Seals secrets for a file. Without a passphrase they are sealed with one that is thrown away, so that the file holds
 * none that anyone could read.
 */
export function sealerFor(passphrase: string | undefined): Sealer {
  let opened: { readonly salt: string; readonly crypter: Crypter } | undefined;
  return {
    seal: (value) =>
      mapSecrets(value, (secret) => {
        // The key is derived when the first secret is met: that takes a noticeable fraction of a second.
        opened ??= newPassphrase(passphrase ?? crypto.randomUUID());
        const plaintext = JSON.stringify(reveal(secret["value"] ?? null));
        return { [SIGNATURE_KEY]: SECRET_SIGNATURE, ciphertext: opened.crypter.encrypt(plaintext) };
      }),
    salt: () => opened?.salt,
  };
}

/** A sealed secret that the passphrase at hand does not open. */
export const SEALED: Wire = { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: "[sealed]" };

export interface Opener {
  open(value: Wire): Wire;
  /** How many secrets stayed sealed. */
  readonly unopened: () => number;
}

/** Opens the secrets of a deployment; those it cannot open become `SEALED`. */
export function openerFor(passphrase: string | undefined, salt: string | undefined): Opener {
  let crypter: Crypter | undefined;
  let derived = false;
  let unopened = 0;
  const open = (ciphertext: Wire | undefined): Wire | undefined => {
    if (!derived && passphrase !== undefined && salt !== undefined) {
      crypter = openPassphrase(passphrase, salt);
    }
    derived = true;
    if (crypter === undefined || typeof ciphertext !== "string") {
      return undefined;
    }
    return toWire(JSON.parse(crypter.decrypt(ciphertext)));
  };
  return {
    open: (value) =>
      mapSecrets(value, (secret) => {
        const plain = "plaintext" in secret ? plaintextOf(secret) : open(secret["ciphertext"]);
        if (plain === undefined) {
          unopened += 1;
          return SEALED;
        }
        return { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: plain };
      }),
    unopened: () => unopened,
  };
}

/** `pulumi stack export --show-secrets` writes secrets as JSON text. */
function plaintextOf(secret: WireMap): Wire | undefined {
  const text = secret["plaintext"];
  return typeof text === "string" ? toWire(JSON.parse(text)) : undefined;
}
