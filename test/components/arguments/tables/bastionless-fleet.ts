import { BastionlessFleet, planBastionlessFleet } from "@bastionless/components";
import { type BadInput, row, told } from "../bad-input.ts";
import { idRow } from "./common.ts";
import { MACHINE, MACHINE_CONFLICTS, MACHINE_UNLIMITED, NETWORK } from "./machines.ts";

const SUBNETS = { network: undefined, vpcId: "vpc-0a1b2c3d", subnetIds: ["subnet-0a1b2c3d"] };
const NIGHT = { schedules: { x: { cron: "0 20 * * *", size: 0 } } };
const schedules = (count: number): object =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `s${index}`,
      { cron: `${index % 60} ${Math.floor(index / 60)} * * *`, size: 0 },
    ]),
  );
const types = (count: number): string[] => {
  const sizes = ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge"];
  return Array.from({ length: count }, (_, index) => `t${4 + Math.floor(index / 8)}g.${sizes[index % 8]}`);
};
const subnets = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `subnet-000000${10 + index}`);
const SPOT = { spotPercent: 50, maxSize: 4 };
const WARM = { warmPoolMinSize: 1, maxSize: 4 };
const without = (name: string, value: unknown, other: string): BadInput["conflicts"][number] => [
  `${name} without ${other}`,
  { [name]: value },
  [name],
];

