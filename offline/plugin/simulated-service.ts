import type grpc from "@grpc/grpc-js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import { fromStruct, toStruct } from "../engine/struct.ts";
import type {
  CheckFailure,
  CheckResponse,
  ConfiguredProvider,
  DiffResponse,
  SimulatedProvider,
} from "../protocol/provider.ts";
import { isUnknown } from "../protocol/wire.ts";
import type { WireMap } from "../protocol/wire.ts";
import { commonService } from "./common-service.ts";
import { RefusedCall, unary } from "./unary.ts";

function failureMessages(failures: readonly CheckFailure[]): pb.CheckFailure[] {
  return failures.map(({ property, reason }) => {
    const message = new pb.CheckFailure();
    message.setProperty(property);
    message.setReason(reason);
    return message;
  });
}

function checkMessage({ inputs, failures }: CheckResponse): pb.CheckResponse {
  const message = new pb.CheckResponse();
  message.setInputs(toStruct(inputs));
  message.setFailuresList(failureMessages(failures));
  return message;
}

function diffMessage(diff: DiffResponse): pb.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  const message = new pb.DiffResponse();
  message.setChanges(diff.diffs.length === 0 ? DIFF_NONE : DIFF_SOME);
  message.setDiffsList([...diff.diffs]);
  message.setReplacesList([...diff.replaces]);
  message.setDeletebeforereplace(diff.deleteBeforeReplace);
  return message;
}

/** The engine takes no unknowns from a read: what nobody told of an existing resource is left out. */
function withoutUnknowns(outputs: WireMap): WireMap {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => !isUnknown(value)));
}

/** A message that names a resource by its URN and, since engines of 2024, by its type and name. */
interface Named {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

/** The type and name of a resource: told, or the last parts of its URN. */
function named(request: Named): { readonly urn: string; readonly type: string; readonly name: string } {
  const urn = request.getUrn();
  const [, , types = "", ...names] = urn.split("::");
  const type = request.getType() || (types.split("$").at(-1) ?? "");
  return { urn, type, name: request.getName() || names.join("::") };
}

/** The inputs of the last deployment. Engines that do not send them send outputs, which hold them. */
function oldInputs(request: pb.DiffRequest | pb.UpdateRequest): WireMap {
  return fromStruct(request.getOldInputs() ?? request.getOlds());
}

/**
 * Pulumi's provider protocol over a simulated provider, so that the real engine works with what the offline engine
 * works with in process.
 */
export function simulatedService(provider: SimulatedProvider): grpc.UntypedServiceImplementation {
  let configured: ConfiguredProvider | undefined;
  const ready = (): ConfiguredProvider => {
    if (configured === undefined) {
      throw new RefusedCall("the provider was asked before it was configured");
    }
    return configured;
  };
  return {
    ...commonService(provider),
    checkConfig: unary((request: pb.CheckRequest) =>
      checkMessage(provider.checkConfig(fromStruct(request.getNews()))),
    ),
    diffConfig: unary((request: pb.DiffRequest) =>
      diffMessage(provider.diffConfig(oldInputs(request), fromStruct(request.getNews()))),
    ),
    configure: unary((request: pb.ConfigureRequest) => {
      configured = provider.configure(fromStruct(request.getArgs()));
      const response = new pb.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setAcceptresources(false);
      response.setAcceptoutputs(true);
      return response;
    }),
    check: unary((request: pb.CheckRequest) => {
      const olds = request.getOlds();
      return checkMessage(
        ready().check({
          ...named(request),
          olds: olds === undefined ? undefined : fromStruct(olds),
          news: fromStruct(request.getNews()),
        }),
      );
    }),
    diff: unary((request: pb.DiffRequest) =>
      diffMessage(
        ready().diff({
          ...named(request),
          id: request.getId(),
          oldInputs: oldInputs(request),
          oldOutputs: fromStruct(request.getOlds()),
          news: fromStruct(request.getNews()),
          ignoreChanges: request.getIgnorechangesList(),
        }),
      ),
    ),
    create: unary((request: pb.CreateRequest) => {
      const created = ready().create({
        ...named(request),
        inputs: fromStruct(request.getProperties()),
        preview: request.getPreview(),
      });
      const response = new pb.CreateResponse();
      response.setId(created.id);
      response.setProperties(toStruct(created.outputs));
      return response;
    }),
    update: unary((request: pb.UpdateRequest) => {
      const updated = ready().update({
        ...named(request),
        id: request.getId(),
        inputs: fromStruct(request.getNews()),
        oldInputs: oldInputs(request),
        oldOutputs: fromStruct(request.getOlds()),
        preview: request.getPreview(),
      });
      const response = new pb.UpdateResponse();
      response.setProperties(toStruct(updated.outputs));
      return response;
    }),
    read: unary((request: pb.ReadRequest) => {
      const read = ready().read({
        ...named(request),
        id: request.getId(),
        inputs: fromStruct(request.getInputs()),
        state: fromStruct(request.getProperties()),
      });
      const response = new pb.ReadResponse();
      if (read !== undefined) {
        response.setId(read.id);
        response.setInputs(toStruct(read.inputs));
        response.setProperties(toStruct(withoutUnknowns(read.outputs)));
      }
      return response;
    }),
    delete: unary((request: pb.DeleteRequest) => {
      ready().delete?.({
        ...named(request),
        id: request.getId(),
        state: fromStruct(request.getProperties()),
      });
      return new empty.Empty();
    }),
    invoke: unary((request: pb.InvokeRequest) => {
      const answer = ready().invoke(request.getTok(), fromStruct(request.getArgs()));
      const response = new pb.InvokeResponse();
      switch (answer.kind) {
        case "result":
          response.setReturn(toStruct(answer.result));
          return response;
        case "failures":
          response.setFailuresList(failureMessages(answer.failures));
          return response;
        case "unanswered":
          throw new RefusedCall(
            `the simulation has no answer to the lookup \`${answer.token}\`: put this entry under \`answers:\` into ` +
              `a file, complete it, and name the file in SIMULATED_AWS_ANSWERS:\n${answer.supply}`,
          );
        default:
          throw new Error("a lookup was answered with a response of an unknown kind");
      }
    }),
  };
}
