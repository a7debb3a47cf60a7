import type { Outcome, ResourceRecord, StackConfig } from "../../engine/index.ts";
import { toWire } from "../../protocol/plain-data.ts";
import { SECRET_SIGNATURE, SIGNATURE_KEY, type Wire, isWireMap, signatureOf } from "../../protocol/wire.ts";
import { HIDDEN } from "./secrets.ts";

/** Shorter texts are not hidden, as the Pulumi CLI does not hide them: they stand in too many words. */
const SHORTEST = 3;

/**
 * An outcome whose messages hold no secret: what a program logs, throws or gives a policy to say may quote one. Values
 * of resources are not touched; they are hidden where they are shown.
 */
export function redactMessages<T extends Outcome>(outcome: T, config: StackConfig): T {
  const secrets = new Set([
    ...config.secretKeys.flatMap((key) => textsOf(configured(config.values[key] ?? ""))),
    ...outcome.resources.flatMap(secretTexts),
  ]);
  const redact = redactor(secrets);
  if (redact === undefined) {
    return outcome;
  }
  const cleaned = <M extends { readonly message: string }>(item: M): M => ({
    ...item,
    message: redact(item.message),
  });
  return {
    ...outcome,
    diagnostics: outcome.diagnostics.map(cleaned),
    violations: outcome.violations.map(cleaned),
    ...(outcome.kind === "failed"
      ? {
          problems: outcome.problems.map((problem) => {
            const said = cleaned(problem);
            return "stack" in said ? { ...said, stack: redact(said.stack) } : said;
          }),
        }
      : {}),
  };
}

function isQuotable(secret: string): boolean {
  return secret.length >= SHORTEST && !/^(?:true|false)$/i.test(secret);
}

/** Replaces every secret, also as JSON writes it; undefined where there is none. */
export function redactor(secrets: Iterable<string>): ((text: string) => string) | undefined {
  const hidden = [...secrets]
    // What a program prints comes line by line.
    .flatMap((secret) => [secret, ...(secret.includes("\n") ? secret.split(/\r?\n/) : [])])
    .flatMap((secret) => (isQuotable(secret) ? [secret, JSON.stringify(secret).slice(1, -1)] : []))
    // A longer secret may hold a shorter one, and must go first.
    .toSorted((a, b) => b.length - a.length);
  return hidden.length === 0
    ? undefined
    : (text) => hidden.reduce((cleaned, secret) => cleaned.replaceAll(secret, HIDDEN), text);
}

/** A secret configuration value: text, or JSON whose parts a program may quote one by one. */
function configured(text: string): Wire {
  if (!/^[[{]/.test(text)) {
    return text;
  }
  try {
    return [text, toWire(JSON.parse(text))];
  } catch {
    // It only looks like JSON.
    return text;
  }
}

function textsOf(value: Wire | undefined): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return partsOf(value).flatMap(([, part]) => textsOf(part));
}

function secretTexts(resource: ResourceRecord): readonly string[] {
  const found: string[] = [];
  const visit = (value: Wire): void => {
    if (signatureOf(value) === SECRET_SIGNATURE) {
      found.push(...secretLeaves(value));
    } else {
      partsOf(value).forEach(([, part]) => visit(part));
    }
  };
  visit(resource.inputs);
  visit(resource.outputs);
  return found;
}

/** The texts within a secret, the protocol's own signatures left out. */
function secretLeaves(value: Wire): readonly string[] {
  const signed = signatureOf(value) !== undefined;
  return typeof value === "string"
    ? [value]
    : partsOf(value).flatMap(([key, part]) => (signed && key === SIGNATURE_KEY ? [] : secretLeaves(part)));
}

function partsOf(value: Wire | undefined): readonly (readonly [string, Wire])[] {
  if (Array.isArray(value)) {
    return value.map((part: Wire, index) => [String(index), part]);
  }
  return isWireMap(value) ? Object.entries(value) : [];
}
