import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { toWireMap } from "@bastionless/offline/protocol/plain-data.ts";
import { UNKNOWN } from "@bastionless/offline/protocol/wire.ts";
import { SHAPES } from "./shapes.ts";
import { Plugin } from "./support/plugin.ts";
import { RecordingMonitor } from "./support/recording-monitor.ts";

const ENTRY = fileURLToPath(new URL("../../../offline/plugin/awsx.ts", import.meta.url));
const PROVIDER = "urn:pulumi:dev::shapes::pulumi:providers:aws::west::id";

describe("the executable of awsx's built-in expansion", () => {
  let monitor: RecordingMonitor;
  let plugin: Plugin;

  before(async () => {
    monitor = await RecordingMonitor.start();
    plugin = await Plugin.start(process.execPath, [ENTRY], monitor.address);
  });
  after(() => {
    plugin.stop();
    monitor.stop();
  });

  it("registers the component and its children with the engine that calls it", async () => {
    monitor.begin(true);
    const inputs = { numberOfAvailabilityZones: 1, natGateways: { strategy: "None" } };
    const answer = await plugin.construct({
      name: "net",
      inputs,
      preview: true,
      monitor: monitor.address,
      providers: { aws: PROVIDER },
      protect: true,
    });
    const { registered, outputs, invokes } = monitor.recorded;
    assert.ok("urn" in answer);
    assert.equal(answer.urn, "urn:pulumi:dev::shapes::awsx:ec2:Vpc::net");
    assert.equal(answer.state["vpcId"], UNKNOWN);
    assert.equal(registered.length, 10);
    const gateway = registered.find(({ urn }) => urn.endsWith("InternetGateway::net"));
    assert.deepEqual(gateway, {
      urn: "urn:pulumi:dev::shapes::awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/internetGateway:InternetGateway::net",
      custom: true,
      remote: false,
      parent: "urn:pulumi:dev::shapes::awsx:ec2:Vpc$aws:ec2/vpc:Vpc::net",
      inputs: { tags: { Name: "net" }, vpcId: UNKNOWN },
      propertyDependencies: {
        tags: [],
        vpcId: ["urn:pulumi:dev::shapes::awsx:ec2:Vpc$aws:ec2/vpc:Vpc::net"],
      },
      dependencies: ["urn:pulumi:dev::shapes::awsx:ec2:Vpc$aws:ec2/vpc:Vpc::net"],
      provider: PROVIDER,
      providers: {},
      version: "7.43.0",
      pluginDownloadUrl: "",
      protect: true,
      retainOnDelete: null,
      deleteBeforeReplace: null,
      ignoreChanges: [],
      replaceOnChanges: [],
      additionalSecretOutputs: [],
      aliases: 0,
      importId: "",
      deletedWith: "",
      acceptSecrets: true,
      acceptResources: true,
      supportsPartialValues: true,
    });
    assert.deepEqual(outputs, [{ urn: answer.urn, outputs: {} }]);
    assert.deepEqual(
      invokes.map(({ token, version }) => ({ token, version })),
      [{ token: "aws:index/getAvailabilityZones:getAvailabilityZones", version: "7.43.0" }],
    );
  });

  it("gives its warnings to the engine, for the component", async () => {
    monitor.begin(false);
    await plugin.construct({
      name: "net",
      inputs: toWireMap(SHAPES["endpoints-legacy"] ?? {}),
      preview: false,
      monitor: monitor.address,
    });
    assert.deepEqual(
      monitor.recorded.warnings.map((warning) => warning.slice(0, 93)),
      [
        'urn:pulumi:dev::shapes::awsx:ec2:Vpc::net: VPC endpoint "com.amazonaws.eu-west-1.s3" is a Gat',
        'urn:pulumi:dev::shapes::awsx:ec2:Vpc::net: VPC endpoint "com.amazonaws.eu-west-1.ssm" is an I',
      ],
    );
  });

  it("refuses wrong arguments in its own words", async () => {
    monitor.begin(false);
    const answer = await plugin.construct({
      name: "net",
      inputs: { subnetSpecs: [{ type: "Private" }] },
      preview: false,
      monitor: monitor.address,
    });
    assert.match("error" in answer ? answer.error : "", /^If NAT Gateway strategy is 'OnePerAz' or 'Single'/);
  });
});
