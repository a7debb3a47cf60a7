import assert from "node:assert/strict";
import { type CommandDocumentArgs, type CommandStepArgs, planCommandDocument } from "@bastionless/components";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const STEP: CommandStepArgs = { name: "say", commands: ["echo hello"] };
const COMMON = { logging: { s3BucketName: "logs" }, instanceTags: { Project: "shop" } };

const plan = (args: Partial<CommandDocumentArgs>, name = "doc"): ReturnType<typeof planCommandDocument> =>
  planCommandDocument(name, { ...COMMON, ...args }, DEPLOYMENT);
const paths = (args: Partial<CommandDocumentArgs>, name?: string): readonly string[] =>
  problemPaths(() => plan(args, name));
/** Beside a step that is right. */
const beside = (args: Partial<CommandDocumentArgs>, name?: string): readonly string[] =>
  paths({ steps: [STEP], ...args }, name);
describe("the plan of a command document", () => {
  it("for steps alone has a share of the fleet at once, and stops at the first failure", () => {
    const { content, maxConcurrency, maxErrors, deliveryTimeoutSeconds, association, documentName } = plan({
      steps: [STEP, { ...STEP, name: "ps", platform: "Windows", timeoutSeconds: 5, onFailure: "continue" }],
    });
    assert.deepEqual([maxConcurrency, maxErrors, deliveryTimeoutSeconds], ["10%", "0", 600]);
    assert.equal(association, undefined);
    assert.equal(documentName, "shop-dev-doc");
    assert.deepEqual(content, {
      schemaVersion: "2.2",
      description: "Commands for a fleet",
      mainSteps: [
        {
          action: "aws:runShellScript",
          name: "say",
          precondition: { StringEquals: ["platformType", "Linux"] },
          inputs: { runCommand: ["echo hello"], timeoutSeconds: "600", onFailure: "exit" },
        },
        {
          action: "aws:runPowerShellScript",
          name: "ps",
          precondition: { StringEquals: ["platformType", "Windows"] },
          inputs: { runCommand: ["echo hello"], timeoutSeconds: "5" },
        },
      ],
    });
  });

  it("restarts on one machine at a time, and on none after a failure", () => {
    const { maxConcurrency, maxErrors, content } = plan({ restartService: { service: "nginx" } });
    assert.deepEqual([maxConcurrency, maxErrors], ["1", "0"]);
    assert.deepEqual(
      content.mainSteps.map(({ name, inputs }) => [name, inputs.onFailure]),
      [
        ["before", "exit"],
        ["restart", "exit"],
        ["after", "exit"],
      ],
    );
  });

  it("is for exactly one thing", () => {
    assert.deepEqual(paths({}), ["steps, healthCheck, collectLogs, restartService, withoutSudo"]);
    assert.deepEqual(beside({ healthCheck: {} }), ["steps, healthCheck"]);
    assert.deepEqual(paths({ withoutSudo: {}, restartService: { service: "a" } }), [
      "restartService, withoutSudo",
    ]);
  });

  it("fits in what AWS takes as a document", () => {
    const big = (platform: "Linux" | "Windows"): CommandStepArgs => ({
      name: platform,
      platform,
      commands: ['"'.repeat(19_000)],
    });
    assert.deepEqual(paths({ steps: [big("Linux")] }), []);
    assert.deepEqual(paths({ steps: [big("Linux"), big("Windows")] }), ["steps"]);
  });

  it("takes parameters that say what they admit and are used", () => {
    const steps = [{ ...STEP, commands: ["echo {{ level }}"] }];
    assert.deepEqual(paths({ steps, parameters: { level: { allowedValues: ["a"] } } }), []);
    assert.deepEqual(paths({ steps, parameters: { level: { allowedPattern: "^[a-z]$" } } }), []);
    assert.deepEqual(paths({ steps }), ["steps"]);
    assert.deepEqual(paths({ steps, parameters: { level: {} } }), ["parameters.level"]);
    assert.deepEqual(paths({ steps, parameters: { level: { allowedPattern: "a" } } }), [
      "parameters.level.allowedPattern",
    ]);
    assert.deepEqual(paths({ steps, parameters: { level: { allowedValues: ["a"], default: "b" } } }), [
      "parameters.level.default",
    ]);
    assert.deepEqual(beside({ parameters: { level: { allowedValues: ["a"] } } }), ["parameters.level"]);
    assert.deepEqual(paths({ healthCheck: {}, parameters: {} }), ["parameters"]);
  });

  it("takes what presets are given within its limits, and not beyond", () => {
    for (const service of ["nginx", "a@b.service", "s".repeat(255)]) {
      assert.deepEqual(paths({ restartService: { service } }), []);
      assert.deepEqual(paths({ healthCheck: { services: [service] } }), []);
    }
    for (const service of ["", "a b", "a;reboot", "$(id)", "a'b", "-a", "s".repeat(256)]) {
      assert.deepEqual(paths({ restartService: { service } }), ["restartService.service"]);
      assert.deepEqual(paths({ healthCheck: { services: ["a", service] } }), ["healthCheck.services[1]"]);
    }
    for (const [least, most, path, args] of [
      [
        1,
        3600,
        "restartService.settleSeconds",
        (n: number) => ({ restartService: { service: "a", settleSeconds: n } }),
      ],
      [1, 100, "healthCheck.maxDiskPercent", (n: number) => ({ healthCheck: { maxDiskPercent: n } })],
      [1, 100_000, "collectLogs.lines", (n: number) => ({ collectLogs: { paths: [], lines: n } })],
    ] as const) {
      assert.deepEqual([...paths(args(least)), ...paths(args(most))], []);
      for (const value of [least - 1, most + 1, least + 0.5]) {
        assert.deepEqual(paths(args(value)), [path]);
      }
    }
    for (const path of ["var/log/x", "/var/log/*", "/a b", "/a'b", "/../etc/shadow", "/a/..", "/"]) {
      assert.deepEqual(paths({ collectLogs: { paths: [path] } }), ["collectLogs.paths[0]"], path);
    }
    assert.deepEqual(paths({ collectLogs: { paths: ["/var/log/messages"] } }), []);
    assert.deepEqual(paths({ collectLogs: { paths: [], journal: false } }), ["collectLogs.paths"]);
    assert.deepEqual(paths({ collectLogs: { paths: [] }, logging: { cloudWatchLogGroupName: "/a" } }), [
      "collectLogs",
    ]);
  });

  it("takes limits as AWS does", () => {
    for (const amount of ["1", "50", "1%", "100%"]) {
      assert.deepEqual(beside({ maxConcurrency: amount, maxErrors: amount }), []);
    }
    assert.deepEqual(beside({ maxErrors: "0" }), []);
    assert.deepEqual(beside({ maxConcurrency: "0" }), ["maxConcurrency"]);
    assert.deepEqual(beside({ maxConcurrency: "0%" }), ["maxConcurrency"]);
    for (const amount of ["", "-1", "101%", "1.5", "10 %", "all"]) {
      assert.deepEqual(beside({ maxConcurrency: amount }), ["maxConcurrency"]);
      assert.deepEqual(beside({ maxErrors: amount }), ["maxErrors"]);
    }
    assert.deepEqual(beside({ deliveryTimeoutSeconds: 30 }), []);
    assert.deepEqual(beside({ deliveryTimeoutSeconds: 2_592_000 }), []);
    for (const deliveryTimeoutSeconds of [29, 2_592_001]) {
      assert.deepEqual(beside({ deliveryTimeoutSeconds }), ["deliveryTimeoutSeconds"]);
    }
  });

  it("is for machines with one to five tags that stand in a command line as they are", () => {
    const tags = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, "v"]));
    assert.deepEqual(beside({ instanceTags: tags(5) }), []);
    assert.deepEqual(beside({ instanceTags: tags(6) }), ["instanceTags"]);
    assert.deepEqual(beside({ instanceTags: {} }), ["instanceTags"]);
    for (const text of ["", "a b", "a,b", "*", '"', "$x", "v".repeat(129)]) {
      assert.deepEqual(beside({ instanceTags: { a: text } }), ['instanceTags["a"]'], text);
      assert.deepEqual(
        beside({ instanceTags: { [text]: "a" } }),
        [`instanceTags[${JSON.stringify(text)}]`],
        text,
      );
    }
  });

  it("runs by itself when AWS can, with nobody to set a parameter", () => {
    for (const scheduleExpression of [
      "rate(30 minutes)",
      "rate(1 hour)",
      "rate(7 days)",
      "cron(0 2 ? * SUN *)",
      "cron(0 0 2 ? * SUN#2 *)",
      "cron(0/30 * * * ? *)",
    ]) {
      assert.deepEqual(beside({ association: { scheduleExpression } }), [], scheduleExpression);
    }
    for (const scheduleExpression of [
      "rate(29 minutes)",
      "rate(0 days)",
      "rate(1 week)",
      "0 2 * * *",
      "cron(0 2 * * *)",
      "cron(0 2 * * * *)",
      "cron(0 2 ? * ? *)",
      "",
    ]) {
      assert.deepEqual(
        beside({ association: { scheduleExpression } }),
        ["association.scheduleExpression"],
        scheduleExpression,
      );
    }
    assert.deepEqual(beside({ association: { onlyAtSchedule: true } }), ["association.onlyAtSchedule"]);
    assert.deepEqual(beside({ association: {}, logging: { cloudWatchLogGroupName: "/a" } }), ["association"]);
    const steps = [{ ...STEP, commands: ["echo {{ a }}"] }];
    const parameters = { a: { allowedValues: ["b"] } };
    assert.deepEqual(paths({ steps, parameters, association: {} }), ["association"]);
    assert.deepEqual(
      paths({ steps, parameters: { a: { ...parameters.a, default: "b" } }, association: {} }),
      [],
    );
  });

  it("has names, descriptions, tags and a log that AWS takes", () => {
    assert.deepEqual(beside({}, "a".repeat(128)), ["name"]);
    assert.deepEqual(beside({ namePrefix: "Shop" }), ["namePrefix"]);
    for (const documentName of ["ab", "AWS-x", "amazon-x", "a b", "a".repeat(129)]) {
      assert.deepEqual(beside({ documentName }), ["documentName"]);
    }
    assert.deepEqual(beside({ description: "d".repeat(512) }), []);
    assert.deepEqual(beside({ description: "d".repeat(513) }), ["description"]);
    assert.deepEqual(beside({ tags: { "aws:x": "y" } }), ['tags["aws:x"]']);
    assert.deepEqual(beside({ logging: {} }), ["logging"]);
  });

  it("reports everything that is wrong at once, also of two that exclude each other", () => {
    assert.deepEqual(
      paths({
        steps: [{ ...STEP, name: "" }],
        healthCheck: { maxDiskPercent: 0 },
        maxErrors: "x",
        instanceTags: {},
        logging: {},
      }),
      [
        "steps, healthCheck",
        "steps[0].name",
        "healthCheck.maxDiskPercent",
        "maxErrors",
        "instanceTags",
        "logging",
      ],
    );
  });
});
