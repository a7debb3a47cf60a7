import type { PolicyInput } from "../parse/parsed.ts";
import { anyOf, allOf, type Truth } from "../match/truth.ts";
import type { Evaluation, StatementRef } from "./evaluation.ts";
import type { Combination, Layer, PolicySet } from "./policy-set.ts";
import type { Naming } from "./principal.ts";
import type { Principal } from "./request.ts";

/** What the documents of one layer say of a request. */
export interface LayerOutcome {
  readonly layer: Layer;
  readonly allows: readonly { readonly ref: StatementRef; readonly naming: Naming | undefined }[];
  readonly denies: readonly StatementRef[];
  /** What is not known and may allow, or deny. */
  readonly mayAllow: readonly string[];
  readonly mayDeny: readonly string[];
}

export function combinationOf(policies: PolicySet): Combination {
  if (policies.combine !== undefined) {
    return policies.combine;
  }
  if (policies.resource === undefined) {
    return "identity";
  }
  return policies.identity === undefined ? "resource" : "either";
}

/**
 * Whether a resource policy's grant stands without the identity's documents, and past boundary and session policies.
 *
 * A grant to a user or to a session by its ARN does; one to a role, or to everyone, is limited by both for a role's
 * session; one to an account only delegates.
 *
 * Source: IAM User Guide, "Permissions boundaries for IAM entities", "Policy evaluation logic".
 */
export function directGrant(
  naming: Naming | undefined,
  principal: Principal | undefined,
): "past-limits" | "within-limits" | "delegates" {
  if (naming === "account") {
    return "delegates";
  }
  if (naming === "exact" || (naming === "everyone" && principal?.kind !== "role-session")) {
    return "past-limits";
  }
  return "within-limits";
}

type Decided = Omit<Evaluation, "trace">;

/** Puts the layers together. */
export function combine(
  policies: PolicySet,
  principal: Principal | undefined,
  outcomeOf: (layer: Layer, documents: readonly PolicyInput[]) => LayerOutcome,
): Decided {
  const layer = (name: Layer, documents: readonly PolicyInput[] | undefined): LayerOutcome | undefined =>
    documents === undefined ? undefined : outcomeOf(name, documents);
  const identity = layer("identity", policies.identity);
  const boundary = layer("boundary", policies.boundary);
  const session = layer("session", policies.session);
  const scps = (policies.scps ?? []).map((level) => outcomeOf("scp", level));
  const resource = layer("resource", policies.resource);
  const all = [identity, boundary, session, ...scps, resource].filter((outcome) => outcome !== undefined);

  const denies = all.flatMap((outcome) => outcome.denies);
  if (denies.length > 0) {
    return { decision: "explicit-deny", decidedBy: denies, silentLayers: [], unknown: [] };
  }
  const limits = [boundary, session].filter((outcome) => outcome !== undefined);
  const byIdentity = [identity, ...limits].filter((outcome) => outcome !== undefined);
  const combination = combinationOf(policies);
  const ways = waysThrough(combination, byIdentity, limits, resource, principal);
  const permitted = allOf([anyOf(ways, (way) => way), allOf(scps, allowed)], (truth) => truth);
  if (permitted === false) {
    const silentLayers = [
      ...new Set(all.filter((outcome) => allowed(outcome) === false).map((outcome) => outcome.layer)),
    ];
    return { decision: "implicit-deny", decidedBy: [], silentLayers, unknown: [] };
  }
  const mayDeny = all.flatMap((outcome) => outcome.mayDeny);
  if (permitted === "unknown" || mayDeny.length > 0) {
    const mayAllow =
      permitted === "unknown"
        ? all.filter((outcome) => allowed(outcome) !== true).flatMap((outcome) => outcome.mayAllow)
        : [];
    return { decision: "undecided", decidedBy: [], silentLayers: [], unknown: [...mayAllow, ...mayDeny] };
  }
  const decidedBy = all.flatMap((outcome) => outcome.allows.map(({ ref }) => ref));
  return { decision: "allowed", decidedBy, silentLayers: [], unknown: [] };
}

function allowed(outcome: LayerOutcome): Truth {
  return outcome.allows.length > 0 ? true : outcome.mayAllow.length > 0 ? "unknown" : false;
}

function waysThrough(
  combination: Combination,
  byIdentity: readonly LayerOutcome[],
  limits: readonly LayerOutcome[],
  resource: LayerOutcome | undefined,
  principal: Principal | undefined,
): readonly Truth[] {
  const identityWay = allOf(byIdentity, allowed);
  const resourceWay = resource === undefined ? false : allowed(resource);
  switch (combination) {
    case "identity":
      return [identityWay];
    case "resource":
      return [resourceWay];
    case "both":
      return [allOf([identityWay, resourceWay], (truth) => truth)];
    case "either": {
      const grants = (resource?.allows ?? []).map(({ naming }) => directGrant(naming, principal));
      const limited = allOf(limits, allowed);
      const direct = anyOf(grants, (grant) =>
        grant === "delegates" ? false : grant === "past-limits" ? true : limited,
      );
      const open: Truth = direct !== true && (resource?.mayAllow.length ?? 0) > 0 ? "unknown" : direct;
      return [identityWay, open];
    }
  }
}
