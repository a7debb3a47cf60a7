import type { CheckFailure, CheckResponse, DiffResponse } from "../../protocol/provider.ts";
import { isUnknown, isWireMap, UNKNOWN } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { configurationSchema } from "../catalogue.ts";
import { changedProperties } from "../difference.ts";
import { partitionOf, placeAt } from "../place.ts";
import type { Setting } from "../provider.ts";
import type { Tagging } from "../tagging.ts";
import { asText, bare, parseJson, settledMap } from "../values.ts";

/** Where a program works unless its configuration says otherwise. */
export interface Fallback {
  readonly account: string;
  readonly region: string | undefined;
}

/**
 * A configuration value. Provider configuration travels as texts: whatever is no text is JSON in one.
 */
function structured(value: Wire | undefined): Wire | undefined {
  if (typeof value !== "string" || isUnknown(value)) {
    return value;
  }
  const parsed = parseJson(value);
  return parsed !== undefined && typeof parsed === "object" && parsed !== null ? parsed : value;
}

function textList(value: Wire | undefined): readonly string[] {
  const plain = structured(bare(value ?? null).value);
  return Array.isArray(plain) ? plain.map((part: Wire) => asText(part)) : [];
}

function tagging(inputs: WireMap): Tagging {
  const defaults = structured(bare(inputs["defaultTags"] ?? null).value);
  const ignored = structured(bare(inputs["ignoreTags"] ?? null).value);
  return {
    defaults: isWireMap(defaults)
      ? (structured(defaults["tags"]) ?? {})
      : isUnknown(defaults)
        ? (defaults ?? {})
        : {},
    ignoredKeys: isWireMap(ignored) ? textList(ignored["keys"]) : [],
    ignoredPrefixes: isWireMap(ignored) ? textList(ignored["keyPrefixes"]) : [],
  };
}

function environmentRegion(): string | undefined {
  return process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
}

/** The region of a configuration: its own, which may be unknown, else the environment's, else the fallback's. */
function regionOf(inputs: WireMap, fallback: Fallback): string | undefined {
  const region = bare(inputs["region"] ?? null).value;
  if (typeof region === "string" && region !== "") {
    return region;
  }
  return fallback.region ?? environmentRegion();
}

/** What the engine adds to a provider's own inputs. */
const ENGINE_KEYS: ReadonlySet<string> = new Set(["pluginChecksums", "pluginDownloadURL", "version"]);

/** Refuses keys that the provider does not have, such as a misspelt one. */
function unknownKeys(inputs: WireMap): readonly CheckFailure[] {
  const schema = configurationSchema();
  return Object.keys(inputs)
    .filter(
      (name) => schema[name] === undefined && schema[`${name}?`] === undefined && !ENGINE_KEYS.has(name),
    )
    .map((name) => ({
      property: name,
      reason: `\`aws:${name}\` is not a setting of the provider: remove or correct it`,
    }));
}

/**
 * Refuses an account that the configuration does not allow: that of the last role it assumes, else the one that is
 * simulated. Nothing is refused for what is unknown.
 */
function accountFailures(inputs: WireMap, fallback: Fallback): readonly CheckFailure[] {
  const role = assumedRole(inputs);
  if (isUnknown(role)) {
    return [];
  }
  const account = role ?? fallback.account;
  const [whose, remedy] =
    role === undefined
      ? ["the simulated account", "simulate another one, or change the list"]
      : ["the account of the role that is assumed,", "assume a role of another one, or change the list"];
  const allowed = textList(inputs["allowedAccountIds"]);
  const forbidden = textList(inputs["forbiddenAccountIds"]);
  const failures: CheckFailure[] = [];
  if (allowed.length > 0 && !allowed.some((one) => one === account || isUnknown(one))) {
    failures.push({
      property: "allowedAccountIds",
      reason: `${whose} \`${account}\` is not among them: ${remedy}`,
    });
  }
  if (forbidden.includes(account)) {
    failures.push({
      property: "forbiddenAccountIds",
      reason: `${whose} \`${account}\` is one of them: ${remedy}`,
    });
  }
  if (allowed.length > 0 && forbidden.length > 0) {
    failures.push({
      property: "allowedAccountIds",
      reason: "and `forbiddenAccountIds` exclude each other: keep one of them",
    });
  }
  return failures;
}

/** Refuses configurations with which the provider would not start. */
export function checkConfiguration(news: WireMap, fallback: Fallback): CheckResponse {
  const inputs = settledMap(news);
  const failures: CheckFailure[] = [...unknownKeys(inputs)];
  const region = regionOf(inputs, fallback);
  if (region === undefined) {
    failures.push({
      property: "region",
      reason: "no AWS region is set: run `pulumi config set aws:region REGION`, or set AWS_REGION",
    });
  } else if (
    !isUnknown(region) &&
    partitionOf(region) === undefined &&
    asText(inputs["skipRegionValidation"]) !== "true"
  ) {
    failures.push({ property: "region", reason: `\`${region}\` is not a known AWS region: correct it` });
  }
  failures.push(...accountFailures(inputs, fallback));
  return { inputs, failures };
}

/** What two configurations differ in. Another region is another provider. */
export function diffConfiguration(olds: WireMap, news: WireMap): DiffResponse {
  const diffs = changedProperties(olds, news);
  return { diffs, replaces: diffs.filter((name) => name === "region"), deleteBeforeReplace: false };
}

/** What a provider works with for a configuration that was checked. */
export function settingOf(inputs: WireMap, fallback: Fallback): Setting {
  const role = assumedRole(inputs);
  const account = role === undefined || isUnknown(role) ? fallback.account : role;
  return { place: placeAt(account, regionOf(inputs, fallback) ?? "us-east-1"), tagging: tagging(inputs) };
}

/** The account of the role that the provider ends up with, which may be unknown; undefined where it assumes none. */
function assumedRole(inputs: WireMap): string | undefined {
  const list = structured(bare(inputs["assumeRoles"] ?? null).value);
  const last: Wire | undefined = Array.isArray(list) ? list.at(-1) : list;
  const role = last ?? structured(bare(inputs["assumeRoleWithWebIdentity"] ?? null).value);
  const arn = isWireMap(role) ? bare(role["roleArn"] ?? null).value : role;
  if (isUnknown(arn)) {
    return UNKNOWN;
  }
  return typeof arn === "string" ? /^arn:[a-z-]+:iam::(\d{12}):role\//u.exec(arn)?.[1] : undefined;
}
