import assert from "node:assert/strict";
import { AgentUpkeep, type AgentUpkeepArgs } from "@bastionless/components";
import { listAt, mapAt, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";

const ASSOCIATION = "aws:ssm/association:Association";
const BASELINE = "aws:ssm/patchBaseline:PatchBaseline";
const GROUP = "aws:ssm/patchGroup:PatchGroup";
const POLICY = "aws:iam/policy:Policy";
const TARGET = "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget";
const TASK = "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask";
const WINDOW = "aws:ssm/maintenanceWindow:MaintenanceWindow";
const TARGETS = [{ key: "tag:Fleet", values: ["web"] }];

function upkeep(args: Partial<AgentUpkeepArgs> = {}): Promise<MockedProgram<AgentUpkeep>> {
  return runMocked(() => new AgentUpkeep("upkeep", { instanceTags: { Fleet: "web" }, ...args }));
}

const PATCHED: Partial<AgentUpkeepArgs> = {
  patch: { operatingSystem: "amazon-linux-2023", approveAfterDays: 3 },
  maintenanceWindow: { schedule: "cron(0 3 ? * SUN *)", timeZone: "Europe/Berlin", durationHours: 4 },
};

describe("an upkeep", () => {
  it("updates the agent of machines with the tags, a few at a time, once a week", async () => {
    const made = await upkeep({ agentVersion: "3.3.987.0" });
    assert.partialDeepStrictEqual(made.inputs(ASSOCIATION, "upkeep-agent"), {
      name: "AWS-UpdateSSMAgent",
      associationName: "shop-dev-upkeep",
      targets: TARGETS,
      scheduleExpression: "cron(0 2 ? * SUN *)",
      parameters: { version: "3.3.987.0", allowDowngrade: "false" },
      maxConcurrency: "10%",
      maxErrors: "5%",
      tags: { Project: "shop", Environment: "dev" },
    });
  });

  it("takes the newest version, unless one is named", async () => {
    const made = await upkeep();
    assert.equal(mapAt(made.inputs(ASSOCIATION, "upkeep-agent"), "parameters")["version"], "");
  });

  it("builds no patching of its own accord", async () => {
    const made = await upkeep();
    for (const type of [BASELINE, GROUP, WINDOW, TARGET, TASK]) {
      assert.deepEqual(made.mocks.ofType(type), [], type);
    }
    assert.deepEqual(made.result.patchTags, {});
    assert.deepEqual(
      made.document(POLICY, "upkeep-machines").Statement.map(({ Sid }) => Sid),
      ["RunAssociations"],
    );
  });

  it("approves patches for machines with its tag", async () => {
    const made = await upkeep(PATCHED);
    assert.deepEqual(made.result.patchTags, { PatchGroup: "shop-dev-upkeep" });
    assert.partialDeepStrictEqual(made.inputs(BASELINE, "upkeep-patches"), {
      name: "shop-dev-upkeep",
      operatingSystem: "AMAZON_LINUX_2023",
      approvalRules: [
        {
          approveAfterDays: 3,
          complianceLevel: "HIGH",
          patchFilters: [
            { key: "CLASSIFICATION", values: ["Security", "Bugfix"] },
            { key: "SEVERITY", values: ["*"] },
          ],
        },
      ],
    });
    assert.partialDeepStrictEqual(made.inputs(GROUP, "upkeep-patches"), {
      baselineId: made.mocks.named(BASELINE, "upkeep-patches").id,
      patchGroup: "shop-dev-upkeep",
    });
  });

  it("installs them in a window, and reboots where a patch needs it", async () => {
    const made = await upkeep(PATCHED);
    const windowId = made.mocks.named(WINDOW, "upkeep-window").id;
    assert.partialDeepStrictEqual(made.inputs(WINDOW, "upkeep-window"), {
      schedule: "cron(0 3 ? * SUN *)",
      scheduleTimezone: "Europe/Berlin",
      duration: 4,
      cutoff: 1,
      allowUnassociatedTargets: false,
    });
    assert.partialDeepStrictEqual(made.inputs(TARGET, "upkeep-window"), {
      windowId,
      resourceType: "INSTANCE",
      targets: TARGETS,
    });
    assert.partialDeepStrictEqual(made.inputs(TASK, "upkeep-install"), {
      windowId,
      taskType: "RUN_COMMAND",
      taskArn: "AWS-RunPatchBaseline",
      maxConcurrency: "10%",
      maxErrors: "5%",
      targets: [{ key: "WindowTargetIds", values: [made.mocks.named(TARGET, "upkeep-window").id] }],
    });
    const command = mapAt(
      mapAt(made.inputs(TASK, "upkeep-install"), "taskInvocationParameters"),
      "runCommandParameters",
    );
    assert.deepEqual(listAt(command, "parameters"), [
      { name: "Operation", values: ["Install"] },
      { name: "RebootOption", values: ["RebootIfNeeded"] },
    ]);
    assert.equal(await valueOf(made.result.maintenanceWindowId ?? made.result.associationId), windowId);
  });

  it("does not reboot on demand", async () => {
    const made = await upkeep({ maintenanceWindow: { schedule: "rate(7 days)", rebootIfNeeded: false } });
    const command = mapAt(
      mapAt(made.inputs(TASK, "upkeep-install"), "taskInvocationParameters"),
      "runCommandParameters",
    );
    assert.deepEqual(listAt(command, "parameters")[1], { name: "RebootOption", values: ["NoReboot"] });
    assert.deepEqual(made.mocks.ofType(BASELINE), []);
  });

  it("approves at once what tells no day of release", async () => {
    const made = await upkeep({ patch: { operatingSystem: "ubuntu" } });
    assert.partialDeepStrictEqual(made.inputs(BASELINE, "upkeep-patches"), {
      operatingSystem: "UBUNTU",
      approvalRules: [{ approveAfterDays: 0 }],
    });
  });

  it("lets machines report, and read no parameter", async () => {
    const made = await upkeep(PATCHED);
    const actions = made.document(POLICY, "upkeep-machines").Statement.flatMap(({ Action }) => Action);
    assert.ok(actions.includes("ssm:UpdateInstanceAssociationStatus"));
    assert.ok(actions.includes("ssm:GetDeployablePatchSnapshotForInstance"));
    assert.deepEqual(
      actions.filter((action) => /Parameter|Session|SendCommand|\*/.test(String(action))),
      [],
    );
  });

  it("tells the least version that its features need", async () => {
    const made = await upkeep({ features: ["remote-host-forwarding"] });
    assert.equal(made.result.minimumAgentVersion, "3.1.1374.0");
  });

  it("can be changed by transforms", async () => {
    const made = await upkeep({
      ...PATCHED,
      transform: {
        association: { complianceSeverity: "LOW" },
        policy: { description: "p" },
        patchBaseline: { description: "b" },
        patchGroup: { patchGroup: "other" },
        maintenanceWindow: { enabled: false },
        maintenanceWindowTarget: { ownerInformation: "o" },
        maintenanceWindowTask: { priority: 5 },
      },
    });
    assert.equal(made.inputs(ASSOCIATION, "upkeep-agent")["complianceSeverity"], "LOW");
    assert.equal(made.inputs(POLICY, "upkeep-machines")["description"], "p");
    assert.equal(made.inputs(BASELINE, "upkeep-patches")["description"], "b");
    assert.equal(made.inputs(GROUP, "upkeep-patches")["patchGroup"], "other");
    assert.equal(made.inputs(WINDOW, "upkeep-window")["enabled"], false);
    assert.equal(made.inputs(TARGET, "upkeep-window")["ownerInformation"], "o");
    assert.equal(made.inputs(TASK, "upkeep-install")["priority"], 5);
  });

  it("registers nothing where an argument is wrong", async () => {
    await assert.rejects(upkeep({ maxErrors: "some" }), /maxErrors: `some`/);
  });
});