export const BASTIONLESS_FLEET: BadInput = {
  component: "BastionlessFleet",
  right: { network: NETWORK },
  plan: planBastionlessFleet,
  construct: BastionlessFleet,
  names: { takes: ["n", "n".repeat(55)], refuses: ["", "n".repeat(56), "a b", "a/b", "ä"] },
  rows: {
    ...MACHINE,
    vpcId: { ...idRow("vpc"), beside: SUBNETS },
    subnetIds: row(
      [subnets(1), subnets(20)],
      [[], subnets(21), told(["subnet-0a1b2c3d", "subnet-0a1b2c3d"], "subnetIds[1]")],
      SUBNETS,
    ),
    "subnetIds[]": { ...idRow("subnet"), beside: SUBNETS },
    instanceTypes: row(
      [types(1), types(40)],
      [
        [],
        types(41),
        told(["t4g.nano", "t4g.nano"], "instanceTypes[1]"),
        told(["t4g.nano", "t3.nano"], "instanceTypes[1]"),
      ],
    ),
    "instanceTypes[]": row(["t4g.nano", "t3.small"], ["", "t4g", "mac2.metal", "t4g.tiny"]),
    minSize: row([0, 10_000], [-1, 10_001, 1.5], { maxSize: 10_000 }),
    maxSize: row([0, 1, 10_000], [-1, 10_001, 1.5], { minSize: 0 }),
    size: row([0, 1, 10_000], [-1, 10_001, 1.5]),
    schedules: row(
      [{}, schedules(125), { ["s".repeat(32)]: NIGHT.schedules.x }],
      [
        told(schedules(126), "schedules"),
        ...["", "s".repeat(33), "A", "a b", "-a", "a-", "a_b", "a:b"].map((name) =>
          told({ [name]: NIGHT.schedules.x }, `schedules.${name}`),
        ),
        told({ a: NIGHT.schedules.x, b: { cron: "0  20 * * *", size: 1 } }, "schedules.b.cron"),
      ],
    ),
    "schedules.*.cron": row(
      ["0 20 * * *", "*/5 0-6 1,15 JAN-MAR MON-FRI", "59 23 31 12 6"],
      [
        "",
        "0 20 * *",
        "0 0 20 * * ?",
        "60 0 * * *",
        "0 24 * * *",
        "0 0 0 * *",
        "0 0 * 13 *",
        "0 0 * * 7",
        "0 0 31 2 *",
        "cron(0 20 * * ? *)",
      ],
      NIGHT,
    ),
    "schedules.*.size": row([0, 10_000], [-1, 10_001, 1.5], NIGHT),
    "schedules.*.timeZone": row(
      ["Europe/Berlin", "Etc/UTC", "UTC"],
      ["", "Berlin", "+01:00", "CET+1", "Europe/Nowhere"],
      NIGHT,
    ),
    spotPercent: row([0, -0, 1, 100], [-1, 101, 1.5]),
    onDemandBase: row([0, 4], [-1, 5, 1.5], SPOT),
    spotAllocation: row(
      ["capacity-optimized", "capacity-optimized-prioritized", "lowest-price", "price-capacity-optimized"],
      ["", "diversified"],
      SPOT,
    ),
    warmPoolMinSize: row([0, 4], [-1, 5, 1.5], WARM),
    warmPoolState: row(["Running", "Stopped"], ["", "stopped", "Hibernated"], WARM),
    healthCheckGraceSeconds: row([0, 7200], [-1, 7201, 1.5]),
    instanceWarmupSeconds: row([0, 7200], [-1, 7201, 1.5]),
    minHealthyPercent: row([0, 100], [-1, 101, 1.5]),
    maxHealthyPercent: row([100, 200], [99, 201, 100.5]),
    maxInstanceLifetimeDays: row([1, 365], [0, -0, 366, 1.5]),
    rootDeviceName: row(["/dev/xvda", "/dev/sda1"], ["", "xvda", "/dev/", "/dev/XVDA", "/dev/a/b"], {
      amiId: "ami-0a1b2c3d",
      architecture: "arm64",
    }),
  },
  unlimited: MACHINE_UNLIMITED,
  conflicts: [
    ...MACHINE_CONFLICTS,
    ["no place", { network: undefined }, ["network"]],
    ["network and vpcId", { vpcId: "vpc-0a1b2c3d" }, ["vpcId"]],
    ["network and subnetIds", { subnetIds: ["subnet-0a1b2c3d"] }, ["subnetIds"]],
    ["vpcId without subnetIds", { network: undefined, vpcId: "vpc-0a1b2c3d" }, ["subnetIds"]],
    ["subnetIds without vpcId", { network: undefined, subnetIds: ["subnet-0a1b2c3d"] }, ["vpcId"]],
    ["macOS", { os: "macos-sequoia" }, ["os"]],
    ["fewer at most than at least", { minSize: 2, maxSize: 1 }, ["minSize"]],
    ["none at most where one is the least", { maxSize: 0 }, ["maxSize"]],
    ["a size beyond the largest", { size: 3, maxSize: 2 }, ["size"]],
    ["a size below the least", { size: 1, minSize: 2, maxSize: 3 }, ["size"]],
    [
      "a schedule beyond the largest",
      { maxSize: 2, schedules: { x: { cron: "0 8 * * *", size: 3 } } },
      ["schedules.x.size"],
    ],
    without("onDemandBase", 1, "spotPercent"),
    without("spotAllocation", "lowest-price", "spotPercent"),
    without("capacityRebalance", true, "spotPercent"),
    without("warmPoolState", "Stopped", "warmPoolMinSize"),
    without("warmPoolReuse", true, "warmPoolMinSize"),
    ["a warm pool with spot", { ...WARM, spotPercent: 1 }, ["warmPoolMinSize"]],
    [
      "a warm pool with several types",
      { ...WARM, instanceTypes: ["t4g.nano", "t4g.micro"] },
      ["warmPoolMinSize"],
    ],
    [
      "minHealthyPercent without rollingRefresh",
      { rollingRefresh: false, minHealthyPercent: 50 },
      ["minHealthyPercent"],
    ],
    [
      "maxHealthyPercent without rollingRefresh",
      { rollingRefresh: false, maxHealthyPercent: 150 },
      ["maxHealthyPercent"],
    ],
    [
      "a refresh wider than AWS takes",
      { minHealthyPercent: 50, maxHealthyPercent: 151 },
      ["maxHealthyPercent"],
    ],
    without("rootDeviceName", "/dev/xvda", "amiId"),
  ],
};
