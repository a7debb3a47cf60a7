export { previewEnvironment } from "./preview-environment.ts";
export type { Progress } from "./progress.ts";
export type {
  Diagnostic,
  Enforcement,
  Failed,
  Finished,
  Outcome,
  PackInfo,
  PolicyInfo,
  Problem,
  RemediationRecord,
  Report,
  ResourceOptionsRecord,
  ResourceRecord,
  Severity,
  SourcePlace,
  UnknownType,
  Violation,
} from "./report.ts";
export type {
  EnvironmentRequest,
  Mode,
  PackRequest,
  ProjectInfo,
  RuntimeOptions,
  Simulated,
  StackConfig,
} from "./request.ts";
export type { SharedProcesses } from "./shared/shared-processes.ts";
export { isForeignFrame } from "./source-place.ts";
