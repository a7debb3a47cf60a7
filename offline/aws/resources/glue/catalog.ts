import { isWireMap } from "../../../protocol/wire.ts";
import type { Wire } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import { length, matching, notMatching } from "../../rules/formats.ts";
import { format, known, type Rule } from "../../rules/rule.ts";
import { asText } from "../../values.ts";
import { always } from "../common.ts";

/** Athena finds no database or table whose name has capitals. Source: Glue API Reference; Athena, "name databases". */
const NAME = [
  length(1, 255),
  notMatching(/[A-Z]/u, "Glue keeps names in lower case, and so a capital differs for ever"),
] as const;

const PROJECTION_TYPES = new Set(["date", "enum", "injected", "integer"]);

/** What each type of a projected column needs. Source: Athena User Guide, "supported types for partition projection". */
const PROJECTION_NEEDS: Readonly<Record<string, readonly string[]>> = {
  date: ["range", "format"],
  enum: ["values"],
  injected: [],
  integer: ["range"],
};

/** A table whose partitions are projected says of every one of them what it is. */
const projection: Rule = ({ inputs }) => {
  const [parameters] = known(inputs, "parameters");
  if (parameters === undefined || !isWireMap(parameters.value)) {
    return [];
  }
  const given = parameters.value;
  if (asText(given["projection.enabled"] ?? "") !== "true") {
    return [];
  }
  const keys = known(inputs, "partitionKeys[].name").map((found) => asText(found.value));
  return keys.flatMap((key) => {
    const type = asText(given[`projection.${key}.type`] ?? "");
    if (!PROJECTION_TYPES.has(type)) {
      return [
        {
          property: "parameters",
          reason: `\`projection.${key}.type\` is \`${type}\`, expected one of ${[...PROJECTION_TYPES].join(", ")}: set it`,
        },
      ];
    }
    return (PROJECTION_NEEDS[type] ?? [])
      .filter((need) => asText(given[`projection.${key}.${need}`] ?? "") === "")
      .map((need) => ({
        property: "parameters",
        reason: `\`projection.${key}.${need}\` is missing, which \`${type}\` needs: set it`,
      }));
  });
};

/** A template names every partition, or Athena does not find where they are. */
const template: Rule = ({ inputs }) => {
  const [parameters] = known(inputs, "parameters");
  const text = isWireMap(parameters?.value) ? parameters.value["storage.location.template"] : undefined;
  if (text === undefined) {
    return [];
  }
  return known(inputs, "partitionKeys[].name")
    .map((found) => asText(found.value))
    .filter((key) => !asText(text).includes(`\${${key}}`))
    .map((key) => ({
      property: "parameters",
      reason: `\`storage.location.template\` lacks \`\${${key}}\`: name every partition in it`,
    }));
};

const LOCATION = matching(/^s3:\/\/[^/]+\/.*$/u, "a location such as s3://bucket/folder/");

function catalogId(reading: { readonly place: { readonly account: string } }): Wire {
  return reading.place.account;
}

/** Source: Glue API Reference, CreateDatabase. */
export const catalogDatabase: Model = {
  type: "aws:glue/catalogDatabase:CatalogDatabase",
  id: (reading) => `${reading.text("catalogId", reading.place.account)}:${reading.text("name")}`,
  autoName: { property: "name", maxLength: 255, lowerCase: true },
  rules: [
    format("name", ...NAME),
    format("description", length(0, 2048)),
    format("catalogId", matching(/^\d{12}$/u, "the twelve digits of an account")),
    format("locationUri", LOCATION),
  ],
  unique: ["name"],
  replaces: ["catalogId", "name"],
  computed: {
    arn: (reading) => reading.arn("glue", `database/${reading.text("name")}`),
    catalogId,
    createTableDefaultPermissions: always([
      { permissions: ["ALL"], principal: { dataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" } },
    ]),
    locationUri: always(""),
  },
};

/** Source: Glue API Reference, CreateTable. */
export const catalogTable: Model = {
  type: "aws:glue/catalogTable:CatalogTable",
  id: (reading) =>
    `${reading.text("catalogId", reading.place.account)}:${reading.text("databaseName")}:${reading.text("name")}`,
  autoName: { property: "name", maxLength: 255, lowerCase: true },
  rules: [
    format("name", ...NAME),
    format("databaseName", ...NAME),
    format("description", length(0, 2048)),
    format("owner", length(0, 255)),
    format("catalogId", matching(/^\d{12}$/u, "the twelve digits of an account")),
    format("storageDescriptor.location", LOCATION),
    format("storageDescriptor.columns[].name", length(1, 255)),
    format("storageDescriptor.columns[].type", length(0, 131_072)),
    format("partitionKeys[].name", length(1, 255)),
    projection,
    template,
  ],
  replaces: ["catalogId", "databaseName", "name"],
  computed: {
    arn: (reading) => reading.arn("glue", `table/${reading.text("databaseName")}/${reading.text("name")}`),
    catalogId,
    parameters: always({}),
    partitionIndices: always([]),
    tableType: always(""),
  },
};
