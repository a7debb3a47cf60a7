import type { Wire, WireMap } from "../protocol/wire.ts";
import type { Reading } from "./reading.ts";
import type { Rule } from "./rules/rule.ts";

/** How the provider names a resource that the program gives no name. */
export interface AutoName {
  /** The input that holds the name, such as `name` or `bucket`. */
  readonly property: string;
  /** Inputs beside which no name is made up, such as `namePrefix`. */
  readonly unless?: readonly string[];
  readonly maxLength: number;
  /** Put before the logical name, such as `alias/`. */
  readonly prefix?: string;
  readonly lowerCase?: boolean;
}

/** How two values of one property are compared: as JSON, as a policy document, as a set. */
export type Comparison = "json" | "policy" | "set";

/**
 * What the simulation knows of one resource type beyond its typings: defaults, what AWS refuses, what it computes.
 *
 * Functions read inputs through a {@link Reading}, so that unknown and secret inputs carry over to what is computed.
 */
export interface Model {
  /** Such as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** The id that AWS gives a new resource. */
  readonly id: (reading: Reading) => string;
  /** Values of inputs that were not given, as the provider's schema has them; they show as inputs after the check. */
  readonly defaults?: WireMap;
  /** Where it differs from the rule for all: `name`, with at most 255 characters. */
  readonly autoName?: AutoName;
  /** The `name` of this type is not its own name (such as that of an association's document): none is made up. */
  readonly unnamed?: boolean;
  readonly rules?: readonly Rule[];
  /** Inputs that no two resources of the type may share in one region: the last of them is refused. */
  readonly unique?: readonly string[];
  /** Outputs that AWS computes, where no input of that name was given; unknown in a preview. */
  readonly computed?: { readonly [output: string]: (reading: Reading) => Wire };
  /**
   * Outputs that AWS completes: what was given, and more. In a preview, what AWS adds is unknown.
   */
  readonly completed?: { readonly [output: string]: (reading: Reading) => Wire };
  /** Like {@link computed}, of those that a preview can already tell. */
  readonly planned?: { readonly [output: string]: (reading: Reading) => Wire };
  /** Inputs whose change makes another resource. */
  readonly replaces: readonly string[];
  /**
   * Inputs of which a part makes another resource, and that part: the KMS key of a root volume, the user data of an
   * instance that is to be replaced with it. Written as a function of all inputs, without their wrappings.
   */
  readonly replacesPart?: { readonly [input: string]: (inputs: WireMap) => Wire };
  /** Inputs of which two values may be equal without being the same, and how they compare. */
  readonly comparisons?: { readonly [input: string]: Comparison };
  /** An output that counts versions: one more with every change, but not of the inputs in `unless`. */
  readonly counted?: { readonly output: string; readonly unless: readonly string[] };
  /** Replaced in place of its predecessor: two cannot exist at once. */
  readonly deleteBeforeReplace?: boolean;
  /** Inputs that an id alone tells, for resources that are looked up by their id. */
  readonly fromId?: (id: string) => WireMap;
}
