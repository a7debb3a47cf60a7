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

/** What is asked of a pack. */
export type AskedPack = Pick<PackClient, "info" | "remediates" | "remediate" | "analyze" | "analyzeStack">;

/**
 * Shows every resource to every pack: first to those that remediate, one after another, then to all of them at once;
 * in the end all resources together.
 *
 * Where no pack remediates, nothing that a pack says changes what a resource becomes: the program goes on meanwhile, and a
 * resource is shown after all has been said of those that it depends on, as if the program had waited.
 *
 * Source: pulumi/pulumi, pkg/resource/deploy/step_generator.go.
 */
export class PackGate implements PolicyGate {
  readonly #context: RunContext;
  readonly #packs: Promise<readonly AskedPack[]>;
  readonly #onFailure: (pack: AskedPack, error: unknown) => void;
  readonly #providers = new Map<ResourceState, analyzerproto.AnalyzerProviderResource>();
  /** By resource, so that their order does not depend on which answer came first. */
  readonly #violations = new Map<string, Violation[]>();
  readonly #remediations: RemediationRecord[] = [];
  #stackViolations: readonly Violation[] = [];
  /** By resource, the answers that nobody has waited for; each is fulfilled, whatever came of it. */
  readonly #answers = new Map<string, Promise<void>>();
  #hasFailed = false;

  constructor(
    context: RunContext,
    packs: Promise<readonly AskedPack[]>,
    onFailure: (pack: AskedPack, error: unknown) => void,
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
    if (packs.some((pack) => pack.remediates)) {
      await this.#analyze(packs, request);
    } else {
      const before = [state.parent, provider?.urn ?? "", ...state.dependencies];
      this.#answers.set(state.urn, this.#analyzeAfter(before, packs, request));
    }
    return inputs;
  }

  /** Waits for what packs say of the resources that they have been shown, each by itself. */
  async settled(): Promise<void> {
    await Promise.all(this.#answers.values());
  }

  async checkStack(
    states: Iterable<ResourceState>,
    findProvider: (state: ResourceState) => ResourceState | undefined,
  ): Promise<void> {
    const packs = await this.#packs;
    await this.settled();
    if (packs.length === 0 || this.#hasFailed) {
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

  /** A resource is shown when all is said of those that it depends on. */
  async #analyzeAfter(
    urns: readonly string[],
    packs: readonly AskedPack[],
    request: analyzerproto.AnalyzeRequest,
  ): Promise<void> {
    const answers = urns.flatMap((urn) => this.#answers.get(urn) ?? []);
    if (answers.length > 0) {
      await Promise.all(answers);
    }
    if (this.#hasFailed) {
      return;
    }
    try {
      await this.#analyze(packs, request);
    } catch {
      // The run has been stopped, and tells why.
      this.#hasFailed = true;
    }
  }

  async #analyze(packs: readonly AskedPack[], request: analyzerproto.AnalyzeRequest): Promise<void> {
    const urn = request.getUrn();
    const found = await Promise.all(
      packs.map(async (pack) => {
        const response = await this.#guard(pack, pack.analyze(request));
        return response.getDiagnosticsList().map((entry) => this.#violation(pack, entry, urn, "resource"));
      }),
    );
    const violations = found.flat();
    if (violations.length > 0) {
      this.#violations.set(urn, [...(this.#violations.get(urn) ?? []), ...violations]);
      this.#announce(violations);
    }
  }

  async #remediate(
    pack: AskedPack,
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
    pack: AskedPack,
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

  async #guard<Response>(pack: AskedPack, call: Promise<Response>): Promise<Response> {
    try {
      return await call;
    } catch (error) {
      this.#onFailure(pack, error);
      throw error;
    }
  }
}
