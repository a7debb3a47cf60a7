import assert from "node:assert/strict";
import type { ComponentProvider, ConstructRequest } from "@bastionless/offline/protocol/component-host.ts";
import { OUTPUT_SIGNATURE, SIGNATURE_KEY, UNKNOWN } from "@bastionless/offline/protocol/wire.ts";
import { byName, failed, finished, run } from "./support/run.ts";

/** Expands `net:index:Network` into itself and one thing of another version of `cloud`. */
function networkProvider(seen: ConstructRequest[] = []): ComponentProvider {
  return {
    name: "net",
    version: "2.0.0",
    knowsType: (type) => type === "net:index:Network",
    construct: async (request, host) => {
      seen.push(request);
      const common = { propertyDependencies: {}, dependencies: [], provider: "" };
      const self = await host.register({
        ...common,
        type: request.type,
        name: request.name,
        custom: false,
        parent: request.parent,
        inputs: {},
        version: "",
        providers: request.providers,
        dependencies: request.dependencies,
      });
      const image = await host.invoke(
        "cloud:index:getImage",
        { name: "linux" },
        { provider: "", version: "1.0.0" },
      );
      const child = await host.register({
        ...common,
        type: "cloud:index:Thing",
        name: `${request.name}-thing`,
        custom: true,
        parent: self.urn,
        inputs: { label: image["id"] ?? null },
        version: "1.0.0",
      });
      await host.warn?.(self.urn, "networks of this kind will change");
      await host.registerOutputs(self.urn, { arn: child.outputs["arn"] ?? null });
      return {
        urn: self.urn,
        outputs: { arn: child.outputs["arn"] ?? null },
        outputDependencies: { arn: [child.urn] },
      };
    },
  };
}

describe("remote components", () => {
  it("are expanded by their provider, children below them, with the component's providers", async () => {
    const outcome = await finished(run("remote", { components: [networkProvider()] }));
    const child = byName(outcome, "network-thing");
    const network = "urn:pulumi:dev::remote::net:index:Network::network";
    assert.equal(child.urn, "urn:pulumi:dev::remote::net:index:Network$cloud:index:Thing::network-thing");
    assert.equal(child.parent, network);
    assert.equal(child.outputs["region"], "west");
    assert.equal(child.inputs["label"], "image-1");
    assert.deepEqual(outcome.stackOutputs, { arn: "arn:network-thing" });
    assert.deepEqual(outcome.diagnostics, [
      { source: "engine", level: "warning", message: "networks of this kind will change", urn: network },
    ]);
    assert.deepEqual(byName(outcome, "behind").propertyDependencies, { label: [child.urn, network] });
    assert.deepEqual(
      outcome.resources
        .filter((resource) => resource.type.startsWith("pulumi:providers:"))
        .map(({ name }) => name),
      ["west", "default_1_2_3", "default_2_0_0", "default_1_0_0"],
    );
  });

  it("are given inputs with what they depend on and what is secret", async () => {
    const seen: ConstructRequest[] = [];
    const outcome = await finished(run("remote", { components: [networkProvider(seen)], mode: "preview" }));
    const base = byName(outcome, "base").urn;
    const [request] = seen;
    assert.deepEqual(request?.inputs, {
      peer: { [SIGNATURE_KEY]: OUTPUT_SIGNATURE, dependencies: [base] },
      secret: { [SIGNATURE_KEY]: OUTPUT_SIGNATURE, secret: true, value: "hush" },
    });
    assert.deepEqual(request?.inputDependencies, { peer: [base], secret: [] });
    assert.deepEqual(request?.dependencies, [base]);
    assert.deepEqual(request?.providers, { cloud: `${byName(outcome, "west").urn}::${UNKNOWN}` });
  });

  it("that nobody expands fail a resolved run, which could not judge what is behind them", async () => {
    const outcome = await failed(run("remote", { strict: false }));
    assert.deepEqual(
      outcome.problems.map((problem) => problem.kind === "unknown-type" && problem.type),
      ["net:index:Network"],
    );
  });

  it("that nobody expands are unknown in a preview", async () => {
    const outcome = await finished(run("remote", { strict: false, mode: "preview" }));
    assert.deepEqual(outcome.stackOutputs, { arn: UNKNOWN });
    assert.deepEqual(
      outcome.unknownTypes.map(({ type }) => type),
      ["net:index:Network"],
    );
  });
});
