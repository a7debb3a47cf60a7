import type { PackInfo } from "./report.ts";

/** A pack that has been asked who it is, and told its configuration. */
export interface PackConnection<Client> {
  readonly client: Client;
  readonly info: PackInfo;
}

/** The connection to a pack that serves several runs: the first of them opens it, and the last closes it. */
export class KeptConnection<Client extends { close(): void }> {
  #connection: Promise<PackConnection<Client>> | undefined;

  /** The connection, opened by whoever asks first. */
  get(open: () => Promise<PackConnection<Client>>): Promise<PackConnection<Client>> {
    this.#connection ??= open();
    return this.#connection;
  }

  async close(): Promise<void> {
    const [connection] = await Promise.allSettled([this.#connection]);
    if (connection.status === "fulfilled") {
      connection.value?.client.close();
    }
  }
}
