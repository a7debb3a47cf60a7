/**
 * Runs the handler of a simulated function once: `node function-host.ts`, with `{ code, handler, event }` as JSON on standard
 * input. Writes `{ result }` or `{ error }` to standard output.
 */
import { registerHooks } from "node:module";
import { text } from "node:stream/consumers";

const CLIENTS: ReadonlyMap<string, string> = new Map([
  ["@aws-sdk/client-ssm", new URL("client-ssm.ts", import.meta.url).href],
]);

registerHooks({
  resolve: (specifier, context, next) => {
    const client = CLIENTS.get(specifier);
    return client === undefined
      ? next(specifier, context)
      : next(client, { ...context, parentURL: import.meta.url });
  },
});

interface Run {
  readonly code: string;
  /** The name of what the code exports. */
  readonly handler: string;
  readonly event: unknown;
}

const run: Run = JSON.parse(await text(process.stdin));
let answer: unknown;
try {
  const module: Readonly<Record<string, unknown>> = await import(
    `data:text/javascript,${encodeURIComponent(run.code)}`
  );
  const handler = module[run.handler];
  if (typeof handler !== "function") {
    throw new TypeError(`the code exports no function \`${run.handler}\``);
  }
  const result: unknown = await Reflect.apply(handler, undefined, [run.event]);
  answer = { result: result ?? null };
} catch (error) {
  answer = {
    error: error instanceof Error ? { errorType: error.name, errorMessage: error.message } : String(error),
  };
}
process.stdout.write(JSON.stringify(answer));
