import providerproto from "@pulumi/pulumi/proto/provider_pb.js";
import type resrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resproto from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { findAnswer } from "../protocol/answers.ts";
import { answerTemplate } from "./answer-template.ts";
import type { Deployment } from "./deployment.ts";
import type { CallObserver } from "./grpc-calls.ts";
import { unary } from "./grpc-calls.ts";
import type { Hooks } from "./hooks.ts";
import { unanswered } from "./invoke.ts";
import { readCallback, readPackage, readReadRequest, readRegistration } from "./messages.ts";
import { RefusedCall } from "./problem-log.ts";
import { lookupArguments } from "./provider-registry.ts";
import type { RegistrationResult } from "./registration.ts";
import type { RunContext } from "./run-context.ts";
import { fromStruct, toStruct } from "./struct.ts";
import type { TransformRegistry } from "./transforms.ts";

export interface MonitorParts {
  readonly context: RunContext;
  readonly deployment: Deployment;
  readonly transforms: TransformRegistry;
  readonly hooks: Hooks;
  readonly observer: CallObserver;
  /** The program has run to its end and makes no more calls. */
  readonly programEnded: () => void;
}

const Feature = resproto.ResourceMonitorFeature;

/** What the real engine of the same generation supports, so that the SDK behaves alike. */
const FEATURES: ReadonlyMap<string, resproto.ResourceMonitorFeature> = new Map([
  ["secrets", Feature.RESOURCE_MONITOR_FEATURE_SECRETS],
  ["resourceReferences", Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES],
  ["outputValues", Feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES],
  ["aliasSpecs", Feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS],
  ["replacementTrigger", Feature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER],
  ["deletedWith", Feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH],
  ["replaceWith", Feature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH],
  ["transforms", Feature.RESOURCE_MONITOR_FEATURE_TRANSFORMS],
  ["invokeTransforms", Feature.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS],
  ["parameterization", Feature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION],
  ["resourceHooks", Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS],
  ["errorHooks", Feature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS],
  ["sendsOptionsToHooks", Feature.RESOURCE_MONITOR_FEATURE_SENDS_OPTIONS_TO_HOOKS],
]);

/** Pulumi's ResourceMonitor service. */
export function monitorService(parts: MonitorParts): resrpc.IResourceMonitorServer {
  const { deployment, observer, transforms, hooks, context } = parts;
  return {
    getDeploymentInfo: unary(observer, () => deploymentInfo(context)),
    supportsFeature: unary(observer, (request: resproto.SupportsFeatureRequest) => {
      const response = new resproto.SupportsFeatureResponse();
      response.setHassupport(FEATURES.has(request.getId()));
      return response;
    }),
    registerResource: unary(observer, async (request: resproto.RegisterResourceRequest) =>
      registerResponse(await deployment.registerResource(readRegistration(request))),
    ),
    registerResourceOutputs: unary(observer, async (request: resproto.RegisterResourceOutputsRequest) => {
      await deployment.registerOutputs(request.getUrn(), fromStruct(request.getOutputs()));
      return new empty.Empty();
    }),
    readResource: unary(observer, async (request: resproto.ReadResourceRequest) => {
      const state = await deployment.readResource(readReadRequest(request));
      const response = new resproto.ReadResourceResponse();
      response.setUrn(state.urn);
      response.setProperties(toStruct(state.outputs));
      return response;
    }),
    existsResource: unary(observer, (request: resproto.ExistsResourceRequest) =>
      unanswered(
        request.getType(),
        { id: request.getId() },
        context,
        answerTemplate(request.getType(), { id: request.getId() }),
      ),
    ),
    invoke: unary(observer, (request: resproto.ResourceInvokeRequest) => invokeResponse(deployment, request)),
    call: unary(observer, (request: resproto.ResourceCallRequest) => {
      const args = lookupArguments(fromStruct(request.getArgs()));
      const answer = findAnswer(context.answers, request.getTok(), args);
      if (answer === undefined) {
        return unanswered(request.getTok(), args, context, answerTemplate(request.getTok(), args));
      }
      const response = new providerproto.CallResponse();
      response.setReturn(toStruct(answer.result));
      return response;
    }),
    registerStackTransform: unary(observer, (callback: Parameters<typeof readCallback>[0]) => {
      transforms.addStackTransform(readCallback(callback));
      return new empty.Empty();
    }),
    registerStackInvokeTransform: unary(observer, (callback: Parameters<typeof readCallback>[0]) => {
      transforms.addInvokeTransform(readCallback(callback));
      return new empty.Empty();
    }),
    registerResourceHook: unary(observer, (request: resproto.RegisterResourceHookRequest) => {
      const callback = request.getCallback();
      if (callback === undefined) {
        throw new RefusedCall(`resource hook \`${request.getName()}\` has no callback`);
      }
      hooks.register(request.getName(), readCallback(callback), request.getOnDryRun());
      return new empty.Empty();
    }),
    // Creation never fails half-way here, so that no error hook ever runs.
    registerErrorHook: unary(observer, () => new empty.Empty()),
    registerPackage: unary(observer, (request: resproto.RegisterPackageRequest) => {
      const response = new resproto.RegisterPackageResponse();
      response.setRef(deployment.registerPackage(readPackage(request)));
      return response;
    }),
    signalAndWaitForShutdown: unary(observer, () => {
      parts.programEnded();
      return new empty.Empty();
    }),
  };
}

function deploymentInfo(context: RunContext): resproto.DeploymentInfo {
  const info = new resproto.DeploymentInfo();
  info.setProject(context.project);
  info.setStack(context.stack);
  info.setOrganization(context.organization);
  info.setDryrun(context.preview);
  info.setConfigsecretkeysList([...context.config.secretKeys]);
  for (const [key, value] of Object.entries(context.config.values)) {
    info.getConfigMap().set(key, value);
  }
  info.setSupportedfeaturesList([
    ...FEATURES.values(),
    Feature.RESOURCE_MONITOR_FEATURE_BYTE_STRING,
    Feature.RESOURCE_MONITOR_FEATURE_INVOKE_PARENT,
  ]);
  return info;
}

function registerResponse(result: RegistrationResult): resproto.RegisterResourceResponse {
  const response = new resproto.RegisterResourceResponse();
  response.setUrn(result.urn);
  response.setId(result.id);
  response.setObject(toStruct(result.outputs));
  response.setUnknown(result.unknownRest);
  for (const [property, urns] of Object.entries(result.outputDependencies)) {
    const dependencies = new resproto.RegisterResourceResponse.PropertyDependencies();
    dependencies.setUrnsList([...urns]);
    response.getPropertydependenciesMap().set(property, dependencies);
  }
  return response;
}

async function invokeResponse(
  deployment: Deployment,
  request: resproto.ResourceInvokeRequest,
): Promise<resproto.ResourceInvokeResponse> {
  const answer = await deployment.invokeFunction({
    token: request.getTok(),
    args: fromStruct(request.getArgs()),
    parent: request.getParent(),
    packageRef: request.getPackageref(),
    options: {
      provider: request.getProvider(),
      version: request.getVersion(),
      pluginDownloadUrl: request.getPlugindownloadurl(),
    },
  });
  const response = new resproto.ResourceInvokeResponse();
  response.setReturn(toStruct(answer.result));
  response.setFailuresList(
    answer.failures.map(({ property, reason }) => {
      const failure = new providerproto.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}
