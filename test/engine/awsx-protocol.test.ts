import assert from "node:assert/strict";
import { toWireMap } from "@bastionless/offline/protocol/plain-data.ts";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { REFUSED, SHAPES } from "../offline/awsx/shapes.ts";
import { output } from "../offline/awsx/support/construct.ts";
import { Plugin } from "../offline/awsx/support/plugin.ts";
import type { Answer, ConstructCall } from "../offline/awsx/support/plugin.ts";
import { RecordingMonitor } from "../offline/awsx/support/recording-monitor.ts";
import type { Recorded } from "../offline/awsx/support/recording-monitor.ts";
import { findExecutables } from "./support/executables.ts";
import { CACHE, PROVIDERS } from "./support/paths.ts";

const TIMEOUT = 120_000;
const DEPENDENCY = "urn:pulumi:dev::shapes::aws:ec2/eip:Eip::other";

/** Calls that the table of shapes cannot say: values that are outputs, and options of the component. */
const CALLS: { readonly [what: string]: Omit<ConstructCall, "name" | "preview" | "monitor"> } = {
  "outputs among the tags": {
    inputs: {
      numberOfAvailabilityZones: 1,
      tags: {
        known: output({ value: "a", dependencies: [DEPENDENCY] }),
        secret: output({ value: "b", secret: true }),
        later: output({ dependencies: [DEPENDENCY] }),
      },
    },
  },
  "tags that are one output": {
    inputs: { numberOfAvailabilityZones: 1, tags: output({ value: { a: "b" }, dependencies: [DEPENDENCY] }) },
  },
  "a secret in the tags of a spec": {
    inputs: {
      numberOfAvailabilityZones: 1,
      subnetSpecs: [
        { type: "Public", tags: { a: output({ value: "b", secret: true }) } },
        { type: "Private" },
      ],
    },
  },
  "an address that is not known yet": {
    inputs: {
      numberOfAvailabilityZones: 1,
      natGateways: { strategy: "Single", elasticIpAllocationIds: [output({ dependencies: [DEPENDENCY] })] },
    },
  },
  "a range from a pool": {
    inputs: {
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Auto",
      ipv4IpamPoolId: "pool",
      ipv4NetmaskLength: 20,
    },
  },
  "an explicit provider, protection and dependencies": {
    inputs: {
      numberOfAvailabilityZones: 1,
      vpcEndpointStrategy: "Auto",
      vpcEndpointSpecs: [{ serviceName: "ssm", vpcEndpointType: "Interface", ipAddressType: "dualstack" }],
    },
    providers: { aws: "urn:pulumi:dev::shapes::pulumi:providers:aws::west::id" },
    dependencies: [DEPENDENCY],
    protect: true,
  },
};

// Without awsx's own provider there is no second side to compare with: not a test that is skipped, but none.
if (process.env["REAL_AWSX"] === "1") {
  describe("awsx's own provider and the built-in expansion", compareProviders);
} else {
  process.stderr.write(
    "\n*** REAL_AWSX is not 1: awsx's own provider is not compared with the built-in expansion\n",
  );
}

function compareProviders(this: Mocha.Suite): void {
  this.timeout(TIMEOUT);

  // One monitor for each, so that what they ask for does not mix.
  let built: { readonly plugin: Plugin; readonly monitor: RecordingMonitor } | undefined;
  let real: { readonly plugin: Plugin; readonly monitor: RecordingMonitor } | undefined;

  before(async () => {
    const [executable] = findExecutables("pulumi-resource-awsx", process.env["PATH"] ?? "", CACHE);
    assert.ok(executable !== undefined, "REAL_AWSX=1, but there is no `pulumi-resource-awsx` on PATH");
    built = await started(process.execPath, [PROVIDERS.awsx]);
    real = await started(executable, []);
  });
  after(() => {
    for (const side of [built, real]) {
      side?.plugin.stop();
      side?.monitor.stop();
    }
  });

  for (const preview of [true, false]) {
    const when = preview ? "in a preview" : "when it is created";
    for (const [name, args] of Object.entries(SHAPES)) {
      it(`ask the same of the engine for ${name}, ${when}`, () =>
        compare({ name, inputs: toWireMap(args), preview }));
    }
    for (const [what, call] of Object.entries(CALLS)) {
      it(`ask the same of the engine for ${what}, ${when}`, () => compare({ name: "net", preview, ...call }));
    }
  }

  for (const [what, args] of Object.entries(REFUSED)) {
    it(`refuse ${what} in the same words`, async () => {
      const inputs = toWireMap(args);
      const answers = await Promise.all([ask(built, inputs), ask(real, inputs)]);
      assert.ok("error" in answers[0], "the built-in expansion accepts it");
      assert.deepEqual(answers[0], answers[1]);
    });
  }

  async function ask(side: typeof built, inputs: WireMap): Promise<Answer> {
    return (await constructed(side, { name: "net", inputs, preview: false })).answer;
  }

  async function compare(call: Omit<ConstructCall, "monitor">): Promise<void> {
    const [ours, theirs] = await Promise.all([constructed(built, call), constructed(real, call)]);
    assert.ok(!("error" in ours.answer), JSON.stringify(ours.answer));
    assert.deepEqual(ours, theirs);
  }
}

async function started(
  command: string,
  args: readonly string[],
): Promise<{ readonly plugin: Plugin; readonly monitor: RecordingMonitor }> {
  const monitor = await RecordingMonitor.start();
  return { monitor, plugin: await Plugin.start(command, args, monitor.address) };
}

async function constructed(
  side: { readonly plugin: Plugin; readonly monitor: RecordingMonitor } | undefined,
  call: Omit<ConstructCall, "monitor">,
): Promise<{ readonly answer: Answer; readonly recorded: Recorded }> {
  assert.ok(side !== undefined);
  side.monitor.begin(call.preview);
  const answer = await side.plugin.construct({ ...call, monitor: side.monitor.address });
  return { answer, recorded: side.monitor.recorded };
}
