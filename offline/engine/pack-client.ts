import grpc from "@grpc/grpc-js";
import analyzerrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzerproto from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { called, callMessage, isUnimplemented, UNLIMITED } from "./grpc-calls.ts";
import { parsePackConfig, resolvePackConfig, schemaMistakes, unknownPolicies } from "./pack-config.ts";
import type { ConfigurablePolicy, PolicyConfig, ResolvedConfig } from "./pack-config.ts";
import type { PackConnection } from "./pack-connection.ts";
import type { PackProcess } from "./pack-process.ts";
import { readEnforcement, readPolicyType, readSeverity, writeEnforcement } from "./policy-levels.ts";
import type { PackInfo, PolicyInfo } from "./report.ts";
import type { RunContext } from "./run-context.ts";
import { fromStruct, toStruct } from "./struct.ts";

/** A failure of a pack, told without its folder, which the reader adds. */
export class PackError extends Error {
  override readonly name = "PackError";
}

/** A pack that is ready to judge resources. */
export class PackClient {
  readonly info: PackInfo;
  readonly #client: analyzerrpc.AnalyzerClient;
  readonly #seconds: number;
  readonly #isKept: boolean;

  private constructor(
    { client, info }: PackConnection<analyzerrpc.AnalyzerClient>,
    seconds: number,
    isKept: boolean,
  ) {
    this.#client = client;
    this.info = info;
    this.#seconds = seconds;
    this.#isKept = isKept;
  }

  /**
   * Connects to a started pack, tells it of the stack and configures it. Of a pack that serves others it is asked and told
   * once what is the same for all of them.
   *
   * @param seconds how long it may take for any one answer
   */
  static async connect(
    pack: PackProcess,
    engineAddress: string,
    context: RunContext,
    seconds: number,
  ): Promise<PackClient> {
    const { kept } = pack;
    if (kept === undefined) {
      return new PackClient(await open(pack, engineAddress, context, seconds), seconds, false);
    }
    let isFirst = false;
    const connection = await kept.get(() => {
      isFirst = true;
      return open(pack, engineAddress, context, seconds);
    });
    if (!isFirst) {
      await optional(connection.client, stackRequest(context), "configureStack", seconds);
    }
    return new PackClient(connection, seconds, true);
  }

  /** Whether any policy may change resources. */
  get remediates(): boolean {
    return this.info.policies.some((policy) => policy.enforcement === "remediate");
  }

