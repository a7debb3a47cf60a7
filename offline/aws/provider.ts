import { UNKNOWN, isWireMap } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import type {
  CheckFailure,
  CheckRequest,
  CheckResponse,
  ConfiguredProvider,
  CreateRequest,
  CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  InvokeResponse,
  LookupAnswer,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
} from "../protocol/provider.ts";
import type { Account } from "./account/account.ts";
import { modelOf, schemaOf, typesOfSchema } from "./catalogue.ts";
import { changedProperties, difference } from "./difference.ts";
import { jsonAsText } from "./json-inputs.ts";
import { findAnswer } from "../protocol/answers.ts";
import { lookUp } from "./lookups/lookup.ts";
import type { Model } from "./model.ts";
import { autoNameOf, makeName } from "./naming.ts";
import { existingReading, newReading, outputsOf } from "./outputs.ts";
import { placeAt } from "./place.ts";
import type { Place } from "./place.ts";
import { Reading } from "./reading.ts";
import { checkRegion } from "./rules/region.ts";
import { checkShape } from "./rules/shape.ts";
import { checkTags } from "./rules/tags.ts";
import type { ResourceSchema } from "./schema/schema.ts";
import { mergeTags } from "./tagging.ts";
import type { Tagging } from "./tagging.ts";
import { TakenNames } from "./taken-names.ts";
import { asText, bare, canonical, settledMap } from "./values.ts";

/** What one configured provider works with. */
export interface Setting {
  readonly place: Place;
  readonly tagging: Tagging;
}

/**
 * The simulated provider for one configuration. It keeps no state but of names that are taken: equal requests get equal
 * answers. With an account, what is created, changed and deleted there shows, too.
 */
export class SimulatedAws implements ConfiguredProvider {
  readonly #setting: Setting;
  readonly #taken = new TakenNames();
  readonly #answers: readonly LookupAnswer[];
  readonly #account: Account | undefined;

  constructor(setting: Setting, answers: readonly LookupAnswer[], account?: Account) {
    this.#setting = setting;
    this.#answers = answers;
    this.#account = account;
  }

