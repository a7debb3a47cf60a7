import assert from "node:assert/strict";
import { readProps, UNKNOWN } from "@bastionless/policies/reader/data.ts";
import { at, atFirst, type Place, root } from "@bastionless/policies/reader/place.ts";
import {
  readBoolean,
  readInteger,
  readList,
  readOneOrList,
  readText,
} from "@bastionless/policies/reader/read.ts";
import { readDocument } from "@bastionless/policies/reader/structured-text.ts";
import policy from "@pulumi/policy";
import fc from "fast-check";
import { UNKNOWN as SENTINEL } from "./support/stack.ts";

function proxied(props: Record<string, unknown>): unknown {
  return policy.unknownCheckingProxy(props);
}

/** A proxy that throws on unknowns as that of @pulumi/policy does, and does not give away what it wraps. */
function closedProxy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return new Proxy(value, {
    get: (target, key) => {
      const found: unknown = Reflect.get(target, key);
      if (found === SENTINEL) {
        throw new policy.UnknownValueError(SENTINEL, [String(key)]);
      }
      return closedProxy(found);
    },
  });
}

describe("reading properties", () => {
  const props = {
    name: "web",
    ports: [22, SENTINEL],
    nested: { known: true, later: SENTINEL, deeper: [{ later: SENTINEL, known: 1 }] },
    later: SENTINEL,
    nothing: null,
  };
  const expected = {
    name: "web",
    ports: [22, UNKNOWN],
    nested: { known: true, later: UNKNOWN, deeper: [{ later: UNKNOWN, known: 1 }] },
    later: UNKNOWN,
    nothing: null,
  };

  it("keeps what is known beside what is not", () => {
    assert.deepEqual(readProps(proxied(props)), expected);
  });

  it("does so through a proxy that gives nothing away, too", () => {
    assert.deepEqual(readProps(closedProxy(props)), expected);
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
        (value) => {
          readProps(value);
          readProps({ value });
        },
      ),
    );
  });

  it("takes values that hold no data, such as assets, for unknown", () => {
    assert.deepEqual(readProps({ made: new Date(0), call: () => 1 }), { made: UNKNOWN, call: UNKNOWN });
  });

  it("ends in bounded depth", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    assert.doesNotThrow(() => readProps(cyclic));
  });

  it("keeps a key that is the name of a prototype's property an ordinary one", () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"type": "ingress"}, "constructor": 1}');
    const read = readProps(hostile);
    assert.deepEqual(readText(at(root(read), "type")), { kind: "absent", path: "type" });
    assert.deepEqual(readText(at(at(root(read), "__proto__"), "type")), { kind: "known", value: "ingress" });
    assert.deepEqual(readText(at(root({}), "toString")), { kind: "absent", path: "toString" });
  });
});

describe("reading a place", () => {
  const place = (data: Place["data"]): Place => ({ data, path: "p" });

  it("names the outermost value that is not known", () => {
    const below = at(at(root({ ingress: UNKNOWN }), "ingress"), "fromPort");
    assert.deepEqual(readInteger(below), { kind: "unknown", path: "ingress" });
  });

  it("takes whole numbers and their plain decimal digits, and nothing else, for ports", () => {
    for (const [data, value] of [
      [22, 22],
      ["22", 22],
      ["-1", -1],
      [0, 0],
    ] as const) {
      assert.deepEqual(readInteger(place(data)), { kind: "known", value });
    }
    // With leading zeros they are octal digits to some readers: `"026"` is 26, or 22.
    for (const data of ["0022", "026", "-01", "-0", "00", "+22"]) {
      assert.equal(readInteger(place(data)).kind, "malformed", data);
    }
    assert.deepEqual(readInteger(place("0")), { kind: "known", value: 0 });
    for (const data of [22.5, "22.0", " 22", "0x16", "2e1", "٢٢", "２２", "", true, [], {}, Number.NaN]) {
      assert.equal(readInteger(place(data)).kind, "malformed", JSON.stringify(data));
    }
    assert.equal(readInteger(place(null)).kind, "absent");
    assert.equal(readInteger(place(undefined)).kind, "absent");
  });

  it("takes the words true and false for booleans, as providers do", () => {
    assert.deepEqual(readBoolean(place("false")), { kind: "known", value: false });
    assert.equal(readBoolean(place("False")).kind, "malformed");
    assert.equal(readBoolean(place(0)).kind, "malformed");
  });

  it("leaves null members out of a list, and keeps the others' places", () => {
    assert.deepEqual(readList(place([null, 1, UNKNOWN])), {
      kind: "known",
      value: [
        { data: 1, path: "p[1]" },
        { data: UNKNOWN, path: "p[2]" },
      ],
    });
    assert.equal(readList(place({})).kind, "malformed");
  });

  it("takes one block for a list of one", () => {
    assert.deepEqual(readOneOrList(place({ a: 1 })), {
      kind: "known",
      value: [{ data: { a: 1 }, path: "p" }],
    });
  });

  it("takes the first name of a property that is there, also when it is not known", () => {
    assert.deepEqual(atFirst(root({ rule: null, rules: UNKNOWN }), "rule", "rules"), {
      data: UNKNOWN,
      path: "rules",
    });
    assert.deepEqual(atFirst(root({}), "rule", "rules"), { data: undefined, path: "rule" });
  });
});

