import type { LookupAnswer } from "../protocol/provider.ts";
import type { ProblemLog } from "./problem-log.ts";
import type { Progress } from "./progress.ts";
import type { Diagnostic } from "./report.ts";
import type { StackConfig } from "./request.ts";

/** What every part of one environment's run shares. */
export interface RunContext {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly preview: boolean;
  /** This run only tells where another one's problems lie: what that one went on from, this one refuses. */
  readonly explains: boolean;
  readonly config: StackConfig;
  readonly answers: readonly LookupAnswer[];
  readonly problems: ProblemLog;
  readonly progress: (progress: Progress) => void;
  readonly diagnose: (diagnostic: Diagnostic) => void;
}
