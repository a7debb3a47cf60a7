import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";

import { fromStruct, toStruct } from "../../../offline/engine/struct.ts";
import { UNKNOWN, secret } from "../../../offline/protocol/wire.ts";

const ENTRY = fileURLToPath(new URL("../../../offline/plugin/aws.ts", import.meta.url));
const URN = "urn:pulumi:dev::bastionless::pkg:index:Net$aws:ec2/vpc:Vpc::net";

/** A call of the client as a promise. */
function ask<Response>(
  call: (callback: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error === null) {
        resolve(response);
      } else {
        reject(error);
      }
    });
  });
}

describe("the executable of the simulated AWS provider", () => {
  let child: ChildProcess;
  let client: ResourceProviderClient;

  before(async () => {
    child = spawn(process.execPath, [ENTRY], { stdio: ["ignore", "pipe", "inherit"] });
    assert.ok(child.stdout !== null);
    const [port]: readonly unknown[] = await once(child.stdout, "data");
    client = new ResourceProviderClient(
      `127.0.0.1:${String(port).trim()}`,
      grpc.credentials.createInsecure(),
    );
    const request = new pb.ConfigureRequest();
    request.setArgs(
      toStruct({ region: "eu-west-1", defaultTags: JSON.stringify({ tags: { Team: "ops" } }) }),
    );
    const response = await ask<pb.ConfigureResponse>((callback) => client.configure(request, callback));
    assert.equal(response.getSupportspreview(), true);
    assert.equal(response.getAcceptsecrets(), true);
  });

  after(async () => {
    client.close();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  });

  it("completes inputs, with default tags from the provider's configuration", async () => {
    const request = new pb.CheckRequest();
    request.setUrn(URN);
    request.setNews(toStruct({ cidrBlock: "10.0.0.0/16", tags: { Name: secret("n") } }));
    const response = await ask<pb.CheckResponse>((callback) => client.check(request, callback));
    assert.deepEqual(response.getFailuresList(), []);
    assert.deepEqual(fromStruct(response.getInputs()), {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      instanceTenancy: "default",
      region: "eu-west-1",
      tags: { Name: secret("n") },
      tagsAll: secret({ Name: "n", Team: "ops" }),
    });
  });

  it("tells failures by their property", async () => {
    const request = new pb.CheckRequest();
    request.setUrn(URN);
    request.setNews(toStruct({ cidrBlock: "10.0.0.0/33" }));
    const response = await ask<pb.CheckResponse>((callback) => client.check(request, callback));
    assert.deepEqual(
      response.getFailuresList().map((failure) => failure.getProperty()),
      ["cidrBlock"],
    );
  });

  it("leaves unknown in a preview what only AWS can tell, and has no id", async () => {
    const request = new pb.CreateRequest();
    request.setUrn(URN);
    request.setPreview(true);
    request.setProperties(toStruct({ cidrBlock: "10.0.0.0/16" }));
    const response = await ask<pb.CreateResponse>((callback) => client.create(request, callback));
    assert.equal(response.getId(), "");
    assert.equal(fromStruct(response.getProperties())["arn"], UNKNOWN);
  });

  it("replaces a VPC whose network changes, and updates one whose tags change", async () => {
    const request = new pb.DiffRequest();
    request.setUrn(URN);
    request.setId("vpc-0123456789abcdef0");
    request.setOldInputs(toStruct({ cidrBlock: "10.0.0.0/16", tags: { Name: "a" } }));
    request.setNews(toStruct({ cidrBlock: "10.1.0.0/16", tags: { Name: "b" } }));
    const response = await ask<pb.DiffResponse>((callback) => client.diff(request, callback));
    assert.equal(response.getChanges(), pb.DiffResponse.DiffChanges.DIFF_SOME);
    assert.deepEqual(response.getDiffsList(), ["cidrBlock", "tags"]);
    assert.deepEqual(response.getReplacesList(), ["cidrBlock"]);
  });

  it("says how to supply the answer to a lookup that it has none for", async () => {
    const request = new pb.InvokeRequest();
    request.setTok("aws:ec2/getVpc:getVpc");
    request.setArgs(toStruct({ tags: { Name: "main" } }));
    await assert.rejects(
      ask<pb.InvokeResponse>((callback) => client.invoke(request, callback)),
      /aws:ec2\/getVpc:getVpc.*SIMULATED_AWS_ANSWERS/su,
    );
  });

  it("answers a lookup", async () => {
    const request = new pb.InvokeRequest();
    request.setTok("aws:index/getPartition:getPartition");
    const response = await ask<pb.InvokeResponse>((callback) => client.invoke(request, callback));
    assert.deepEqual(fromStruct(response.getReturn()), {
      dnsSuffix: "amazonaws.com",
      id: "aws",
      partition: "aws",
      reverseDnsPrefix: "com.amazonaws",
    });
  });
});
