import aliasproto from "@pulumi/pulumi/proto/alias_pb.js";
import type callbackproto from "@pulumi/pulumi/proto/callback_pb.js";
import resproto from "@pulumi/pulumi/proto/resource_pb.js";
import type sourceproto from "@pulumi/pulumi/proto/source_pb.js";
import type { Alias } from "./aliases.ts";
import type { ProviderRequest } from "./provider-reference.ts";
import type { ReadRequest } from "./read-resource.ts";
import type { Callback, HookBinding, Registration, RegistrationOptions } from "./registration.ts";
import { NO_HOOKS } from "./registration.ts";
import type { SourcePlace } from "./report.ts";
import { placeOf } from "./source-place.ts";
import { fromStruct } from "./struct.ts";

/** Protobuf messages of the resource monitor, read into and written from plain data. */

export function readRegistration(request: resproto.RegisterResourceRequest): Registration {
  const byProperty = request.getPropertydependenciesMap();
  const propertyDependencies: { [property: string]: readonly string[] } = {};
  byProperty.forEach((urns, property) => {
    propertyDependencies[property] = urns.getUrnsList();
  });
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: request.getParent(),
    inputs: fromStruct(request.getObject()),
    propertyDependencies,
    packageRef: request.getPackageref(),
    transforms: request.getTransformsList().map(readCallback),
    place: readPlace(request.getSourceposition()),
    options: {
      provider: request.getProvider(),
      providers: readStringMap(request.getProvidersMap()),
      version: request.getVersion(),
      pluginDownloadUrl: request.getPlugindownloadurl(),
      dependsOn: request.getDependenciesList(),
      protect: request.hasProtect() ? request.getProtect() : undefined,
      retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
      deleteBeforeReplace:
        request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()
          ? request.getDeletebeforereplace()
          : undefined,
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      hideDiffs: request.getHidediffsList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      aliases: [
        ...request.getAliasurnsList().map((urn) => ({ urn })),
        ...request.getAliasesList().map((alias) => readAlias(alias, request.getAliasspecs())),
      ],
      deletedWith: request.getDeletedwith(),
      replaceWith: request.getReplaceWithList(),
      importId: request.getImportid(),
      customTimeouts: readTimeouts(request.getCustomtimeouts()),
      hooks: readHooks(request.getHooks()),
    },
  };
}