  remediate(request: analyzerproto.AnalyzeRequest): Promise<analyzerproto.RemediateResponse> {
    return ask({ call: "remediate", about: request.getUrn(), seconds: this.#seconds }, (options, done) =>
      this.#client.remediate(request, new grpc.Metadata(), options, done),
    );
  }

  analyze(request: analyzerproto.AnalyzeRequest): Promise<analyzerproto.AnalyzeResponse> {
    return ask({ call: "analyze", about: request.getUrn(), seconds: this.#seconds }, (options, done) =>
      this.#client.analyze(request, new grpc.Metadata(), options, done),
    );
  }

  analyzeStack(request: analyzerproto.AnalyzeStackRequest): Promise<analyzerproto.AnalyzeResponse> {
    return ask(
      { call: "analyzeStack", about: "all resources together", seconds: this.#seconds },
      (options, done) => this.#client.analyzeStack(request, new grpc.Metadata(), options, done),
    );
  }

  /** Tells the pack to stop, unless it serves others; it is ended in any case. */
  async close(): Promise<void> {
    if (this.#isKept) {
      return;
    }
    try {
      const options = { deadline: Date.now() + 1000 };
      await called<empty.Empty>((done) =>
        this.#client.cancel(new empty.Empty(), new grpc.Metadata(), options, done),
      );
    } catch (error) {
      if (!isGrpcError(error)) {
        throw error;
      }
    } finally {
      this.#client.close();
    }
  }
}

async function open(
  pack: PackProcess,
  engineAddress: string,
  context: RunContext,
  seconds: number,
): Promise<PackConnection<analyzerrpc.AnalyzerClient>> {
  const port = await within(pack.port, seconds, "to tell its port");
  const client = new analyzerrpc.AnalyzerClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
    UNLIMITED,
  );
  await optional(client, handshakeRequest(engineAddress, pack.request.dir), "handshake", seconds);
  await optional(client, stackRequest(context), "configureStack", seconds);
  const info = await ask<analyzerproto.AnalyzerInfo>({ call: "getAnalyzerInfo", seconds }, (options, done) =>
    client.getAnalyzerInfo(new empty.Empty(), new grpc.Metadata(), options, done),
  );
  const resolved = await resolveConfig(pack, info);
  if (resolved.size > 0) {
    const request = configureRequest(resolved);
    await ask<empty.Empty>({ call: "configure", seconds }, (options, done) =>
      client.configure(request, new grpc.Metadata(), options, done),
    );
  }
  return { client, info: describe(pack.request.dir, info, resolved, pack.version) };
}

/** One call of a pack. */
interface Question {
  readonly call: string;
  /** What it is about: a resource, or all of them. */
  readonly about?: string;
  /** How long the answer may take. */
  readonly seconds: number;
}

/** @throws PackError where the pack fails, or does not answer in time. */
async function ask<Response>(
  question: Question,
  make: (
    options: grpc.CallOptions,
    callback: (error: grpc.ServiceError | null, response: Response) => void,
  ) => void,
): Promise<Response> {
  const { seconds } = question;
  try {
    return await called<Response>((done) => make({ deadline: Date.now() + seconds * 1000 }, done));
  } catch (error) {
    throw new PackError(isLate(error) ? lateMessage(question) : callMessage(error), { cause: error });
  }
}

function isLate(error: unknown): boolean {
  return isGrpcError(error) && error.code === grpc.status.DEADLINE_EXCEEDED;
}

function lateMessage({ call, about, seconds }: Question): string {
  const what = about === undefined ? `\`${call}\`` : `\`${call}\` of \`${about}\``;
  return (
    `it has not answered ${what} in ${seconds} s: ` +
    "look in its policies for a loop without an end, or a promise that never settles"
  );
}

function isGrpcError(error: unknown): error is grpc.ServiceError {
  return error instanceof Error && "code" in error && typeof error.code === "number";
}

/** Calls what packs of an older SDK do not have. */
async function optional(
  client: analyzerrpc.AnalyzerClient,
  request: analyzerproto.AnalyzerHandshakeRequest | analyzerproto.AnalyzerStackConfigureRequest,
  call: "handshake" | "configureStack",
  seconds: number,
): Promise<void> {
  try {
    await ask<unknown>({ call, seconds }, (options, done) => {
      if (request instanceof analyzerproto.AnalyzerHandshakeRequest) {
        client.handshake(request, new grpc.Metadata(), options, done);
      } else {
        client.configureStack(request, new grpc.Metadata(), options, done);
      }
    });
  } catch (error) {
    const cause = error instanceof PackError ? error.cause : error;
    if (!isUnimplemented(cause)) {
      throw isLate(cause) ? error : new PackError(`${call} failed: ${callMessage(cause)}`, { cause });
    }
  }
}

function handshakeRequest(engineAddress: string, dir: string): analyzerproto.AnalyzerHandshakeRequest {
  const request = new analyzerproto.AnalyzerHandshakeRequest();
  request.setEngineAddress(engineAddress);
  request.setRootDirectory(dir);
  request.setProgramDirectory(dir);
  return request;
}

function stackRequest(context: RunContext): analyzerproto.AnalyzerStackConfigureRequest {
  const request = new analyzerproto.AnalyzerStackConfigureRequest();
  request.setStack(context.stack);
  request.setProject(context.project);
  request.setOrganization(context.organization);
  request.setDryRun(context.preview);
  request.setConfigSecretKeysList([...context.config.secretKeys]);
  for (const [key, value] of Object.entries(context.config.values)) {
    request.getConfigMap().set(key, value);
  }
  return request;
}

async function resolveConfig(
  pack: PackProcess,
  info: analyzerproto.AnalyzerInfo,
): Promise<ReadonlyMap<string, ResolvedConfig>> {
  const policies = info.getPoliciesList().map(configurable);
  const initial = new Map<string, PolicyConfig>();
  info.getInitialconfigMap().forEach((config, name) => {
    initial.set(name, {
      enforcement: readEnforcement(config.getEnforcementlevel()),
      properties: fromStruct(config.getProperties()),
    });
  });
  const { config: given, mistakes } = parsePackConfig(pack.request.config ?? {});
  const resolved = resolvePackConfig(policies, [initial, given]);
  const all = [
    ...mistakes,
    ...unknownPolicies(given, policies).map(
      (name) =>
        `\`${name}\`: the pack has no such policy, only ${policies.map((policy) => policy.name).join(", ")}`,
    ),
    ...(await schemaMistakes(policies, resolved)),
  ];
  if (all.length > 0) {
    throw new PackError(`its configuration is wrong:\n  ${all.join("\n  ")}`);
  }
  return resolved;
}

function configurable(policy: analyzerproto.PolicyInfo): ConfigurablePolicy {
  const schema = policy.getConfigschema();
  return {
    name: policy.getName(),
    enforcement: readEnforcement(policy.getEnforcementlevel()),
    properties: fromStruct(schema?.getProperties()),
    required: schema?.getRequiredList() ?? [],
  };
}

function configureRequest(
  resolved: ReadonlyMap<string, ResolvedConfig>,
): analyzerproto.ConfigureAnalyzerRequest {
  const request = new analyzerproto.ConfigureAnalyzerRequest();
  for (const [name, { enforcement, properties }] of resolved) {
    const config = new analyzerproto.PolicyConfig();
    config.setEnforcementlevel(writeEnforcement(enforcement));
    config.setProperties(toStruct(properties));
    request.getPolicyconfigMap().set(name, config);
  }
  return request;
}

function describe(
  dir: string,
  info: analyzerproto.AnalyzerInfo,
  resolved: ReadonlyMap<string, ResolvedConfig>,
  version: string,
): PackInfo {
  return {
    dir,
    name: info.getName(),
    displayName: info.getDisplayname(),
    version: version === "" ? info.getVersion() : version,
    policies: info
      .getPoliciesList()
      .map((policy): PolicyInfo => {
        const framework = policy.getFramework();
        return {
          name: policy.getName(),
          displayName: policy.getDisplayname(),
          description: policy.getDescription(),
          message: policy.getMessage(),
          enforcement:
            resolved.get(policy.getName())?.enforcement ?? readEnforcement(policy.getEnforcementlevel()),
          severity: readSeverity(policy.getSeverity()),
          type: readPolicyType(policy.getPolicyType()),
          ...(framework === undefined
            ? {}
            : {
                framework: {
                  name: framework.getName(),
                  version: framework.getVersion(),
                  reference: framework.getReference(),
                },
              }),
          tags: policy.getTagsList(),
          remediationSteps: policy.getRemediationSteps(),
          url: policy.getUrl(),
        };
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

async function within<Value>(promise: Promise<Value>, seconds: number, what: string): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new PackError(`it took more than ${seconds} s ${what}`)),
    seconds * 1000,
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
