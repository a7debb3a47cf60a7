/** The two processor architectures of EC2, as AWS names them. */
export type Architecture = "arm64" | "x86_64";

/** An instance type, taken apart as AWS makes its names: `m7gd.2xlarge` is family m, generation 7, options gd. */
export interface InstanceTypeName {
  readonly family: string;
  readonly options: string;
  readonly size: string;
  readonly architecture: Architecture;
}

const NAME = /^(?<family>[a-z]+)(?<generation>\d+)(?<options>[a-z]*(?:-[a-z0-9]+)?)\.(?<size>[a-z0-9-]+)$/;
/** High memory: `u-6tb1.metal`, `u7i-12tb.224xlarge`, `u7inh-32tb.480xlarge`. All are Intel. */
const HIGH_MEMORY = /^u(?:-\d+tb\d+|\d+[a-z]+-\d+tb)\.(?<size>[a-z0-9-]+)$/;
/** Apple's, on dedicated hosts: Intel first, then Apple silicon. Source: EC2 User Guide, "Amazon EC2 Mac instances". */
const MAC = /^mac(?:(?<intel>1)|2(?:-[a-z0-9]+)?|-m\d+[a-z]*)\.metal$/;
const SIZE = /^(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-(?:\d+xl|\d+))?)$/;

/**
 * Reads an instance type. `undefined` where it is none.
 *
 * The architecture follows from the name: an option `g` after the generation says Graviton (`t4g`, `im4gn`, `is4gen`,
 * `g5g`), or NVIDIA Grace (`p6e-gb200`), all Arm; `a1` is the first Graviton. In front of the generation, g is a family
 * of its own (`g5`, `gr6`), which is not Arm.
 *
 * Source: Amazon EC2 Instance Types, "Amazon EC2 instance type naming conventions".
 */
export function parseInstanceType(name: string): InstanceTypeName | undefined {
  const highMemory = HIGH_MEMORY.exec(name)?.groups?.["size"];
  if (highMemory !== undefined) {
    return SIZE.test(highMemory)
      ? { family: "u", options: "", size: highMemory, architecture: "x86_64" }
      : undefined;
  }
  const mac = MAC.exec(name);
  if (mac !== null) {
    const architecture = mac.groups?.["intel"] === undefined ? "arm64" : "x86_64";
    return { family: "mac", options: "", size: "metal", architecture };
  }
  const groups = NAME.exec(name)?.groups;
  const family = groups?.["family"];
  const generation = groups?.["generation"];
  const options = groups?.["options"] ?? "";
  const size = groups?.["size"];
  if (
    family === undefined ||
    generation === undefined ||
    size === undefined ||
    !SIZE.test(size) ||
    family === "mac"
  ) {
    return undefined;
  }
  const arm = options.includes("g") || (family === "a" && generation === "1");
  return { family, options, size, architecture: arm ? "arm64" : "x86_64" };
}
