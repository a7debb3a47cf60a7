import { planSessionDocument, SessionDocument } from "@bastionless/components";
import { type BadInput, row, type Row, told, within } from "../bad-input.ts";
import { COMMON, DOCUMENT_NAME, LOGGING, PORT, PREFERENCES, TEXT_512 } from "./common.ts";

/** A document of another kind than the one of `right`. */
function kind(name: string, args: object): { readonly shell: undefined } {
  return { shell: undefined, [name]: args };
}

function beside(rows: Readonly<Record<string, Row>>, args: object): Record<string, Row> {
  return Object.fromEntries(
    Object.entries(rows).map(([pattern, one]) => [pattern, { ...one, beside: args }]),
  );
}

/** What a shell is like, wherever it is said. */
export const SHELL: Readonly<Record<string, Row>> = {
  idleTimeoutMinutes: row([1, 60], [0, -0, 61, 1.5, -1]),
  maxDurationMinutes: row([1, 1440], [0, 1441, 1.5, -1]),
  runAsDefaultUser: row(
    ["u", "_u", "u".repeat(256), "DOMAIN\\user", "user@domain"],
    ["", "root", "1u", "u u", "u".repeat(257), "u;", "$(id)"],
  ),
  linuxProfile: row(
    ["", "cd\\n", "p".repeat(20_000), "ä".repeat(10_000)],
    ["p".repeat(20_001), "ä".repeat(10_001)],
  ),
  windowsProfile: row(["", "cd", "p".repeat(20_000)], ["p".repeat(20_001), "\\n".repeat(10_001)]),
};

const COMMANDS = { logging: LOGGING, linux: "run {{ x }}", parameters: { x: { allowedPattern: "^a$" } } };
const commands = kind("commands", COMMANDS);
const menu = kind("menu", { logging: LOGGING, linux: { x: "uptime" } });
const port = kind("port", { port: 22 });
const remote = kind("remotePort", { port: 22, host: "db.internal" });

/** What a parameter of a command admits. */
export function parameterRows(around: (parameters: object) => object, path: string): Record<string, Row> {
  const one = around({ x: { allowedPattern: "^a+$" } });
  return {
    [`${path}.*.description`]: { ...TEXT_512, beside: one },
    [`${path}.*.default`]: row(["a", "aaa"], ["", "b", "ab"], one),
    [`${path}.*.allowedPattern`]: row(
      ["^a$", "^(?:a|b)$", "^[a-z]{1,9}$"],
      ["", "a", "^a", "a$", "^a|b$", "^.*\\$", "^($", "^[\\s\\S]*$"],
      one,
    ),
    [`${path}.*.allowedValues`]: row([["a"], ["a", "b"]], [[]], around({ x: { allowedValues: ["a"] } })),
  };
}

/** Names of parameters. */
export const PARAMETER_NAMES = ["", "1a", "a b", "a-b", "a".repeat(129)];

