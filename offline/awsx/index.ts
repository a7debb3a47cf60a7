/** The built-in expansion of the remote components of `@pulumi/awsx`. */
import { ComponentError } from "../protocol/component-error.ts";
import type { ComponentProvider } from "../protocol/component-host.ts";
import { constructVpc } from "./vpc.ts";

export interface AwsxOptions {
  /** The version of the `awsx` package the expansion answers for. @default "3.9.0" */
  readonly version?: string;
}

/** The version of awsx whose components are expanded, and whose real provider the expansion is checked against. */
export const AWSX_VERSION = "3.9.0";

const VPC = "awsx:ec2:Vpc";

/** Components that awsx has and this expansion does not are not known types. */
export function builtinAwsx(options: AwsxOptions = {}): ComponentProvider {
  return {
    name: "awsx",
    version: options.version ?? AWSX_VERSION,
    knowsType: (type) => type === VPC,
    construct: (request, host) => {
      if (request.type !== VPC) {
        return Promise.reject(new ComponentError(`unknown resource type ${request.type}`));
      }
      return constructVpc(request, host);
    },
  };
}