describe("reading a document in a text", () => {
  const place = (data: Place["data"]): Place => ({ data, path: "content" });

  it("reads JSON and YAML alike", () => {
    const json = readDocument(place('{"a": [1, {"b": null}]}'), "json");
    assert.deepEqual(json, readDocument(place("a:\n  - 1\n  - b: ~\n"), "yaml"));
    assert.deepEqual(json, readDocument(place("a:\n  - 1\n  - b: ~\n"), "either"));
  });

  it("takes a text that was put together from an unknown for unknown", () => {
    assert.equal(readDocument(place(`{"key": "${SENTINEL}"}`), "json").kind, "unknown");
    assert.equal(readDocument(place(UNKNOWN), "json").kind, "unknown");
  });

  it("refuses a key that stands twice, however it is written", () => {
    for (const text of ['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"x":[{"a":{},"b":1,"a":2}]}']) {
      assert.equal(readDocument(place(text), "json").kind, "malformed", text);
    }
    assert.equal(readDocument(place("a: 1\na: 2\n"), "yaml").kind, "malformed");
  });

  it("refuses YAML that readers read in different ways: merge keys, tags, several documents", () => {
    const base = "base: &base {s3EncryptionEnabled: false}\n";
    for (const text of [
      `${base}inputs:\n  <<: *base\n`,
      `${base}inputs: {"<<": *base}\n`,
      `${base}<<: [*base]\n`,
      "a: !Ref b\n",
      "a: !!binary bG9ncw==\n",
      "!mine {a: 1}\n",
      "a: 1\n---\na: 2\n",
      "a:\n\tb: 1\n",
    ]) {
      assert.equal(readDocument(place(text), "yaml").kind, "malformed", text);
    }
    assert.deepEqual(readDocument(place(`${base}inputs: *base\n`), "yaml"), {
      kind: "known",
      value: { base: { s3EncryptionEnabled: false }, inputs: { s3EncryptionEnabled: false } },
    });
    assert.deepEqual(readDocument(place("a: !!str 1\nb: '<<'\n"), "yaml"), {
      kind: "known",
      value: { a: "1", b: "<<" },
    });
  });

  it("takes tags in a template, and no merge keys", () => {
    assert.deepEqual(readDocument(place("a: !Sub b\n"), "template"), { kind: "known", value: { a: "b" } });
    assert.equal(readDocument(place("a: &a {b: 1}\nc: {<<: *a}\n"), "template").kind, "malformed");
  });

  it("lets one key stand in several objects, and as a value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ value, same: [value, "value", { value: "}{,:" }] });
        assert.equal(readDocument(place(text), "json").kind, "known");
      }),
    );
  });

  it("refuses what is no document, in bounded time", () => {
    for (const data of ["{", "[1,", "{'a':1}", "nul", 1, [1], "[".repeat(200_000), "x".repeat(2_000_000)]) {
      assert.equal(readDocument(place(data), "json").kind, "malformed");
    }
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from("bcdefghi", (name, index) => {
      const before = "abcdefgh".charAt(index);
      return `${name}: &${name} [*${before},*${before},*${before},*${before},*${before},*${before},*${before},*${before},*${before}]`;
    }).join("\n")}`;
    assert.equal(readDocument(place(bomb), "yaml").kind, "malformed");
  });
});