  check(request: CheckRequest): CheckResponse {
    const given = settledMap(request.news);
    const model = modelOf(request.type);
    const schema = schemaOf(request.type);
    if (model === undefined || schema === undefined) {
      return { inputs: given, failures: [] };
    }
    const completed = this.#complete(request, model, schema, given);
    const subject = { inputs: completed.inputs, given, place: this.#placeOf(completed.inputs) };
    return {
      inputs: completed.inputs,
      failures: [
        ...checkShape(given, schema.inputs, typesOfSchema()),
        ...completed.failures,
        ...checkRegion({ ...subject, place: this.#setting.place }),
        ...checkTags(subject, request.type),
        ...(model.rules ?? []).flatMap((rule) => rule(subject)),
        ...this.#taken.check(model, request.urn, subject.inputs),
      ],
    };
  }

  diff(request: DiffRequest): DiffResponse {
    return difference(request, modelOf(request.type));
  }

  create(request: CreateRequest): CreateResponse {
    const inputs = settledMap(request.inputs);
    const model = modelOf(request.type);
    const schema = schemaOf(request.type);
    if (model === undefined || schema === undefined) {
      return { id: request.preview ? "" : `${request.name}-${unmodelledId(request.urn)}`, outputs: inputs };
    }
    const place = this.#placeOf(inputs);
    const reading = request.preview
      ? new Reading(inputs, request.urn, place, "")
      : newReading(model, request.urn, inputs, place);
    const told = request.preview ? {} : this.#account?.create(request.type, place.region, inputs);
    return {
      id: reading.hasId ? reading.id : "",
      outputs: { ...outputsOf(model, schema, inputs, reading, request.preview), ...told },
    };
  }

  /** Without an account there is nothing to delete. */
  delete({ type, state }: DeleteRequest): void {
    const settledState = settledMap(state);
    this.#account?.delete(type, this.#placeOf(settledState).region, settledState);
  }

  update(request: UpdateRequest): CreateResponse {
    const version = nextVersion(request);
    if (!request.preview) {
      const inputs = settledMap(request.inputs);
      const told = this.#account?.update(
        request.type,
        this.#placeOf(inputs).region,
        settledMap(request.oldInputs),
        inputs,
      );
      return {
        id: request.id,
        outputs: { ...(this.#outputsWithId(request, request.id) ?? inputs), ...version, ...told },
      };
    }
    // What AWS computed before the update stays known where the update does not change it.
    const planned = this.create(request).outputs;
    const updated = this.#outputsWithId(request, request.id) ?? {};
    const old = settledMap(request.oldOutputs);
    const outputs: Record<string, Wire> = {};
    for (const [name, value] of Object.entries(planned)) {
      const before = old[name];
      const same = before !== undefined && canonical(updated[name] ?? null) === canonical(before);
      outputs[name] = value === UNKNOWN && same ? before : value;
    }
    return { id: request.id, outputs: { ...outputs, ...version } };
  }

  read(request: ReadRequest): ReadResponse {
    const model = modelOf(request.type);
    const inputs = settledMap(request.inputs);
    const state = settledMap(request.state);
    // A refresh hands over inputs and outputs: nothing changes but by the program. A lookup has only the id, and
    // what the program says of the resource.
    if (Object.keys(inputs).length > 0 && canonical(inputs) !== canonical(state)) {
      return { id: request.id, inputs, outputs: state };
    }
    const answer = findAnswer(this.#answers, request.type, { ...state, id: request.id });
    const told = { ...model?.fromId?.(request.id), ...state, ...inputs, ...answer?.result };
    const outputs = this.#outputsWithId({ ...request, inputs: told }, request.id);
    return { id: request.id, inputs: told, outputs: outputs ?? told };
  }

  invoke(token: string, args: WireMap): InvokeResponse {
    return lookUp(token, args, this.#setting, this.#answers);
  }

  #outputsWithId(
    request: { readonly type: string; readonly inputs: WireMap },
    id: string,
  ): WireMap | undefined {
    const model = modelOf(request.type);
    const schema = schemaOf(request.type);
    if (model === undefined || schema === undefined) {
      return undefined;
    }
    const inputs = settledMap(request.inputs);
    const place = this.#placeOf(inputs);
    return outputsOf(model, schema, inputs, existingReading(model, inputs, place, id), false);
  }

  /** The place of one resource: since 7.0 a resource may name a region of its own. */
  #placeOf(inputs: WireMap): Place {
    const { place } = this.#setting;
    const region = bare(inputs["region"] ?? place.region).value;
    return region === place.region || typeof region !== "string"
      ? place
      : placeAt(place.account, region, place.partition);
  }

  #complete(
    request: CheckRequest,
    model: Model,
    schema: ResourceSchema,
    given: WireMap,
  ): { readonly inputs: WireMap; readonly failures: readonly CheckFailure[] } {
    const inputs: Record<string, Wire> = { ...model.defaults, ...jsonAsText(given, schema.inputs) };
    const failures: CheckFailure[] = [];
    const rule = autoNameOf(model, schema.inputs);
    if (rule !== undefined && inputs[rule.property] === undefined) {
      if (!(rule.unless ?? []).some((other) => inputs[other] !== undefined)) {
        const name = makeName(rule, request.urn, request.name);
        if (typeof name === "string") {
          inputs[rule.property] = name;
        } else {
          failures.push(name);
        }
      }
    }
    if (schema.inputs["region?"] !== undefined) {
      inputs["region"] ??= this.#setting.place.region;
    }
    if (schema.inputs["tags?"] !== undefined && schema.outputs["tagsAll"] !== undefined) {
      const tags = inputs["tags"];
      if (tags === undefined || isWireMap(tags) || bare(tags).unknown) {
        inputs["tagsAll"] = mergeTags(this.#setting.tagging, tags);
      }
    }
    return { inputs, failures };
  }
}

/** The output that counts versions, after an update; unknown in a preview of one that makes a version. */
function nextVersion(request: UpdateRequest): WireMap {
  const model = modelOf(request.type);
  if (model?.counted === undefined) {
    return {};
  }
  const { output, unless } = model.counted;
  const before = bare(settledMap(request.oldOutputs)[output] ?? 1).value;
  const changed = changedProperties(request.oldInputs, request.inputs, model.comparisons).some(
    (name) => !unless.includes(name),
  );
  if (!changed) {
    return { [output]: before };
  }
  return { [output]: request.preview ? UNKNOWN : Number(asText(before)) + 1 };
}

function unmodelledId(urn: string): string {
  return new Reading({}, urn, placeAt("", ""), "").hex("id", 7);
}
