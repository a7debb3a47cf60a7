import { createHash } from "node:crypto";

import { UNKNOWN, isUnknown, secret } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import { arnAt } from "./place.ts";
import type { Place } from "./place.ts";
import { asText, bare } from "./values.ts";

/** Thrown, and caught by {@link Reading.evaluate}, when something reads an input that is not known. */
class UnknownRead extends Error {}

/**
 * The inputs of one resource as the functions of a model read them.
 *
 * A computed output is unknown where anything read for it is unknown, and secret where anything read for it is secret.
 */
export class Reading {
  readonly #place: Place;
  readonly #inputs: WireMap;
  readonly identity: string;
  readonly #id: string;
  #sawSecret = false;

  /** `identity` is what ids and names are derived from: the URN, and the inputs whose change makes another resource. */
  constructor(inputs: WireMap, identity: string, place: Place, id: string) {
    this.#inputs = inputs;
    this.identity = identity;
    this.#place = place;
    this.#id = id;
  }

  /** Where the resource is. A provider whose region is not known yet makes unknown whatever its region is part of. */
  get place(): Place {
    if (isUnknown(this.#place.region)) {
      throw new UnknownRead("region");
    }
    return this.#place;
  }

  /** Whether the resource has an id that is known. */
  get hasId(): boolean {
    return this.#id !== "";
  }

  get id(): string {
    if (this.#id === "") {
      throw new UnknownRead("id");
    }
    return this.#id;
  }

  /** Whether the input was given, known or not. */
  has(property: string): boolean {
    const value = this.#inputs[property];
    return value !== undefined && value !== null;
  }

  /** An input without its wrappings; undefined where it was not given. */
  read(property: string): Wire | undefined {
    const value = this.#inputs[property];
    if (value === undefined || value === null) {
      return undefined;
    }
    const stripped = bare(value);
    if (stripped.unknown) {
      throw new UnknownRead(property);
    }
    this.#sawSecret ||= stripped.secret;
    return stripped.value;
  }

  /** An input as text; `otherwise` where it was not given. */
  text(property: string, otherwise = ""): string {
    const value = this.read(property);
    return value === undefined || value === null || typeof value === "object" ? otherwise : asText(value);
  }

  /** An input that is a list; empty where it was not given. */
  list(property: string): readonly Wire[] {
    const value = this.read(property);
    return Array.isArray(value) ? value : [];
  }

  /** The first `length` hexadecimal digits of a hash that is this resource's own for every `salt`. */
  hex(salt: string, length: number): string {
    return createHash("sha256").update(`${this.identity}\0${salt}`).digest("hex").slice(0, length);
  }

  /** An id as EC2 makes them: the prefix, a zero and sixteen hexadecimal digits. */
  ec2Id(prefix: string, salt = ""): string {
    return `${prefix}-0${this.hex(`${prefix}/${salt}`, 16)}`;
  }

  /** An upper-case id as IAM makes them: `AROA` and seventeen letters or digits. */
  iamId(prefix: string): string {
    const digits = BigInt(`0x${this.hex(prefix, 40)}`)
      .toString(32)
      .toUpperCase();
    return `${prefix}${digits.slice(0, 17)}`;
  }

  /** A UUID, as KMS makes key ids. */
  uuid(salt: string): string {
    const digits = this.hex(salt, 32);
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `4${digits.slice(13, 16)}`,
      `8${digits.slice(17, 20)}`,
      digits.slice(20),
    ].join("-");
  }

  /** A private IPv4 address in 10.0.0.0/8, the same each time. */
  privateIp(salt: string): string {
    const byte = (at: number): number => Number.parseInt(this.hex(salt, 12).slice(at, at + 2), 16);
    return `10.${byte(0)}.${byte(2)}.${(byte(4) % 250) + 4}`;
  }

  /** A public address out of TEST-NET-3 (RFC 5737), which belongs to nobody. */
  publicIp(salt: string): string {
    return `203.0.113.${(Number.parseInt(this.hex(salt, 2), 16) % 254) + 1}`;
  }

  arn(
    service: string,
    resource: string,
    omit?: { readonly region?: boolean; readonly account?: boolean },
  ): string {
    return arnAt(this.place, service, resource, omit);
  }

  /** Runs `compute`: the unknown sentinel where it read an unknown, a secret where it read a secret. */
  evaluate(compute: (reading: Reading) => Wire): Wire {
    this.#sawSecret = false;
    try {
      const value = compute(this);
      return this.#sawSecret ? secret(value) : value;
    } catch (error) {
      if (error instanceof UnknownRead) {
        return UNKNOWN;
      }
      throw error;
    }
  }
}
