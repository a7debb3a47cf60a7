import { createServer } from "node:net";
import type { Server, Socket } from "node:net";

/** Takes a connection, as gRPC's connection injector does. */
export interface ConnectionTaker {
  injectConnection(socket: Socket): void;
}

/**
 * A port that is open before the server behind it exists.
 *
 * Children are started with its address at once, and gRPC is loaded while they start.
 */
export class Listener {
  readonly #server: Server;
  readonly #waiting: Socket[] = [];
  readonly #open = new Set<Socket>();
  #taker: ConnectionTaker | undefined;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => {
      this.#open.add(socket);
      socket.once("close", () => this.#open.delete(socket));
      if (this.#taker === undefined) {
        this.#waiting.push(socket);
      } else {
        this.#taker.injectConnection(socket);
      }
    });
  }

  static open(): Promise<Listener> {
    return new Promise((resolve, reject) => {
      const server = createServer();
      server.once("error", reject);
      server.listen({ host: "127.0.0.1", port: 0 }, () => resolve(new Listener(server)));
    });
  }

  get address(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") {
      throw new Error("the engine's port is closed");
    }
    return `${address.address}:${address.port}`;
  }

  serve(taker: ConnectionTaker): void {
    this.#taker = taker;
    for (const socket of this.#waiting.splice(0)) {
      taker.injectConnection(socket);
    }
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#open) {
      socket.destroy();
    }
  }
}
