import { secret } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import { arn, length, oneOf } from "../../rules/formats.ts";
import { iamName, iamPath } from "../../rules/iam-names.ts";
import { format } from "../../rules/rule.ts";
import { always, CREATED } from "../common.ts";

/** Source: IAM API Reference, CreateUser. */
export const user: Model = {
  type: "aws:iam/user:User",
  id: (reading) => reading.text("name"),
  autoName: { property: "name", maxLength: 64 },
  defaults: { forceDestroy: false, path: "/" },
  rules: [
    format("name", iamName(64)),
    format("path", iamPath, length(1, 512)),
    format("permissionsBoundary", arn("iam")),
  ],
  replaces: [],
  computed: {
    arn: (reading) =>
      reading.arn("iam", `user${reading.text("path", "/")}${reading.text("name", reading.id)}`, {
        region: true,
      }),
    uniqueId: (reading) => reading.iamId("AIDA"),
  },
  fromId: (id) => ({ name: id }),
};

/** Source: IAM API Reference, CreateGroup. */
export const group: Model = {
  type: "aws:iam/group:Group",
  id: (reading) => reading.text("name"),
  autoName: { property: "name", maxLength: 128 },
  defaults: { path: "/" },
  rules: [format("name", iamName(128)), format("path", iamPath, length(1, 512))],
  replaces: [],
  computed: {
    arn: (reading) =>
      reading.arn("iam", `group${reading.text("path", "/")}${reading.text("name", reading.id)}`, {
        region: true,
      }),
    uniqueId: (reading) => reading.iamId("AGPA"),
  },
  fromId: (id) => ({ name: id }),
};

export const groupMembership: Model = {
  type: "aws:iam/groupMembership:GroupMembership",
  id: (reading) => reading.text("name"),
  rules: [format("group", iamName(128)), format("users[]", iamName(64))],
  replaces: ["group", "name"],
  comparisons: { users: "set" },
};

export const userGroupMembership: Model = {
  type: "aws:iam/userGroupMembership:UserGroupMembership",
  id: (reading) => `terraform-${reading.hex("membership", 26)}`,
  rules: [format("user", iamName(64)), format("groups[]", iamName(128))],
  replaces: ["user"],
  comparisons: { groups: "set" },
};

/** A long-term key. Its secret is made up, and secret all the same. */
export const accessKey: Model = {
  type: "aws:iam/accessKey:AccessKey",
  id: (reading) => reading.iamId("AKIA"),
  defaults: { status: "Active" },
  rules: [format("user", iamName(64)), format("status", oneOf("Active", "Inactive"))],
  replaces: ["pgpKey", "user"],
  computed: {
    createDate: () => CREATED,
    encryptedSecret: always(""),
    encryptedSesSmtpPasswordV4: always(""),
    keyFingerprint: always(""),
    secret: (reading) => secret(reading.hex("secret", 40)),
    sesSmtpPasswordV4: (reading) => secret(reading.hex("smtp", 40)),
  },
};
