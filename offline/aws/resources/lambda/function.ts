import { createHash } from "node:crypto";
import { isWireMap } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import { arn, json, length, matching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { exactlyOne, format, known, needs } from "../../rules/rule.ts";
import { parseJson } from "../../values.ts";
import { always, CREATED } from "../common.ts";

/** Runtimes that functions may still be made with. Source: Lambda Developer Guide, "Lambda runtimes". */
const RUNTIMES =
  /^(?:nodejs(?:20|22|24)\.x|python3\.(?:9|1[0-4])|java(?:8\.al2|11|17|21|25)|dotnet(?:8|9|10)|ruby3\.[2-4]|provided\.al2(?:023)?)$/u;

/** Source: Lambda API Reference, CreateFunction. */
export const lambdaFunction: Model = {
  type: "aws:lambda/function:Function",
  id: (reading) => reading.text("name"),
  autoName: { property: "name", maxLength: 64 },
  defaults: { memorySize: 128, packageType: "Zip", publish: false, skipDestroy: false, timeout: 3 },
  rules: [
    format("name", matching(/^[a-zA-Z0-9_-]{1,64}$/u, "1 to 64 letters, digits and _ -")),
    format("role", arn("iam")),
    format("runtime", matching(RUNTIMES, "a runtime that Lambda still makes functions with")),
    format("handler", matching(/^\S{1,128}$/u, "1 to 128 characters without spaces, such as index.handler")),
    format("description", length(0, 256)),
    format("memorySize", wholeNumber(128, 10_240)),
    format("timeout", wholeNumber(1, 900)),
    format("packageType", oneOf("Image", "Zip")),
    format("architectures[]", oneOf("arm64", "x86_64")),
    format("reservedConcurrentExecutions", wholeNumber(-1, 1_000_000)),
    format("kmsKeyArn", arn("kms")),
    exactlyOne(["code", "imageUri", "s3Bucket"]),
    needs("s3Bucket", ["s3Key"]),
    needs("code", ["handler"]),
    needs("code", ["runtime"]),
  ],
  unique: ["name"],
  replaces: ["name", "packageType"],
  computed: {
    architectures: always(["x86_64"]),
    arn: (reading) => reading.arn("lambda", `function:${reading.id}`),
    codeSha256: (reading) => reading.hex("code", 44),
    ephemeralStorage: always({ size: 512 }),
    invokeArn: (reading) =>
      `arn:${reading.place.partition}:apigateway:${reading.place.region}:lambda:path/2015-03-31/functions/${reading.arn("lambda", `function:${reading.id}`)}/invocations`,
    lastModified: () => CREATED,
    loggingConfig: (reading) => ({ logFormat: "Text", logGroup: `/aws/lambda/${reading.id}` }),
    qualifiedArn: (reading) => reading.arn("lambda", `function:${reading.id}:$LATEST`),
    qualifiedInvokeArn: (reading) =>
      `arn:${reading.place.partition}:apigateway:${reading.place.region}:lambda:path/2015-03-31/functions/${reading.arn("lambda", `function:${reading.id}:$LATEST`)}/invocations`,
    responseStreamingInvokeArn: (reading) =>
      `arn:${reading.place.partition}:apigateway:${reading.place.region}:lambda:path/2021-11-15/functions/${reading.arn("lambda", `function:${reading.id}`)}/response-streaming-invocations`,
    signingJobArn: always(""),
    signingProfileVersionArn: always(""),
    sourceCodeHash: (reading) => reading.hex("code", 44),
    sourceCodeSize: always(1024),
    tracingConfig: always({ mode: "PassThrough" }),
    version: always("$LATEST"),
  },
  fromId: (id) => ({ name: id }),
};

/**
 * Without a state of the account no code is run, and the result is that of a function that returns nothing.
 *
 * Source: Terraform's provider, aws_lambda_invocation.
 */
export const invocation: Model = {
  type: "aws:lambda/invocation:Invocation",
  id: (reading) => {
    const result = createHash("md5").update(reading.text("input")).digest("hex");
    return `${reading.text("functionName")}_${reading.text("qualifier", "$LATEST")}_${result}`;
  },
  defaults: { lifecycleScope: "CREATE_ONLY", qualifier: "$LATEST", terraformKey: "tf" },
  rules: [
    format("input", json),
    format("lifecycleScope", oneOf("CREATE_ONLY", "CRUD")),
    format("functionName", length(1, 170)),
    // The event must have a place for what happens to the resource.
    ({ inputs }) => {
      const [scope] = known(inputs, "lifecycleScope");
      const [input] = known(inputs, "input");
      if (scope?.value !== "CRUD" || typeof input?.value !== "string") {
        return [];
      }
      const event = parseJson(input.value);
      return event === undefined || isWireMap(event)
        ? []
        : [{ property: "input", reason: "is no JSON object: with `CRUD` it must be one" }];
    },
  ],
  replaces: ["functionName", "qualifier", "tenantId"],
  // Without CRUD only a new resource calls the function again.
  replacesPart: {
    input: (inputs) => (inputs["lifecycleScope"] === "CRUD" ? null : (inputs["input"] ?? null)),
    triggers: (inputs) =>
      inputs["lifecycleScope"] === "CRUD" || !isWireMap(inputs["triggers"]) ? null : inputs["triggers"],
  },
  computed: { result: always("null") },
};
