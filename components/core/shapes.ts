/**
 * What a value is made of, as far as a program can get it wrong that no compiler has read: one in JavaScript, or in another
 * language. `argument-shapes.ts` holds the shapes of all arguments, generated from their types.
 */
export type Shape =
  | "boolean"
  | "number"
  | "string"
  /** An output of Pulumi's and nothing else. */
  | "output"
  /** A change to a child: an object or a function. */
  | "transform"
  /** The value itself, or an output or a promise of it. */
  | { readonly input: Shape }
  | { readonly list: Shape }
  /** An object whose keys are the program's own. */
  | { readonly map: Shape }
  /** An object of a named type. */
  | { readonly object: string }
  | { readonly properties: ObjectShape }
  | { readonly either: readonly Shape[] };

/** The properties of an object; the name of one that may be left out ends in `?`. */
export type ObjectShape = Readonly<Record<string, Shape>>;
