import type { Fault } from "../core/problems.ts";

/** What a notebook finds installed. */
export type NotebookEnvironment = "data-science" | "python" | "pytorch";

export interface EnvironmentFacts {
  /** Requirements of pip, pinned to a major version: what a new machine gets changes within it. */
  readonly packages: readonly string[];
  readonly defaultInstanceType: string;
  /** The smallest root volume that image and packages fit on, in GiB. */
  readonly minimumRootVolumeGib: number;
  /** The public parameter that names the image; `undefined` for the newest Amazon Linux 2023. */
  readonly imageParameter?: string;
}

const JUPYTER = ["jupyterlab==4.*", "ipykernel==6.*", "ipywidgets==8.*"] as const;
const DATA_SCIENCE = [
  ...JUPYTER,
  "numpy==2.*",
  "pandas==2.*",
  "polars==1.*",
  "scipy==1.*",
  "scikit-learn==1.*",
  "matplotlib==3.*",
] as const;

export const NOTEBOOK_ENVIRONMENTS: Readonly<Record<NotebookEnvironment, EnvironmentFacts>> = {
  python: { packages: JUPYTER, defaultInstanceType: "t4g.medium", minimumRootVolumeGib: 8 },
  "data-science": { packages: DATA_SCIENCE, defaultInstanceType: "t4g.xlarge", minimumRootVolumeGib: 16 },
  pytorch: {
    packages: [...DATA_SCIENCE, "torch==2.*", "torchvision==0.*"],
    defaultInstanceType: "g4dn.xlarge",
    minimumRootVolumeGib: 100,
    imageParameter:
      "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id",
  },
};

/**
 * The families that AWS's image with NVIDIA's open driver is made for. Not `g3`, `p2` and `p3` (older), `g4ad` (AMD), `g6f`
 * and `gr6f` (parts of a GPU, which need another driver), `g5g` and `p6e` (Arm, for which there is another image).
 *
 * Source: release notes of AWS Deep Learning AMIs, "Deep Learning Base OSS Nvidia Driver GPU AMI (Amazon Linux 2023)" of
 * 2026-05-20, supported_ec2_instances. The image has Python 3.12 and SSM Agent on board.
 */
const GPU_FAMILIES: readonly string[] = [
  "g4dn",
  "g5",
  "g6",
  "g6e",
  "g7e",
  "gr6",
  "p4d",
  "p4de",
  "p5",
  "p5e",
  "p5en",
  "p6-b200",
  "p6-b300",
];

/** Whether an instance type can run the environment. */
export function environmentFault(environment: NotebookEnvironment, instanceType: string): Fault | undefined {
  return environment !== "pytorch" || GPU_FAMILIES.some((family) => instanceType.startsWith(`${family}.`))
    ? undefined
    : {
        expected: `a type with an NVIDIA GPU on x86_64, of ${GPU_FAMILIES.map((family) => `\`${family}\``).join(", ")}`,
        remedy: "choose one of those, as `g6.xlarge`, or the environment `data-science`",
      };
}