export const SESSION_DOCUMENT: BadInput = {
  component: "SessionDocument",
  right: { shell: { logging: LOGGING } },
  plan: planSessionDocument,
  construct: SessionDocument,
  names: { takes: ["n", "n".repeat(119)], refuses: ["", "n".repeat(120), "a b", "a/b", "ä"] },
  rows: {
    ...COMMON,
    documentName: DOCUMENT_NAME,
    description: TEXT_512,
    ...within("shell", SHELL),
    ...within("shell.logging", PREFERENCES),
    "port.port": { ...PORT, beside: port },
    "port.ports": row([[22], [22, 23]], [[], [22, 22]], kind("port", { ports: [22] })),
    "port.ports[]": { ...PORT, beside: kind("port", { ports: [22] }) },
    "port.localPort": row([0, 1, 65_535], [-1, 65_536, 1.5], port),
    "remotePort.port": { ...PORT, beside: remote },
    "remotePort.ports": row(
      [[22], [22, 23]],
      [[], [22, 22]],
      kind("remotePort", { ports: [22], host: "db" }),
    ),
    "remotePort.ports[]": { ...PORT, beside: kind("remotePort", { ports: [22], host: "db" }) },
    "remotePort.localPort": row([0, 1, 65_535], [-1, 65_536, 1.5], remote),
    "remotePort.host": row(
      ["db", "db.internal.", "10.0.0.1", "fd00::1", "a_b.c", `${"a".repeat(63)}.${"b".repeat(63)}`],
      [
        "",
        "https://db",
        "db:22",
        "a b",
        "a".repeat(64),
        `${"a.".repeat(127)}a`,
        "169.254.169.254",
        "instance-data",
        "0xa9fea9fe",
      ],
      remote,
    ),
    "remotePort.hostPattern": row(
      ["^db-[a-z]+\\.internal$"],
      ["", "db", "^.*$", "^169[.]254[.]169[.]254$", "^(?:db|instance-data)$"],
      kind("remotePort", { port: 22 }),
    ),
    "ssh.ports": row([[22], [22, 2222]], [[], [22, 22]], kind("ssh", {})),
    "ssh.ports[]": { ...PORT, beside: kind("ssh", { ports: [22] }) },
    ...beside(within("commands.logging", PREFERENCES), commands),
    "commands.linux": row(
      ["run {{ x }}", `{{ x }}${"l".repeat(19_993)}`, "{{ x }} {{ssm:name}}"],
      [
        `{{ x }}${"l".repeat(19_994)}`,
        "{{ x }} {{ y }}",
        told("", "commands.linux", "commands.parameters.x"),
      ],
      commands,
    ),
    "commands.windows": row(
      ["run {{ x }}", "l".repeat(20_000)],
      ["", "l".repeat(20_001), "{{ y }}"],
      commands,
    ),
    "commands.parameters": row(
      [COMMANDS.parameters],
      PARAMETER_NAMES.map((name) =>
        told(
          { ...COMMANDS.parameters, [name]: { allowedPattern: "^a$" } },
          `commands.parameters.${name}`,
          `commands.parameters.${name}`,
        ),
      ),
      commands,
    ),
    ...parameterRows((parameters) => kind("commands", { ...COMMANDS, parameters }), "commands.parameters"),
    ...beside(within("menu.logging", PREFERENCES), menu),
    "menu.linux": row(
      [{ a: "uptime" }, { ["e".repeat(64)]: "uptime" }],
      [
        told({}, "menu.linux"),
        ...["", "A", "a b", "-a", "a-", "e".repeat(65)].map((name) =>
          told({ [name]: "uptime" }, `menu.linux.${name}`),
        ),
      ],
      menu,
    ),
    "menu.linux.*": row(
      ["uptime"],
      ["", "a\nb", "a {{ b }}", told("l".repeat(20_001), "menu.linux")].map((value) =>
        typeof value === "string" ? told(value, "menu.linux.x") : value,
      ),
      menu,
    ),
    "menu.windows": row(
      [{ a: "uptime" }],
      ["", "A", "a b"].map((name) => told({ [name]: "uptime" }, `menu.windows.${name}`)),
      menu,
    ),
    "menu.windows.*": row(
      ["uptime"],
      ["", "a\r\nb"].map((value) => told(value, "menu.windows.x")),
      menu,
    ),
  },
  unlimited: {
    "commands.parameters.*.allowedValues[]":
      "they are written into a pattern, letter by letter; what a shell takes specially is whoever lists it to know",
  },
  conflicts: [
    ["no kind", { shell: undefined }, ["shell, port, remotePort, ssh, commands, menu"]],
    ...["port", "remotePort", "ssh", "commands", "menu"].map((other): BadInput["conflicts"][number] => [
      `shell and ${other}`,
      {
        [other]: {
          port: { port: 22 },
          remotePort: { port: 22, host: "db" },
          ssh: {},
          commands: { logging: LOGGING, linux: "uptime" },
          menu: { logging: LOGGING, linux: { a: "uptime" } },
        }[other],
      },
      [`shell, ${other}`],
    ]),
    ["port and ports", kind("port", { port: 22, ports: [22] }), ["port.port"]],
    ["neither port nor ports", kind("port", {}), ["port.port"]],
    [
      "host and hostPattern",
      kind("remotePort", { port: 22, host: "db", hostPattern: "^db$" }),
      ["remotePort.host"],
    ],
    ["neither host nor hostPattern", kind("remotePort", { port: 22 }), ["remotePort.host"]],
    [
      "runAsDefaultUser with runAs off",
      { shell: { logging: LOGGING, runAs: false, runAsDefaultUser: "u" } },
      ["shell.runAs"],
    ],
    ["no command", kind("commands", { logging: LOGGING }), ["commands.linux"]],
    ["no entry", kind("menu", { logging: LOGGING }), ["menu.linux"]],
    ["logging to nowhere", { shell: { logging: {} } }, ["shell.logging"]],
    [
      "allowedPattern and allowedValues",
      kind("commands", { ...COMMANDS, parameters: { x: { allowedPattern: "^a$", allowedValues: ["a"] } } }),
      ["commands.parameters.x"],
    ],
    [
      "neither allowedPattern nor allowedValues",
      kind("commands", { ...COMMANDS, parameters: { x: {} } }),
      ["commands.parameters.x"],
    ],
    [
      "a parameter that no command uses",
      kind("commands", { ...COMMANDS, linux: "run" }),
      ["commands.parameters.x"],
    ],
  ],
};
