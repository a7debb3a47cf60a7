import assert from "node:assert/strict";
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { credentials, status, type ServiceError } from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { LANGUAGE_HOST } from "./support/paths.ts";

const PLAIN = fileURLToPath(new URL("fixtures/plain", import.meta.url));

type Host = ChildProcessByStdio<null, Readable, null>;

describe("the language host's service", function () {
  this.timeout(20_000);
  let host: Host;
  let client: LanguageRuntimeClient;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "bastionless-host-"));
    host = spawn(process.execPath, [LANGUAGE_HOST, "-flag", "127.0.0.1:1"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = await once(host.stdout.setEncoding("utf8"), "data");
    client = new LanguageRuntimeClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
  });
  after(async () => {
    client.close();
    host.kill("SIGTERM");
    const [code] = await once(host, "exit");
    await rm(folder, { recursive: true });
    assert.equal(code, 0);
  });

  it("answers a handshake", async () => {
    const request = new languagePb.LanguageHandshakeRequest().setEngineAddress("127.0.0.1:1");
    const handshake = promisify(
      (
        argument: languagePb.LanguageHandshakeRequest,
        callback: Callback<languagePb.LanguageHandshakeResponse>,
      ) => client.handshake(argument, callback),
    );
    assert.ok((await handshake(request)) instanceof languagePb.LanguageHandshakeResponse);
  });

  it("lists what a program depends on, directly or through others", async () => {
    const list = async (transitive: boolean): Promise<readonly string[]> => {
      const request = new languagePb.GetProgramDependenciesRequest()
        .setInfo(infoOf(PLAIN))
        .setTransitivedependencies(transitive);
      const get = promisify(
        (
          argument: languagePb.GetProgramDependenciesRequest,
          callback: Callback<languagePb.GetProgramDependenciesResponse>,
        ) => client.getProgramDependencies(argument, callback),
      );
      return ((await get(request))?.getDependenciesList() ?? []).map((dependency) => dependency.getName());
    };
    assert.deepEqual(await list(false), ["@pulumi/pulumi"]);
    const all = await list(true);
    assert.ok(all.includes("@pulumi/pulumi") && all.includes("@grpc/grpc-js"), all.join());
  });

  it("says what is missing where the dependencies of a pack are not installed", async () => {
    const { error } = await runPlugin("analyzer", folder);
    assert.match(error?.details ?? "", /Cannot find module '@pulumi\/pulumi\/cmd\/run-policy-pack'/);
  });

  it("refuses a kind of plugin that no runner is for", async () => {
    const { error } = await runPlugin("converter", PLAIN);
    assert.match(error?.details ?? "", /`converter`: expected `analyzer` or `resource`/);
  });

  it("passes on what a plugin says, and how it ends", async () => {
    await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", main: "index.js" }));
    await writeFile(join(folder, "index.js"), "process.stdout.write('said'); process.exit(7);");
    await writeFile(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    await symlink(
      fileURLToPath(new URL("../../node_modules", import.meta.url)),
      join(folder, "node_modules"),
    );
    const { error, stdout, exitCode } = await runPlugin("analyzer", folder);
    assert.equal(error, undefined);
    assert.equal(stdout, "said");
    assert.equal(exitCode, 7);
  });

  it("answers unimplemented where it is asked to generate code", async () => {
    const pack = promisify((argument: languagePb.PackRequest, callback: Callback<languagePb.PackResponse>) =>
      client.pack(argument, callback),
    );
    await assert.rejects(pack(new languagePb.PackRequest()), { code: status.UNIMPLEMENTED });
  });

  it("answers a cancellation where nothing runs", async () => {
    const cancel = promisify((argument: empty.Empty, callback: Callback<empty.Empty>) =>
      client.cancel(argument, callback),
    );
    assert.ok((await cancel(new empty.Empty())) instanceof empty.Empty);
  });

  async function runPlugin(
    kind: string,
    directory: string,
  ): Promise<{ stdout: string; exitCode: number | undefined; error: ServiceError | undefined }> {
    const request = new languagePb.RunPluginRequest()
      .setKind(kind)
      .setInfo(infoOf(directory))
      .setArgsList(["127.0.0.1:1"])
      .setEnvList(Object.entries(process.env).map(([name, value]) => `${name}=${value ?? ""}`));
    const call = client.runPlugin(request);
    let stdout = "";
    let exitCode: number | undefined;
    let error: ServiceError | undefined;
    call.on("data", (response: languagePb.RunPluginResponse) => {
      stdout += Buffer.from(response.getStdout_asU8()).toString("utf8");
      if (response.getOutputCase() === languagePb.RunPluginResponse.OutputCase.EXITCODE) {
        exitCode = response.getExitcode();
      }
    });
    call.on("error", (found: ServiceError) => (error = found));
    await once(call, "close").catch(() => undefined);
    return { stdout, exitCode, error };
  }
});

type Callback<Response> = (error: ServiceError | null, response?: Response) => void;

function infoOf(directory: string): languagePb.ProgramInfo {
  return new languagePb.ProgramInfo()
    .setRootDirectory(directory)
    .setProgramDirectory(directory)
    .setEntryPoint(".");
}
