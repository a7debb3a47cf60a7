import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { RefusedByAws } from "../../protocol/refused.ts";
import { isWireMap } from "../../protocol/wire.ts";
import type { Wire } from "../../protocol/wire.ts";
import type { StateFile } from "./state-file.ts";

const HOST = fileURLToPath(new URL("function-host.ts", import.meta.url));

/** No function of a program under test should need longer. */
const MOST_MILLISECONDS = 60_000;

/** The files of an archive that is given as texts; others are not simulated. */
function filesOf(code: Wire | undefined): Readonly<Record<string, string>> {
  const assets = isWireMap(code) ? code["assets"] : undefined;
  return Object.fromEntries(
    Object.entries(isWireMap(assets) ? assets : {}).flatMap(([path, asset]) => {
      const text = isWireMap(asset) ? asset["text"] : undefined;
      return typeof text === "string" ? [[path, text]] : [];
    }),
  );
}

/** Lambda's functions in one Region of an account: their code is run, in a process of its own, with simulated clients. */
export class Functions {
  readonly #state: StateFile;
  readonly #region: string;

  constructor(state: StateFile, region: string) {
    this.#state = state;
    this.#region = region;
  }

  put(name: string, handler: string, code: Wire | undefined): void {
    const { functions } = this.#state.read(this.#region);
    this.#state.change(this.#region, {
      functions: { ...functions, [name]: { handler, files: filesOf(code) } },
    });
  }

  delete(name: string): void {
    const rest = Object.entries(this.#state.read(this.#region).functions).filter(([other]) => other !== name);
    this.#state.change(this.#region, { functions: Object.fromEntries(rest) });
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#state.read(this.#region).functions, name);
  }

  /** What the function returns for an event, as JSON. */
  invoke(name: string, event: string): string {
    const stored = this.#state.read(this.#region).functions[name];
    if (stored === undefined) {
      throw new RefusedByAws("ResourceNotFoundException", `Function not found: ${name}`);
    }
    const [file = "", handler = ""] = stored.handler.split(".");
    const code = stored.files[`${file}.mjs`];
    if (code === undefined) {
      throw new Error(
        `the function \`${name}\` has no \`${file}.mjs\` given as text: only such code is run here`,
      );
    }
    const { stdout, stderr, status } = spawnSync(process.execPath, [HOST], {
      input: JSON.stringify({ code, handler, event: JSON.parse(event) }),
      encoding: "utf8",
      timeout: MOST_MILLISECONDS,
      env: { ...process.env, AWS_REGION: this.#region, SIMULATED_AWS_STATE: this.#state.file },
    });
    if (status !== 0) {
      throw new Error(`the function \`${name}\` did not end as it should:\n${stderr}`);
    }
    const answer: Wire = JSON.parse(stdout);
    if (!isWireMap(answer) || answer["error"] !== undefined) {
      throw new RefusedByAws("FunctionError", isWireMap(answer) ? JSON.stringify(answer["error"]) : stdout);
    }
    return JSON.stringify(answer["result"]);
  }
}
