import { combinationOf, directGrant } from "../evaluate/combine.ts";
import { compileDocument, type CompiledStatement } from "../evaluate/compile.ts";
import type { Layer, PolicySet, ResourceColons } from "../evaluate/policy-set.ts";
import { principalMatches } from "../evaluate/principal.ts";
import type { Principal } from "../evaluate/request.ts";
import type { PolicyInput, UnknownDocument } from "../parse/parsed.ts";

/** Where an Allow, or a Deny, can come from. */
export interface Sources {
  readonly statements: readonly CompiledStatement[];
  readonly unknown: readonly UnknownDocument[];
}

/** One way for a request to be allowed: each group gives an Allow, and nothing forbidden matches. */
export interface Goal {
  readonly groups: readonly Sources[];
  readonly forbidden: Sources;
}

interface LayerSources {
  readonly layer: Layer;
  readonly allows: Sources;
  readonly denies: Sources;
}

/** The documents of a policy set, layer by layer. */
export class Layers {
  readonly identity: LayerSources | undefined;
  readonly limits: readonly LayerSources[];
  readonly scps: readonly LayerSources[];
  readonly resource: LayerSources | undefined;
  readonly all: readonly LayerSources[];
  private readonly policies: PolicySet;

  constructor(
    policies: PolicySet,
    colons: ResourceColons,
    relevant: (statement: CompiledStatement) => boolean,
  ) {
    const layer = (name: Layer, documents: readonly PolicyInput[]): LayerSources =>
      sourcesOf(name, documents, colons, relevant);
    const { identity, boundary, session, scps = [], resource } = policies;
    this.policies = policies;
    this.identity = identity === undefined ? undefined : layer("identity", identity);
    this.limits = [
      ...(boundary === undefined ? [] : [layer("boundary", boundary)]),
      ...(session === undefined ? [] : [layer("session", session)]),
    ];
    this.scps = scps.map((level) => layer("scp", level));
    this.resource = resource === undefined ? undefined : layer("resource", resource);
    this.all = [this.identity, ...this.limits, ...this.scps, this.resource].filter(
      (each) => each !== undefined,
    );
  }

  get statements(): readonly CompiledStatement[] {
    return this.all.flatMap(({ allows, denies }) => [...allows.statements, ...denies.statements]);
  }

  get denies(): Sources {
    return merge(this.all.map(({ denies }) => denies));
  }

  /** The ways in which a principal's request can be allowed; as {@link combine} puts the layers together. */
  ways(principal: Principal | undefined): readonly (readonly Sources[])[] {
    const scps = this.scps.map(({ allows }) => allows);
    const limits = this.limits.map(({ allows }) => allows);
    const own = [...(this.identity === undefined ? [] : [this.identity.allows]), ...limits];
    const resource = this.resource?.allows ?? { statements: [], unknown: [] };
    switch (combinationOf(this.policies)) {
      case "identity":
        return [[...own, ...scps]];
      case "resource":
        return [[resource, ...scps]];
      case "both":
        return [[...own, resource, ...scps]];
      case "either": {
        const grants = (grant: ReturnType<typeof directGrant>): Sources => ({
          statements: resource.statements.filter(
            (statement) =>
              directGrant(principalMatches(statement.principal, principal).naming, principal) === grant,
          ),
          unknown: resource.unknown,
        });
        return [
          [...own, ...scps],
          [grants("past-limits"), ...scps],
          [grants("within-limits"), ...limits, ...scps],
        ];
      }
    }
  }
}

function sourcesOf(
  layer: Layer,
  documents: readonly PolicyInput[],
  colons: ResourceColons,
  relevant: (statement: CompiledStatement) => boolean,
): LayerSources {
  const allows: CompiledStatement[] = [];
  const denies: CompiledStatement[] = [];
  const mayAllow: UnknownDocument[] = [];
  const mayDeny: UnknownDocument[] = [];
  for (const document of documents) {
    if (document.kind === "unknown") {
      if (document.mayAllow !== false) {
        mayAllow.push(document);
      }
      if (document.mayDeny !== false) {
        mayDeny.push(document);
      }
      continue;
    }
    for (const statement of compileDocument(document, layer, colons)) {
      if (relevant(statement)) {
        (statement.ref.effect === "Allow" ? allows : denies).push(statement);
      }
    }
  }
  return {
    layer,
    allows: { statements: allows, unknown: mayAllow },
    denies: { statements: denies, unknown: mayDeny },
  };
}

export function merge(sources: readonly Sources[]): Sources {
  return {
    statements: sources.flatMap(({ statements }) => statements),
    unknown: sources.flatMap(({ unknown }) => unknown),
  };
}

export function isEmpty({ statements, unknown }: Sources): boolean {
  return statements.length === 0 && unknown.length === 0;
}

/** The goals of "allowed by these". */
export function goalsToAllow(layers: Layers, principal: Principal | undefined): readonly Goal[] {
  const forbidden = layers.denies;
  return layers
    .ways(principal)
    .filter((groups) => !groups.some(isEmpty))
    .map((groups) => ({ groups, forbidden }));
}

/** The goals of "allowed by the candidate, and not by the reference": each a way in which the reference refuses. */
export function goalsToAllowMore(
  candidate: Layers,
  reference: Layers,
  principal: Principal | undefined,
): readonly Goal[] {
  const goals = goalsToAllow(candidate, principal);
  const refusals: Goal[] = [];
  if (!isEmpty(reference.denies)) {
    refusals.push({ groups: [reference.denies], forbidden: { statements: [], unknown: [] } });
  }
  // Every way through the reference must be closed, each at one of its groups.
  let closed: readonly Sources[] = [{ statements: [], unknown: [] }];
  for (const way of reference.ways(principal)) {
    closed = closed.flatMap((before) => way.map((group) => merge([before, group])));
  }
  refusals.push(...closed.map((forbidden) => ({ groups: [], forbidden })));
  return goals.flatMap((goal) =>
    refusals.map((refusal) => ({
      groups: [...goal.groups, ...refusal.groups],
      forbidden: merge([goal.forbidden, refusal.forbidden]),
    })),
  );
}