export function readReadRequest(request: resproto.ReadResourceRequest): ReadRequest {
  return {
    type: request.getType(),
    name: request.getName(),
    id: request.getId(),
    parent: request.getParent(),
    inputs: fromStruct(request.getProperties()),
    dependencies: request.getDependenciesList(),
    provider: request.getProvider(),
    version: request.getVersion(),
    pluginDownloadUrl: request.getPlugindownloadurl(),
    packageRef: request.getPackageref(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    place: readPlace(request.getSourceposition()),
  };
}

/** In a request the plugin stands at the root, and what makes it another package in its parameterization. */
export function readPackage(request: resproto.RegisterPackageRequest): ProviderRequest {
  const parameterization = request.getParameterization();
  const downloadUrl = request.getDownloadUrl();
  return parameterization === undefined
    ? { packageName: request.getName(), version: request.getVersion(), downloadUrl }
    : {
        packageName: parameterization.getName(),
        version: parameterization.getVersion(),
        downloadUrl,
        parameterization: {
          pluginName: request.getName(),
          pluginVersion: request.getVersion(),
          value: parameterization.getValue_asB64(),
        },
      };
}

export function readCallback(callback: callbackproto.Callback): Callback {
  return { target: callback.getTarget(), token: callback.getToken() };
}

export function writeTransformOptions(options: RegistrationOptions): resproto.TransformResourceOptions {
  const message = new resproto.TransformResourceOptions();
  message.setDependsOnList([...options.dependsOn]);
  message.setIgnoreChangesList([...options.ignoreChanges]);
  message.setReplaceOnChangesList([...options.replaceOnChanges]);
  message.setVersion(options.version);
  message.setAliasesList(options.aliases.map(writeAlias));
  message.setProvider(options.provider);
  message.setPluginDownloadUrl(options.pluginDownloadUrl);
  message.setDeletedWith(options.deletedWith);
  message.setReplaceWithList([...options.replaceWith]);
  message.setAdditionalSecretOutputsList([...options.additionalSecretOutputs]);
  message.setImport(options.importId);
  message.setHideDiffList([...options.hideDiffs]);
  if (options.protect !== undefined) {
    message.setProtect(options.protect);
  }
  if (options.retainOnDelete !== undefined) {
    message.setRetainOnDelete(options.retainOnDelete);
  }
  if (options.deleteBeforeReplace !== undefined) {
    message.setDeleteBeforeReplace(options.deleteBeforeReplace);
  }
  for (const [name, reference] of Object.entries(options.providers)) {
    message.getProvidersMap().set(name, reference);
  }
  const timeouts = new resproto.RegisterResourceRequest.CustomTimeouts();
  timeouts.setCreate(options.customTimeouts.create);
  timeouts.setUpdate(options.customTimeouts.update);
  timeouts.setDelete(options.customTimeouts.delete);
  message.setCustomTimeouts(timeouts);
  const hooks = new resproto.RegisterResourceRequest.ResourceHooksBinding();
  hooks.setBeforeCreateList([...options.hooks.beforeCreate]);
  hooks.setAfterCreateList([...options.hooks.afterCreate]);
  message.setHooks(hooks);
  return message;
}

export function readTransformOptions(message: resproto.TransformResourceOptions): RegistrationOptions {
  return {
    provider: message.getProvider(),
    providers: readStringMap(message.getProvidersMap()),
    version: message.getVersion(),
    pluginDownloadUrl: message.getPluginDownloadUrl(),
    dependsOn: message.getDependsOnList(),
    protect: message.hasProtect() ? message.getProtect() : undefined,
    retainOnDelete: message.hasRetainOnDelete() ? message.getRetainOnDelete() : undefined,
    deleteBeforeReplace: message.hasDeleteBeforeReplace() ? message.getDeleteBeforeReplace() : undefined,
    ignoreChanges: message.getIgnoreChangesList(),
    replaceOnChanges: message.getReplaceOnChangesList(),
    hideDiffs: message.getHideDiffList(),
    additionalSecretOutputs: message.getAdditionalSecretOutputsList(),
    aliases: message.getAliasesList().map((alias) => readAlias(alias, true)),
    deletedWith: message.getDeletedWith(),
    replaceWith: message.getReplaceWithList(),
    importId: message.getImport(),
    customTimeouts: readTimeouts(message.getCustomTimeouts()),
    hooks: readHooks(message.getHooks()),
  };
}

function readPlace(position: sourceproto.SourcePosition | undefined): SourcePlace | undefined {
  return position === undefined
    ? undefined
    : placeOf(position.getUri(), position.getLine(), position.getColumn());
}

function readTimeouts(
  timeouts: resproto.RegisterResourceRequest.CustomTimeouts | undefined,
): RegistrationOptions["customTimeouts"] {
  return {
    create: timeouts?.getCreate() ?? "",
    update: timeouts?.getUpdate() ?? "",
    delete: timeouts?.getDelete() ?? "",
  };
}

function readHooks(hooks: resproto.RegisterResourceRequest.ResourceHooksBinding | undefined): HookBinding {
  return hooks === undefined
    ? NO_HOOKS
    : { beforeCreate: hooks.getBeforeCreateList(), afterCreate: hooks.getAfterCreateList() };
}

function readStringMap(map: { forEach(visit: (value: string, key: string) => void): void }): {
  readonly [key: string]: string;
} {
  const entries: [string, string][] = [];
  map.forEach((value, key) => entries.push([key, value]));
  return Object.fromEntries(entries);
}

/**
 * @param proper whether the SDK follows the specification. Older Node.js SDKs give an absent parent as "no parent" and
 *   "no parent" as an absent one.
 */
function readAlias(alias: aliasproto.Alias, proper: boolean): Alias {
  const spec = alias.getSpec();
  if (spec === undefined) {
    return { urn: alias.getUrn() };
  }
  const parent = spec.getParenturn();
  const noParent = proper ? spec.getNoparent() : parent === "" && !spec.getNoparent();
  return {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent,
    noParent,
  };
}

function writeAlias(alias: Alias): aliasproto.Alias {
  const message = new aliasproto.Alias();
  if ("urn" in alias) {
    message.setUrn(alias.urn);
    return message;
  }
  const spec = new aliasproto.Alias.Spec();
  spec.setName(alias.name);
  spec.setType(alias.type);
  spec.setStack(alias.stack);
  spec.setProject(alias.project);
  if (alias.noParent) {
    spec.setNoparent(true);
  } else if (alias.parent !== "") {
    spec.setParenturn(alias.parent);
  }
  message.setSpec(spec);
  return message;
}
