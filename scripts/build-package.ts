/**
 * Builds the package of the working directory into `dist`: JavaScript, declarations, and the manifest it is published
 * with. Inside the repository a package's `exports` names its sources; the manifest in `dist` names what was built.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly [field: string]: unknown;
}

/** The condition under which one package of the repository finds the built form of another. */
const BUILT = "@bastionless/built";
const REPOSITORY = join(import.meta.dirname, "..");

/** Fields that mean something in the repository only. */
const REPOSITORY_FIELDS: ReadonlySet<string> = new Set(["scripts", "devDependencies", "exports", "main"]);

/** Singletons: two copies in one program do not recognise each other's resources. */
function isPeer(dependency: string): boolean {
  return dependency.startsWith("@pulumi/");
}

/** What a Pulumi engine starts where the package is a plugin; TypeScript and Node.js read `exports` before `main`. */
const PLUGIN_ENTRY = "plugin/serve.js";

/** What starts a policy pack; in the repository it leads to the sources. */
const PACK_ENTRY = "start.js";

function entryOf(folder: string): string {
  if (existsSync(join(folder, "PulumiPlugin.yaml"))) {
    return PLUGIN_ENTRY;
  }
  return existsSync(join(folder, PACK_ENTRY)) ? PACK_ENTRY : "index.js";
}

function publishedManifest(manifest: Manifest, main: string): object {
  const kept = Object.entries(manifest).filter(([field]) => !REPOSITORY_FIELDS.has(field));
  const dependencies = Object.entries(manifest.dependencies ?? {});
  return {
    ...Object.fromEntries(kept),
    main,
    types: "index.d.ts",
    exports: { ".": { types: "./index.d.ts", default: "./index.js" }, "./package.json": "./package.json" },
    engines: { node: ">=22" },
    dependencies: Object.fromEntries(dependencies.filter(([name]) => !isPeer(name))),
    peerDependencies: Object.fromEntries(dependencies.filter(([name]) => isPeer(name))),
  };
}

function run(folder: string): number {
  const dist = join(folder, "dist");
  rmSync(dist, { recursive: true, force: true });
  const compiled = spawnSync(
    process.execPath,
    [
      [join(REPOSITORY, "node_modules", "typescript", "bin", "tsc")],
      ["--project", join(folder, "tsconfig.json"), "--rootDir", folder, "--outDir", dist],
      ["--noEmit", "false", "--declaration", "--sourceMap", "--inlineSources"],
      ["--customConditions", BUILT],
    ].flat(),
    { stdio: "inherit" },
  );
  if (compiled.status !== 0) {
    return compiled.status ?? 1;
  }
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the repository's own manifest, whose form npm checks
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const published = publishedManifest(manifest, entryOf(folder));
  writeFileSync(join(dist, "package.json"), `${JSON.stringify(published, undefined, 2)}\n`);
  copyFileSync(join(REPOSITORY, "LICENSE"), join(dist, "LICENSE"));
  for (const file of ["README.md", "PulumiPolicy.yaml", "PulumiPlugin.yaml"]) {
    if (existsSync(join(folder, file))) {
      copyFileSync(join(folder, file), join(dist, file));
    }
  }
  if (existsSync(join(folder, PACK_ENTRY))) {
    const entry = readFileSync(join(folder, PACK_ENTRY), "utf8");
    writeFileSync(join(dist, PACK_ENTRY), entry.replaceAll('.ts")', '.js")'));
  }
  return 0;
}

process.exitCode = run(process.cwd());
