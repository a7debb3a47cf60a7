import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { InputError } from "./input-error.ts";

/** Where the passphrase of encrypted values comes from. */
export interface Passphrases {
  readonly PULUMI_CONFIG_PASSPHRASE?: string | undefined;
  readonly PULUMI_CONFIG_PASSPHRASE_FILE?: string | undefined;
}

/**
 * The passphrase itself, or else the content of the file that is named; undefined where neither is.
 *
 * @throws InputError where the file cannot be read.
 */
export function readPassphrase(env: Passphrases): string | undefined {
  const file = env.PULUMI_CONFIG_PASSPHRASE_FILE;
  if (env.PULUMI_CONFIG_PASSPHRASE !== undefined || file === undefined || file === "") {
    return env.PULUMI_CONFIG_PASSPHRASE;
  }
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError([`PULUMI_CONFIG_PASSPHRASE_FILE cannot be read: ${reason}`]);
  }
}

/**
 * Pulumi's passphrase secrets: AES-256-GCM under a key derived with PBKDF2 (SHA-256, 1,000,000 rounds), written as
 * `v1:<nonce>:<ciphertext and tag>` in base64.
 *
 * Source: pulumi/pulumi, sdk/go/common/resource/config/crypt.go and pkg/secrets/passphrase/manager.go.
 */
export interface Crypter {
  encrypt(plaintext: string): string;
  /** @throws Error where the text is not of this form or was made under another key. */
  decrypt(ciphertext: string): string;
}

const ROUNDS = 1_000_000;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 8;

/** What the salt's check value holds: it tells a wrong passphrase from a broken secret. */
const CHECK = "pulumi";

function crypterWithKey(key: Buffer): Crypter {
  return {
    encrypt(plaintext) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
    },
    decrypt(ciphertext) {
      const [version, nonce, sealedText, ...rest] = ciphertext.split(":");
      if (version !== "v1" || nonce === undefined || sealedText === undefined || rest.length > 0) {
        throw new Error("expected a secret of the form `v1:<nonce>:<ciphertext>`");
      }
      const sealed = Buffer.from(sealedText, "base64");
      if (sealed.length < TAG_BYTES) {
        throw new Error("the ciphertext is shorter than its tag");
      }
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
      return Buffer.concat([
        decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)),
        decipher.final(),
      ]).toString("utf8");
    },
  };
}

function deriveKey(passphrase: string, salt: Buffer): Buffer {
  return pbkdf2Sync(passphrase, salt, ROUNDS, KEY_BYTES, "sha256");
}

/**
 * The crypter of a stack's `encryptionsalt`; undefined where the passphrase is not the one it was made with.
 *
 * @throws Error where the salt is not of the form that Pulumi writes.
 */
export function openPassphrase(passphrase: string, encryptionSalt: string): Crypter | undefined {
  const [version, salt, ...check] = encryptionSalt.split(":");
  if (version !== "v1" || salt === undefined || check.length !== 3) {
    throw new Error("expected an encryption salt of the form `v1:<salt>:v1:<nonce>:<ciphertext>`");
  }
  const crypter = crypterWithKey(deriveKey(passphrase, Buffer.from(salt, "base64")));
  try {
    return crypter.decrypt(check.join(":")) === CHECK ? crypter : undefined;
  } catch {
    // A tag that does not verify is how another passphrase shows itself.
    return undefined;
  }
}

/** A new salt for a passphrase, with its crypter. */
export function newPassphrase(passphrase: string): { readonly salt: string; readonly crypter: Crypter } {
  const salt = randomBytes(SALT_BYTES);
  const crypter = crypterWithKey(deriveKey(passphrase, salt));
  return { salt: `v1:${salt.toString("base64")}:${crypter.encrypt(CHECK)}`, crypter };
}
