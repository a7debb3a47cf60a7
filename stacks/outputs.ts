import type { Output } from "@pulumi/pulumi";
import type { BastionlessInstance, SessionDocument } from "@bastionless/components";
import type { EnvironmentConfig } from "./config/config.ts";

/** Commands that reach one instance, ready to be pasted. */
export interface ConnectCommands {
  readonly shell: Output<string>;
  /** A block for `~/.ssh/config`. */
  readonly sshConfig?: Output<string>;
  /** By port of the instance. */
  readonly forward?: Readonly<Record<string, Output<string>>>;
  /** By name of the tunnel. A tunnel to hosts of one's choice has no command that is ready. */
  readonly tunnels?: Readonly<Record<string, Output<string>>>;
}

type Named<T> = readonly (readonly [name: string, value: T])[];

export function connectCommands(
  config: EnvironmentConfig,
  machines: Named<BastionlessInstance>,
  tunnels: Named<SessionDocument>,
  ssh: boolean,
): Readonly<Record<string, ConnectCommands>> {
  const commandsOf = (machine: BastionlessInstance): ConnectCommands => {
    const forward = (config.forward?.ports ?? []).map((port) => [String(port), machine.forward(port)]);
    const ready = tunnels.flatMap(([name, document]) => {
      const command = tunnelCommand(machine, config, name, document);
      return command === undefined ? [] : [[name, command] as const];
    });
    return {
      shell: machine.connect,
      ...(ssh && { sshConfig: machine.sshConfig }),
      ...(forward.length > 0 && { forward: Object.fromEntries(forward) }),
      ...(ready.length > 0 && { tunnels: Object.fromEntries(ready) }),
    };
  };
  return Object.fromEntries(machines.map(([name, machine]) => [name, commandsOf(machine)]));
}

function tunnelCommand(
  machine: BastionlessInstance,
  config: EnvironmentConfig,
  name: string,
  document: SessionDocument,
): Output<string> | undefined {
  const args = config.tunnels[name];
  const target = args?.remotePort ?? args?.port;
  const port = target?.port ?? target?.ports?.[0];
  if (port === undefined) {
    return undefined;
  }
  const localPort = target?.localPort ?? port;
  if (args?.remotePort === undefined) {
    return machine.forward(port, localPort, document);
  }
  const { host } = args.remotePort;
  return host === undefined ? undefined : machine.remoteForward(host, port, localPort, document);
}
