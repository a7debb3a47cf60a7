import type { Model } from "../../model.ts";
import { oneOf, wholeNumber } from "../../rules/formats.ts";
import { format } from "../../rules/rule.ts";
import { always } from "../common.ts";

/** What an account has once in a region: these adopt it, and set it. */
function once(model: Omit<Model, "id" | "replaces">, id: Model["id"]): Model {
  return { ...model, id, replaces: [] };
}

export const encryptionByDefault: Model = once(
  { type: "aws:ebs/encryptionByDefault:EncryptionByDefault", defaults: { enabled: true } },
  (reading) => `terraform-${reading.hex("default", 26)}`,
);

export const serialConsoleAccess: Model = once(
  { type: "aws:ec2/serialConsoleAccess:SerialConsoleAccess", defaults: { enabled: true } },
  (reading) => reading.place.region,
);

/** Source: EC2 API Reference, ModifyInstanceMetadataDefaults. */
export const instanceMetadataDefaults: Model = once(
  {
    type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    rules: [
      format("httpEndpoint", oneOf("disabled", "enabled", "no-preference")),
      format("httpTokens", oneOf("no-preference", "optional", "required")),
      format("instanceMetadataTags", oneOf("disabled", "enabled", "no-preference")),
      format("httpPutResponseHopLimit", wholeNumber(-1, 64)),
    ],
    computed: {
      httpEndpoint: always("no-preference"),
      httpPutResponseHopLimit: always(-1),
      httpTokens: always("no-preference"),
      instanceMetadataTags: always("no-preference"),
    },
  },
  (reading) => reading.place.region,
);
