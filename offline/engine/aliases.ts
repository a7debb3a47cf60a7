import { makeUrn, nameOf, qualifiedTypeOf, STACK_TYPE, typeOf } from "./urn.ts";

/** An alias as a program gives it: a whole URN, or the parts in which the old resource differed. */
export type Alias =
  | { readonly urn: string }
  | {
      readonly name: string;
      readonly type: string;
      readonly stack: string;
      readonly project: string;
      /** The old parent's URN; empty: the same parent. */
      readonly parent: string;
      /** The old resource had no parent. */
      readonly noParent: boolean;
    };

export interface AliasSubject {
  readonly stack: string;
  readonly project: string;
  readonly name: string;
  readonly type: string;
  readonly parent: string;
  readonly aliases: readonly Alias[];
}

/**
 * Every URN that a resource may have had: its own aliases, and with those that its parents had.
 *
 * Laws: no URN twice, in order of the program's aliases; without aliases, here or above, the result is empty.
 * The real engine looks each one up in the last deployment and keeps only the one it finds.
 *
 * @param parentAliases the result of this function for the parent
 */
export function possibleUrns(subject: AliasSubject, parentAliases: readonly string[]): readonly string[] {
  const own = subject.aliases.map((alias) => collapse(subject, alias));
  const parentName = subject.parent === "" ? "" : nameOf(subject.parent);
  const inherited = parentAliases.flatMap((parentAlias) => [
    inherit(subject, subject.type, subject.name, parentName, parentAlias),
    ...own.map((urn) => inherit(subject, typeOf(urn), nameOf(urn), parentName, parentAlias)),
  ]);
  return [...new Set([...own, ...inherited])];
}

function collapse(subject: AliasSubject, alias: Alias): string {
  if ("urn" in alias) {
    return alias.urn;
  }
  const parent = alias.parent === "" ? subject.parent : alias.parent;
  const atRoot = alias.noParent || qualifiedTypeOf(parent) === STACK_TYPE;
  return makeUrn(
    alias.stack === "" ? subject.stack : alias.stack,
    alias.project === "" ? subject.project : alias.project,
    atRoot ? "" : parent,
    alias.type === "" ? subject.type : alias.type,
    alias.name === "" ? subject.name : alias.name,
  );
}

/** A child whose name starts with its parent's is taken to have been named after the parent's old name too. */
function inherit(
  subject: AliasSubject,
  childType: string,
  childName: string,
  parentName: string,
  parentAlias: string,
): string {
  const renamed = childName.startsWith(parentName)
    ? nameOf(parentAlias) + childName.slice(parentName.length)
    : childName;
  return makeUrn(subject.stack, subject.project, parentAlias, childType, renamed);
}
