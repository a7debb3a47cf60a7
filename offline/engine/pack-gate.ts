import analyzerproto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { WireMap } from "../protocol/wire.ts";
import { analyzeRequest, providerResource, stackResource } from "./analysis-messages.ts";
import type { PackClient } from "./pack-client.ts";
import type { PolicyGate } from "./policy-gate.ts";
import { readEnforcement, readSeverity } from "./policy-levels.ts";
import type { RemediationRecord, Violation } from "./report.ts";
import type { RunContext } from "./run-context.ts";
import type { ResourceState } from "./state.ts";
import { fromStruct } from "./struct.ts";
import { makeUrn, STACK_TYPE } from "./urn.ts";
import { keepSecrets } from "./values.ts";

/**
 * Shows every resource to every pack: first to those that remediate, one after another, then to all of them at once;
 * in the end all resources together.
 *
 * Source: pulumi/pulumi, pkg/resource/deploy/step_generator.go.
 */
export class PackGate implements PolicyGate {
  readonly #context: RunContext;
  readonly #packs: Promise<readonly PackClient[]>;
  readonly #onFailure: (pack: PackClient, error: unknown) => void;
  readonly #providers = new Map<ResourceState, analyzerproto.AnalyzerProviderResource>();
  /** By resource, so that their order does not depend on which answer came first. */
  readonly #violations = new Map<string, Violation[]>();
  readonly #remediations: RemediationRecord[] = [];
  #stackViolations: readonly Violation[] = [];

  constructor(
    context: RunContext,
    packs: Promise<readonly PackClient[]>,
    onFailure: (pack: PackClient, error: unknown) => void,
  ) {
    this.#context = context;
    this.#packs = packs;
    this.#onFailure = onFailure;
  }

  /** In the order in which the resources were registered; those of the whole stack last. */
  violations(states: Iterable<ResourceState>): readonly Violation[] {
    const found: Violation[] = [];
    for (const state of states) {
      found.push(...(this.#violations.get(state.urn) ?? []));
    }
    return [...found, ...this.#stackViolations];
  }

  get remediations(): readonly RemediationRecord[] {
    return this.#remediations;
  }

  async checkResource(state: ResourceState, provider: ResourceState | undefined): Promise<WireMap> {
    const packs = await this.#packs;
    if (packs.length === 0) {
      return state.inputs;
    }
    const providerMessage = this.#provider(provider);
    let { inputs } = state;
    for (const pack of packs.filter((candidate) => candidate.remediates)) {
      // Each pack sees what the one before it made of the resource.
      // oxlint-disable-next-line no-await-in-loop -- as the comment above says
      inputs = await this.#remediate(pack, state, inputs, providerMessage);
    }
    const request = analyzeRequest(state, inputs, providerMessage, false);
    const found = await Promise.all(
      packs.map(async (pack) => {
        const response = await this.#guard(pack, pack.analyze(request));
        return response
          .getDiagnosticsList()
          .map((entry) => this.#violation(pack, entry, state.urn, "resource"));
      }),
    );
    const violations = found.flat();
    if (violations.length > 0) {
      this.#violations.set(state.urn, [...(this.#violations.get(state.urn) ?? []), ...violations]);
      this.#announce(violations);
    }
    return inputs;
  }

  async checkStack(
    states: Iterable<ResourceState>,
    findProvider: (state: ResourceState) => ResourceState | undefined,
  ): Promise<void> {
    const packs = await this.#packs;
    if (packs.length === 0) {
      return;
    }
    const managed = [...states].filter((state) => !state.external);
    const known = new Set(managed.map((state) => state.urn));
    const request = new analyzerproto.AnalyzeStackRequest();
    request.setResourcesList(
      managed.map((state) => stackResource(state, this.#provider(findProvider(state)))),
    );
    const { stack, project } = this.#context;
    const root = makeUrn(stack, project, "", STACK_TYPE, `${project}-${stack}`);
    const found = await Promise.all(
      packs.map(async (pack) => {
        const response = await this.#guard(pack, pack.analyzeStack(request));
        return response
          .getDiagnosticsList()
          .map((entry) =>
            this.#violation(pack, entry, known.has(entry.getUrn()) ? entry.getUrn() : root, "stack"),
          );
      }),
    );
    this.#stackViolations = found.flat();
    this.#announce(this.#stackViolations);
  }

  async #remediate(
    pack: PackClient,
    state: ResourceState,
    inputs: WireMap,
    provider: analyzerproto.AnalyzerProviderResource | undefined,
  ): Promise<WireMap> {
    const response = await this.#guard(pack, pack.remediate(analyzeRequest(state, inputs, provider, true)));
    let current = inputs;
    for (const remediation of response.getRemediationsList()) {
      const named = {
        pack: remediation.getPolicypackname(),
        packVersion: pack.info.version || remediation.getPolicypackversion(),
        policy: remediation.getPolicyname(),
        description: remediation.getDescription(),
        urn: state.urn,
      };
      const message = remediation.getDiagnostic();
      if (message === "") {
        const after = keepSecrets(fromStruct(remediation.getProperties()), current);
        this.#remediations.push({ ...named, before: current, after });
        current = after;
      } else {
        const violation: Violation = {
          ...named,
          enforcement: "advisory",
          severity: "unspecified",
          message,
          scope: "resource",
        };
        this.#violations.set(state.urn, [...(this.#violations.get(state.urn) ?? []), violation]);
        this.#announce([violation]);
      }
    }
    return current;
  }

  #violation(
    pack: PackClient,
    entry: analyzerproto.AnalyzeDiagnostic,
    urn: string,
    scope: Violation["scope"],
  ): Violation {
    const enforcement = readEnforcement(entry.getEnforcementlevel());
    const severity = readSeverity(entry.getSeverity());
    const policy = entry.getPolicyname();
    return {
      pack: entry.getPolicypackname(),
      packVersion: pack.info.version || entry.getPolicypackversion(),
      policy,
      // What still violates a policy after its remediation counts as mandatory.
      enforcement: enforcement === "remediate" ? "mandatory" : enforcement,
      severity:
        severity === "unspecified"
          ? (pack.info.policies.find((info) => info.name === policy)?.severity ?? severity)
          : severity,
      description: entry.getDescription(),
      message: entry.getMessage(),
      urn,
      scope,
    };
  }

  #provider(state: ResourceState | undefined): analyzerproto.AnalyzerProviderResource | undefined {
    if (state === undefined) {
      return undefined;
    }
    const known = this.#providers.get(state);
    if (known !== undefined) {
      return known;
    }
    const message = providerResource(state);
    this.#providers.set(state, message);
    return message;
  }

  #announce(violations: readonly Violation[]): void {
    for (const violation of violations) {
      this.#context.progress({ kind: "violation", violation });
    }
  }

  async #guard<Response>(pack: PackClient, call: Promise<Response>): Promise<Response> {
    try {
      return await call;
    } catch (error) {
      this.#onFailure(pack, error);
      throw error;
    }
  }
}
