import { arn, type KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";

/** What a workstation's token is, and who it is for. */
export interface TokenFacts {
  readonly identity: KnownIdentity;
  /** With a slash in front. */
  readonly parameterName: string;
  readonly accessTags: Readonly<Record<string, string>>;
  readonly requireMfa: boolean;
}

export function parameterArn(identity: KnownIdentity, parameterName: string): string {
  return arn(identity, "ssm", `parameter${parameterName}`);
}

/**
 * What the machine may beside opening sessions: to put its token. It cannot read it back.
 *
 * No statement on KMS: the parameter is under the key `aws/ssm`, whose own policy admits whoever may use the parameter.
 * Source: Systems Manager User Guide, "How AWS Systems Manager Parameter Store uses AWS KMS".
 */
export function machineStatements({ identity, parameterName }: TokenFacts): readonly PolicyStatement[] {
  return [
    {
      Sid: "PutToken",
      Effect: "Allow",
      Action: "ssm:PutParameter",
      Resource: parameterArn(identity, parameterName),
    },
  ];
}

/** What people need beside the tunnel, which `SessionAccess` gives: the token, and to start a machine that stopped. */
export function peopleStatements(facts: TokenFacts): readonly PolicyStatement[] {
  const { identity, parameterName, accessTags, requireMfa } = facts;
  const mfa = requireMfa ? { Bool: { "aws:MultiFactorAuthPresent": "true" } } : {};
  const tags = Object.fromEntries(
    Object.entries(accessTags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  );
  return [
    {
      Sid: "ReadToken",
      Effect: "Allow",
      Action: "ssm:GetParameter",
      Resource: parameterArn(identity, parameterName),
      ...(requireMfa ? { Condition: mfa } : {}),
    },
    {
      Sid: "StartStoppedMachine",
      Effect: "Allow",
      Action: "ec2:StartInstances",
      Resource: arn(identity, "ec2", "instance/*"),
      Condition: { StringEquals: tags, ...mfa },
    },
  ];
}
