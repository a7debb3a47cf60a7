import type { Diagnostic, PackInfo, ResourceRecord, Violation } from "./report.ts";

/** What happens while an environment runs, for a display. */
export type Progress =
  | { readonly kind: "pack-ready"; readonly pack: PackInfo }
  | { readonly kind: "resource"; readonly resource: ResourceRecord }
  | { readonly kind: "violation"; readonly violation: Violation }
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic }
  /** The program has ended well; stack policies run next. */
  | { readonly kind: "program-ended" }
  /** The environment is run again: what was told of it until now counts no more. */
  | { readonly kind: "again" };
