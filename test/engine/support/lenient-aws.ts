/**
 * The simulated `pulumi-resource-aws`, which takes every input as it is: `node lenient-aws.ts`. Real providers leave to AWS
 * much of what the simulated one refuses before anything is created.
 */
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { simulatedAws } from "@bastionless/offline/aws/index.ts";
import { runAsPlugin } from "@bastionless/offline/plugin/serve.ts";
import { simulatedService } from "@bastionless/offline/plugin/simulated-service.ts";
import { unary } from "@bastionless/offline/plugin/unary.ts";

await runAsPlugin({
  ...simulatedService(simulatedAws({})),
  check: unary((request: pb.CheckRequest) => {
    const response = new pb.CheckResponse();
    response.setInputs(request.getNews());
    return response;
  }),
  create: unary((request: pb.CreateRequest) => {
    const response = new pb.CreateResponse();
    response.setId(request.getPreview() ? "" : request.getUrn());
    // Nothing of what was asked for: the SDK of a program refuses some of it among outputs.
    response.setProperties(new struct.Struct());
    return response;
  }),
});
