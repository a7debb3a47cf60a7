import assert from "node:assert/strict";
import { planWorkstation, type WorkstationArgs, type WorkstationNetwork } from "@bastionless/components";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const NETWORK: WorkstationNetwork = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  zones: 2,
  instancesSecurityGroupId: "sg-0a1b2c3d4e5f60718",
};
const ARN = "arn:aws:iam::111122223333:policy/p";

const plan = (args: WorkstationArgs = {}, name = "lab"): ReturnType<typeof planWorkstation> =>
  planWorkstation(name, { network: NETWORK, ...args }, DEPLOYMENT);

const paths = (args: WorkstationArgs, name?: string): readonly string[] =>
  problemPaths(() => plan(args, name));

/** By argument: what is taken, and what is not. */
const LIMITS: readonly [argument: string, valid: WorkstationArgs[], invalid: WorkstationArgs[]][] = [
  [
    "dataVolumeGib",
    [{ dataVolumeGib: 1 }, { dataVolumeGib: 16_384 }],
    [{ dataVolumeGib: 0 }, { dataVolumeGib: 16_385 }, { dataVolumeGib: 1.5 }],
  ],
  [
    "idleStopMinutes",
    [{ idleStopMinutes: 0 }, { idleStopMinutes: 15 }, { idleStopMinutes: 1440 }],
    [{ idleStopMinutes: 14 }, { idleStopMinutes: 1 }, { idleStopMinutes: 1441 }, { idleStopMinutes: -1 }],
  ],
  [
    "localPort",
    [{ localPort: 1024 }, { localPort: 65_535 }],
    [{ localPort: 1023 }, { localPort: 65_536 }, { localPort: 0 }],
  ],
  [
    "rootVolumeGib",
    [{ rootVolumeGib: 8 }, { rootVolumeGib: 16_384 }, { environment: "pytorch", rootVolumeGib: 100 }],
    [
      { rootVolumeGib: 7 },
      { rootVolumeGib: 16_385 },
      { environment: "data-science", rootVolumeGib: 15 },
      { environment: "pytorch", rootVolumeGib: 99 },
    ],
  ],
  ["zone", [{ zone: 1 }, { zone: 2 }], [{ zone: 0 }, { zone: 3 }]],
  [
    "instanceType",
    [
      { instanceType: "t3.small" },
      ...["g4dn.xlarge", "g5.2xlarge", "g6.xlarge", "g6e.48xlarge", "gr6.4xlarge", "p4d.24xlarge"].map(
        (instanceType): WorkstationArgs => ({ environment: "pytorch", instanceType }),
      ),
      ...["g7e.2xlarge", "p4de.24xlarge", "p5.48xlarge", "p5en.48xlarge", "p6-b200.48xlarge"].map(
        (instanceType): WorkstationArgs => ({ environment: "pytorch", instanceType }),
      ),
    ],
    [
      { instanceType: "big" },
      { instanceType: "mac2.metal" },
      ...[
        "t4g.xlarge",
        "m7i.large",
        "g3.4xlarge",
        "g4ad.xlarge",
        "p3.2xlarge",
        "inf2.xlarge",
        "g6f.xlarge",
        "g5e.xlarge",
        "p4.24xlarge",
        "p6-b400.48xlarge",
      ].map((instanceType): WorkstationArgs => ({ environment: "pytorch", instanceType })),
      { environment: "pytorch", instanceType: "g5g.xlarge" },
    ],
  ],
  [
    "packages[0]",
    [
      { packages: ["seaborn"] },
      { packages: ["seaborn==0.13.*"] },
      { packages: ["dask[array,dataframe]>=2024.1,<2026"] },
      { packages: ["a"] },
    ],
    [
      ...[
        "",
        "-r/etc/passwd",
        "--index-url=x",
        "a b",
        "a;b",
        "a==",
        "./x",
        "git+https://x/y",
        "a\nEND_OF_FILE",
      ].map((one): WorkstationArgs => ({ packages: [one] })),
      { packages: ["a".repeat(201)] },
    ],
  ],
  [
    "packages",
    [{ packages: Array.from({ length: 100 }, () => "a") }],
    [{ packages: Array.from({ length: 101 }, () => "a") }],
  ],
  [
    "pipIndexUrl",
    [{ pipIndexUrl: "https://pip.internal/simple" }, { pipIndexUrl: "https://10.0.0.5:8443/" }],
    [
      ...[
        "http://pip.internal/simple",
        "https://user:secret@pip.internal/",
        "https://x/?a=b",
        "pip.internal",
      ].map((pipIndexUrl): WorkstationArgs => ({ pipIndexUrl })),
      { pipIndexUrl: "https://x/\n[install]" },
      { network: { ...NETWORK, httpsEgress: "s3" } },
      {
        network: { ...NETWORK, httpsEgress: "s3" },
        egress: { web: { port: 80, toPort: 442, cidrIpv4: "10.0.0.0/8" } },
      },
    ],
  ],
  [
    "policyArns",
    [{ policyArns: Array.from({ length: 8 }, () => ARN) }],
    [
      { policyArns: Array.from({ length: 9 }, () => ARN) },
      { policyArns: Array.from({ length: 12 }, () => ARN) },
    ],
  ],
  [
    "dataVolumeKmsKeyArn",
    [{ dataVolumeKmsKeyArn: "arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd" }],
    [{ dataVolumeKmsKeyArn: "alias/x" }, { dataVolumeKmsKeyArn: ARN }],
  ],
  [
    "dataVolumeSnapshotId",
    [{ dataVolumeSnapshotId: "snap-0a1b2c3d4e5f60718" }],
    [{ dataVolumeSnapshotId: "vol-0a1b2c3d4e5f60718" }, { dataVolumeSnapshotId: "" }],
  ],
  ["namePrefix", [{ namePrefix: "a".repeat(30) }], [{ namePrefix: "a".repeat(31) }, { namePrefix: "aws-x" }]],
  ['tags["aws:x"]', [{ tags: { "a:x": "y" } }], [{ tags: { "aws:x": "y" } }]],
  ['tags["x"]', [{ tags: { x: "y".repeat(256) } }], [{ tags: { x: "y".repeat(257) } }, { tags: { x: "<" } }]],
];

