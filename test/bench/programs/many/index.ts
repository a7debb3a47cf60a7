/** Log groups in chains of ten, so that there are as many dependencies as resources. */
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Config } from "@pulumi/pulumi";

const CHAIN = 10;

const resources = new Config().requireNumber("resources");
let previous: LogGroup | undefined;
for (let index = 0; index < resources; index += 1) {
  const start = index % CHAIN === 0 ? undefined : previous;
  previous = new LogGroup(`group-${index}`, {
    name: `/many/group-${index}`,
    retentionInDays: 30,
    tags: { Index: String(index), ...(start === undefined ? {} : { After: start.arn }) },
  });
}
