import { builtinAwsx } from "@bastionless/offline/awsx/index.ts";
import type { ConstructRequest, ConstructResponse } from "@bastionless/offline/protocol/component-host.ts";
import { OUTPUT_SIGNATURE, SIGNATURE_KEY } from "@bastionless/offline/protocol/wire.ts";
import type { Wire, WireMap } from "@bastionless/offline/protocol/wire.ts";
import { RecordingHost } from "./recording-host.ts";
import type { Settled } from "./recording-host.ts";

export interface Constructed {
  readonly host: RecordingHost;
  readonly response: ConstructResponse;
}

/** Expands an `awsx:ec2:Vpc` named `net` at the root of a stack. */
export async function constructVpc(
  inputs: WireMap,
  options: {
    readonly preview?: boolean;
    readonly settled?: Settled;
    readonly request?: Partial<ConstructRequest>;
  } = {},
): Promise<Constructed> {
  const host = new RecordingHost(options);
  const response = await builtinAwsx().construct(
    {
      type: "awsx:ec2:Vpc",
      name: "net",
      parent: "urn:stack",
      inputs,
      inputDependencies: {},
      dependencies: [],
      protect: false,
      providers: {},
      aliases: [],
      ...options.request,
    },
    host,
  );
  return { host, response };
}

/** An output as it travels to a component; without `value`, one that is not known yet. */
export function output(of: {
  readonly value?: Wire;
  readonly secret?: boolean;
  readonly dependencies?: readonly string[];
}): Wire {
  return { [SIGNATURE_KEY]: OUTPUT_SIGNATURE, ...of };
}
