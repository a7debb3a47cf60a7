import { isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { asText, parseJson } from "../values.ts";

/**
 * What a resource's own policy may be about. Services refuse such a policy where it names calls of another service, or
 * another resource; KMS refuses one after which nobody could change it any more.
 */

/** The statements of a document; none where it is no policy document, which is another rule's to say. */
function statementsOf(text: string): readonly WireMap[] {
  const document = parseJson(text);
  const statement = isWireMap(document) ? document["Statement"] : undefined;
  const statements: readonly Wire[] =
    statement === undefined ? [] : Array.isArray(statement) ? statement : [statement];
  return statements.filter(isWireMap);
}

function texts(value: Wire | undefined): readonly string[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value.map((one: Wire) => asText(one)) : [asText(value)];
}

/** A pattern of IAM's, in which `*` and `?` stand for other characters. */
function matcher(pattern: string, flags: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, flags);
}

/** Why a service refuses the calls that a policy of its resource names. `*` alone is taken. */
export function foreignAction(text: string, service: string): string | undefined {
  const action = statementsOf(text)
    .flatMap((statement) => [...texts(statement["Action"]), ...texts(statement["NotAction"])])
    .find((one) => one !== "*" && !one.toLowerCase().startsWith(`${service}:`));
  return action === undefined
    ? undefined
    : `names \`${action}\`, which is no call of \`${service}\`: remove or correct it`;
}

/** Why a service refuses the resources that a policy of its resource names. `*` alone is taken. */
export function foreignResource(text: string, own: (resource: string) => boolean): string | undefined {
  const resource = statementsOf(text)
    .flatMap((statement) => [...texts(statement["Resource"]), ...texts(statement["NotResource"])])
    .find((one) => one !== "*" && !own(one));
  return resource === undefined
    ? undefined
    : `is about \`${resource}\`, which is not what the policy is put on: remove or correct it`;
}

/**
 * Why KMS refuses a key's policy, unless its check is bypassed: nobody is allowed to put another one. Source: KMS
 * Developer Guide, "Default key policy", on the key policy lockout safety check.
 */
export function lockedOut(text: string): string | undefined {
  const putting = "kms:PutKeyPolicy";
  const statements = statementsOf(text);
  const allowed = statements.some((statement) => {
    const { Effect: effect, Action: action, NotAction: notAction, Principal: principal } = statement;
    const names = (patterns: readonly string[]): boolean =>
      patterns.some((pattern) => matcher(pattern, "iu").test(putting));
    const calls = action === undefined ? !names(texts(notAction)) : names(texts(action));
    const people =
      statement["NotPrincipal"] !== undefined ||
      principal === "*" ||
      (isWireMap(principal) && texts(principal["AWS"]).length > 0);
    return effect === "Allow" && calls && people;
  });
  return allowed || statements.length === 0
    ? undefined
    : `lets nobody call \`${putting}\`, so that it could not be changed: allow the account's root to, or set \`bypassPolicyLockoutSafetyCheck\``;
}
