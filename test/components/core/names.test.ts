import assert from "node:assert/strict";
import fc from "fast-check";
import {
  defaultNamePrefix,
  NAME_PREFIX_LENGTH,
  nameFault,
  namePrefix,
  type NameKind,
  physicalName,
} from "../../../components/core/names.ts";
import { Problems } from "../../../components/core/problems.ts";

describe("a name prefix", () => {
  for (const valid of ["a", "shop-dev", "a1-b2-c3", "a".repeat(30), "off-aws"]) {
    it(`may be \`${valid}\``, () => {
      assert.equal(namePrefix(valid), undefined);
    });
  }

  for (const invalid of [
    "",
    "1shop",
    "-shop",
    "shop-",
    "shop--dev",
    "Shop",
    "shop_dev",
    "shop.dev",
    "a".repeat(31),
    "aws-shop",
    "amazon",
    "amzn1",
    "xn--shop",
    "sthree-shop",
  ]) {
    it(`may not be \`${invalid}\``, () => {
      assert.notEqual(namePrefix(invalid), undefined);
    });
  }

  it("is project and stack in lower case with hyphens by default", () => {
    assert.equal(defaultNamePrefix("Shop.Web", "dev_1"), "shop-web-dev-1");
    assert.equal(defaultNamePrefix("_shop", "dev."), "shop-dev");
  });

  it("leaves room for the longest name made from it, in every kind of name", () => {
    const prefix = "a".repeat(NAME_PREFIX_LENGTH);
    assert.equal(nameFault("bucket", `${prefix}-logs-111122223333-ap-southeast-1`), undefined);
    assert.equal(nameFault("kmsAlias", `alias/${prefix}-sessions`), undefined);
    assert.equal(nameFault("logGroup", `/${prefix}/sessions`), undefined);
  });

  it("by default is valid for whatever project and stack, where it is short and starts with a letter", () => {
    const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.-]{0,9}$/);
    fc.assert(
      fc.property(name, name, (project, stack) => {
        fc.pre(!/^(?:aws|amazon|amzn|xn-|sthree-)/i.test(`${project}-${stack}`));
        assert.equal(namePrefix(defaultNamePrefix(project, stack)), undefined);
      }),
    );
  });
});

describe("physical names", () => {
  const limits: readonly [kind: NameKind, start: string, maximum: number][] = [
    ["iamRole", "", 64],
    ["iamPolicy", "", 128],
    ["instanceProfile", "", 128],
    ["bucket", "", 63],
    ["logGroup", "", 512],
    ["kmsAlias", "alias/", 256],
    ["document", "", 128],
    ["securityGroup", "", 255],
  ];
  for (const [kind, start, maximum] of limits) {
    it(`of the kind ${kind} have up to ${maximum} characters`, () => {
      const fill = (length: number): string => start + "n".repeat(length - start.length);
      assert.equal(nameFault(kind, fill(maximum)), undefined);
      assert.notEqual(nameFault(kind, fill(maximum + 1)), undefined);
      assert.notEqual(nameFault(kind, start), undefined);
    });
  }

  const refused: readonly [kind: NameKind, name: string][] = [
    ["bucket", "logs.dev"],
    ["bucket", "-logs"],
    ["bucket", "lo"],
    ["document", "AWS-StartSSHSession"],
    ["document", "amazon-shell"],
    ["document", "a b"],
    ["iamRole", "a/b"],
    ["kmsAlias", "sessions"],
    ["kmsAlias", "alias/a.b"],
    ["securityGroup", "sg-1"],
    ["logGroup", "a b"],
  ];
  for (const [kind, name] of refused) {
    it(`of the kind ${kind} cannot be \`${name}\``, () => {
      assert.notEqual(nameFault(kind, name), undefined);
    });
  }

  it("are prefix and suffix, and a problem of the argument that makes them too long", () => {
    const problems = new Problems("X `x`");
    assert.equal(physicalName(problems, "iamRole", "shop-dev", "app"), "shop-dev-app");
    physicalName(problems, "iamRole", "shop-dev", "a".repeat(56), "name");
    assert.deepEqual(
      problems.all.map(({ path }) => path),
      ["name"],
    );
  });

  it("are not complained about where their prefix is", () => {
    const problems = new Problems("X `x`");
    physicalName(problems, "document", "aws", "shell");
    assert.deepEqual(problems.all, []);
  });
});
