export type {
  ConditionBlock,
  ConditionValue,
  OneOrMany,
  PolicyDocument,
  PolicyVersion,
  PrincipalElement,
  PrincipalMap,
  Statement,
} from "./document.ts";

export { parsePolicyDocument, type ParseOptions } from "./parse/parse-document.ts";
export type {
  Condition,
  ConditionOperand,
  ParsedDocument,
  ParsedPrincipal,
  ParsedStatement,
  ParseResult,
  PatternElement,
  PolicyInput,
  PrincipalEntry,
  UnknownDocument,
  UnknownValue,
} from "./parse/parsed.ts";
export type { Problem, ProblemCode } from "./parse/problem.ts";
export { parseConditionOperator, type ConditionOperator } from "./parse/condition-operator.ts";

export { evaluate, type EvaluateOptions } from "./evaluate/evaluate.ts";
export type {
  ElementName,
  Evaluation,
  Mismatch,
  StatementRef,
  StatementTrace,
} from "./evaluate/evaluation.ts";
export type { Combination, Layer, PolicySet, ResourceColons } from "./evaluate/policy-set.ts";
export type { Principal, Request, RequestContext } from "./evaluate/request.ts";

export { formatInstant, parseInstant } from "./match/instant.ts";
export { decide } from "./decide/decide.ts";
export { decideRefused } from "./decide/refused.ts";
export { mayAllow } from "./decide/may-allow.ts";
export type {
  Answer,
  DecideOptions,
  Exclusion,
  None,
  Undecided,
  UndecidedReason,
  Witness,
  WitnessCheck,
} from "./decide/answer.ts";
export {
  absent,
  equals,
  matches,
  outside,
  present,
  type Check,
  type CredentialKind,
  type KeyConstraint,
  type Place,
  type Question,
  type Scenario,
} from "./decide/question.ts";

export { documentWarnings } from "./catalog/warnings.ts";
export { compare, type CompareOptions } from "./compare/compare.ts";

export { CREDENTIALS_WITHOUT_MFA } from "./questions/credentials.ts";
export { machineIdentity, MACHINE_IDENTITY_ACTIONS } from "./questions/machine-identity.ts";
export { sessionsOfOthers, type SessionAction } from "./questions/own-sessions.ts";
export {
  CHANGE_DOORS,
  SIDE_DOORS,
  sideDoorOpen,
  sideDoorOutsideTags,
  sideDoorWithoutMfa,
  type SideDoor,
  type SideDoorOptions,
} from "./questions/side-doors.ts";
export {
  anySession,
  sessionOutsideTags,
  sessionWithDocument,
  sessionWithOtherDocument,
  sessionWithOtherOwnDocument,
  sessionWithoutMfa,
  SESSION_TARGETS,
  type RequiredTags,
  type SessionQuestionOptions,
  type SessionTarget,
  type WithoutMfaOptions,
} from "./questions/start-session.ts";
export { assumeRoleWithoutMfa } from "./questions/trust.ts";
