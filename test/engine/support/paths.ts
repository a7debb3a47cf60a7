import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[/\\]$/, "");

/** What `npm run engine` writes; ignored by git. */
export const CACHE = fileURLToPath(new URL("../.cache", import.meta.url));

/** The folder to put on PATH: `pulumi`, the language host, the simulated providers. */
export const BIN = fileURLToPath(new URL("../.cache/bin", import.meta.url));

/** The Go module that pins the Pulumi CLI. */
export const CLI_MODULE = fileURLToPath(new URL("../cli", import.meta.url));

/** The Go module that pins the language host for YAML programs. */
export const YAML_MODULE = fileURLToPath(new URL("../cli-yaml", import.meta.url));

export const LANGUAGE_HOST = fileURLToPath(new URL("../language-host/main.ts", import.meta.url));

/** The entries of the simulated providers, by the package they stand in for. */
export const PROVIDERS = {
  aws: fileURLToPath(new URL("../../../offline/plugin/aws.ts", import.meta.url)),
  awsx: fileURLToPath(new URL("../../../offline/plugin/awsx.ts", import.meta.url)),
} as const;
