import type { Model } from "../../model.ts";
import { length, matching, notMatching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { exclusive, format } from "../../rules/rule.ts";
import { always } from "../common.ts";

const SYSTEMS = [
  "ALMA_LINUX",
  "AMAZON_LINUX",
  "AMAZON_LINUX_2",
  "AMAZON_LINUX_2022",
  "AMAZON_LINUX_2023",
  "CENTOS",
  "DEBIAN",
  "MACOS",
  "ORACLE_LINUX",
  "RASPBIAN",
  "REDHAT_ENTERPRISE_LINUX",
  "ROCKY_LINUX",
  "SUSE",
  "UBUNTU",
  "WINDOWS",
];
const LEVELS = ["CRITICAL", "HIGH", "INFORMATIONAL", "LOW", "MEDIUM", "UNSPECIFIED"];
const FILTERS = [
  "ADVISORY_ID",
  "ARCH",
  "BUGZILLA_ID",
  "CLASSIFICATION",
  "CVE_ID",
  "EPOCH",
  "MSRC_SEVERITY",
  "NAME",
  "PATCH_ID",
  "PATCH_SET",
  "PRIORITY",
  "PRODUCT",
  "PRODUCT_FAMILY",
  "RELEASE",
  "REPOSITORY",
  "SECTION",
  "SECURITY",
  "SEVERITY",
  "VERSION",
];

/** Source: Systems Manager API Reference, CreatePatchBaseline. */
export const patchBaseline: Model = {
  type: "aws:ssm/patchBaseline:PatchBaseline",
  id: (reading) => `pb-0${reading.hex("baseline", 16)}`,
  autoName: { property: "name", maxLength: 128 },
  defaults: { approvedPatchesComplianceLevel: "UNSPECIFIED", operatingSystem: "WINDOWS" },
  rules: [
    format("name", matching(/^[a-zA-Z0-9_\-.]{3,128}$/u, "3 to 128 letters, digits and _ - .")),
    format("description", length(1, 1024)),
    format("operatingSystem", oneOf(...SYSTEMS)),
    format("approvedPatchesComplianceLevel", oneOf(...LEVELS)),
    format("rejectedPatchesAction", oneOf("ALLOW_AS_DEPENDENCY", "BLOCK")),
    format("approvalRules", (value) =>
      Array.isArray(value) && value.length > 10 ? "has too many rules: expected at most 10" : undefined,
    ),
    format("approvalRules[].approveAfterDays", wholeNumber(0, 360)),
    format("approvalRules[].approveUntilDate", matching(/^\d{4}-\d{2}-\d{2}$/u, "a date such as 2026-12-31")),
    exclusive(["approveAfterDays", "approveUntilDate"], "approvalRules[]"),
    format("approvalRules[].complianceLevel", oneOf(...LEVELS)),
    format("approvalRules[].patchFilters[].key", oneOf(...FILTERS)),
    format("approvalRules[].patchFilters[].values[]", length(1, 64)),
    format("globalFilters[].key", oneOf(...FILTERS)),
  ],
  replaces: ["operatingSystem"],
  computed: {
    arn: (reading) => reading.arn("ssm", `patchbaseline/${reading.id}`),
    availableSecurityUpdatesComplianceStatus: always(""),
    json: (reading) => JSON.stringify({ Name: reading.text("name") }),
    rejectedPatchesAction: always("ALLOW_AS_DEPENDENCY"),
  },
};

/** Source: Systems Manager API Reference, RegisterPatchBaselineForPatchGroup. */
export const patchGroup: Model = {
  type: "aws:ssm/patchGroup:PatchGroup",
  id: (reading) => `${reading.text("patchGroup")},${reading.text("baselineId")}`,
  rules: [
    format(
      "patchGroup",
      length(1, 256),
      matching(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, "what a tag's value takes"),
    ),
    format("patchGroup", notMatching(/^\s|\s$/u, "it has a space at an end")),
    format(
      "baselineId",
      matching(/^(?:arn:[a-z-]+:ssm:.+:patchbaseline\/)?pb-[0-9a-f]{17}$/u, "the id of a patch baseline"),
    ),
  ],
  replaces: ["baselineId", "patchGroup"],
};
