/** A program without resources that still loads Pulumi's runtime, as every program does. */
import { getStack } from "@pulumi/pulumi";

export const stack = getStack();
