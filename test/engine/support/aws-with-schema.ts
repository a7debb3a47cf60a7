/** The simulated `pulumi-resource-aws`, which also answers with its package's schema: `node aws-with-schema.ts`. */
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import { simulatedAws } from "@bastionless/offline/aws/index.ts";
import { runAsPlugin } from "@bastionless/offline/plugin/serve.ts";
import { simulatedService } from "@bastionless/offline/plugin/simulated-service.ts";
import { unary } from "@bastionless/offline/plugin/unary.ts";
import { awsPackageSchema } from "./aws-schema.ts";

await runAsPlugin({
  ...simulatedService(simulatedAws({})),
  getSchema: unary(() => {
    const response = new pb.GetSchemaResponse();
    response.setSchema(JSON.stringify(awsPackageSchema()));
    return response;
  }),
});
