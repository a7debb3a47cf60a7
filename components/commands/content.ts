import type { ParameterContent } from "../documents/content.ts";
import type { CommandPlatform } from "./args.ts";

/**
 * The content of Command documents in schema 2.2, as plain data.
 *
 * Source: Systems Manager User Guide, "Schemas, features, and examples" and "Command document plugin reference".
 */
export interface CommandContent {
  readonly schemaVersion: "2.2";
  readonly description: string;
  readonly parameters?: Readonly<Record<string, ParameterContent>>;
  readonly mainSteps: readonly StepContent[];
}

export interface StepContent {
  readonly action: "aws:runPowerShellScript" | "aws:runShellScript";
  readonly name: string;
  readonly precondition: { readonly StringEquals: readonly ["platformType", CommandPlatform] };
  readonly inputs: {
    readonly runCommand: readonly string[];
    readonly timeoutSeconds: string;
    readonly workingDirectory?: string;
    readonly onFailure?: "exit";
  };
}

export interface StepPlan {
  readonly name: string;
  readonly platform: CommandPlatform;
  readonly commands: readonly string[];
  readonly timeoutSeconds: number;
  readonly workingDirectory: string | undefined;
  readonly exitsOnFailure: boolean;
}

/** The document that AWS is given. Pure. A step that another platform's machine skips has not failed there. */
export function commandContent(
  description: string,
  parameters: Readonly<Record<string, ParameterContent>>,
  steps: readonly StepPlan[],
): CommandContent {
  return {
    schemaVersion: "2.2",
    description,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    mainSteps: steps.map((step) => ({
      action: step.platform === "Windows" ? "aws:runPowerShellScript" : "aws:runShellScript",
      name: step.name,
      precondition: { StringEquals: ["platformType", step.platform] },
      inputs: {
        runCommand: step.commands,
        timeoutSeconds: String(step.timeoutSeconds),
        ...(step.workingDirectory !== undefined && { workingDirectory: step.workingDirectory }),
        // Without it the steps after a failed one run all the same.
        ...(step.exitsOnFailure && { onFailure: "exit" as const }),
      },
    })),
  };
}