describe("the plan of a workstation", () => {
  for (const [argument, valid, invalid] of LIMITS) {
    it(`takes ${argument} within its limits, and not beyond`, () => {
      for (const args of valid) {
        assert.deepEqual(paths(args), [], JSON.stringify(args));
      }
      for (const args of invalid) {
        assert.deepEqual(paths(args), [argument], JSON.stringify(args));
      }
    });
  }

  it("takes a name that a parameter, a role and a document can carry", () => {
    assert.deepEqual(paths({}, "lab_1.a-b"), []);
    assert.deepEqual(paths({}, "a".repeat(55)), []);
    assert.deepEqual(paths({}, "a".repeat(56)), ["name"]);
    assert.deepEqual(paths({}, "lab@home"), ["name", "name"]);
  });

  it("refuses what is none of the choices", () => {
    const bad: object = { environment: "r", dataVolumeEnd: "keep" };
    assert.deepEqual(paths(bad), ["environment", "dataVolumeEnd"]);
  });

  it("stands in a network, or in a subnet of a VPC", () => {
    const vpcId = "vpc-0a1b2c3d4e5f60718";
    const subnetId = "subnet-0a1b2c3d4e5f60711";
    assert.deepEqual(paths({ vpcId }), ["vpcId"]);
    assert.deepEqual(paths({ subnetId }), ["subnetId"]);
    assert.deepEqual(
      problemPaths(() => planWorkstation("lab", { vpcId, subnetId }, DEPLOYMENT)),
      [],
    );
    assert.deepEqual(
      problemPaths(() => planWorkstation("lab", {}, DEPLOYMENT)),
      ["network"],
    );
  });

  it("asks for no index where the network is isolated and a rule leads out", () => {
    const network: WorkstationNetwork = { ...NETWORK, httpsEgress: "s3" };
    assert.deepEqual(paths({ network, pipIndexUrl: "https://pip.internal/simple" }), []);
    assert.deepEqual(paths({ network, egress: { https: { port: 443, cidrIpv4: "0.0.0.0/0" } } }), []);
  });

  it("says all that is wrong at once, the instance's and its own", () => {
    assert.deepEqual(
      paths({
        zone: 9,
        instanceType: "big",
        egress: { web: { port: 0, cidrIpv4: "10.0.0.0/8" } },
        packages: ["a b"],
        dataVolumeGib: 0,
        idleStopMinutes: 1,
        localPort: 1,
        permissionsBoundaryArn: "x",
      }).toSorted(),
      [
        "dataVolumeGib",
        "egress.web.port",
        "idleStopMinutes",
        "instanceType",
        "localPort",
        "packages[0]",
        "permissionsBoundaryArn",
        "zone",
      ],
    );
  });

  it("has a size for each environment", () => {
    const sizes = (["python", "data-science", "pytorch"] as const).map((environment) => {
      const { instanceType, rootVolumeGib } = plan({ environment }).instance;
      return [instanceType, rootVolumeGib];
    });
    assert.deepEqual(sizes, [
      ["t4g.medium", 8],
      ["t4g.xlarge", 16],
      ["g4dn.xlarge", 100],
    ]);
  });

  it("names the token after prefix and component", () => {
    assert.equal(plan().setup.tokenParameterName, "/shop-dev/lab/jupyter-token");
    assert.equal(plan({ namePrefix: "team" }).setup.tokenParameterName, "/team/lab/jupyter-token");
  });
});
