/**
 * The shape of a modelled type's properties: names with a `?` behind those that may be absent, and types written as
 * `string`, `number`, `boolean`, `any`, `json` (a JSON text, or the object that it stands for), `asset`, `archive`, `T[]`,
 * `{T}` (a map) and `@ec2.InstanceRootBlockDevice` (an entry of {@link Schema.types}).
 */
export type ObjectSchema = { readonly [property: string]: string };

export interface ResourceSchema {
  readonly inputs: ObjectSchema;
  /** All outputs; those with a `?` may stay undefined for good, the others always get a value. */
  readonly outputs: ObjectSchema;
}

/**
 * What the typings of `@pulumi/aws` say about the modelled types, in `schema.json`. The file is written by
 * `node test/offline/aws/schema/write.ts`, and a test compares it with the installed package.
 */
export interface Schema {
  /** The version of `@pulumi/aws`. */
  readonly version: string;
  /** What the provider's configuration takes. */
  readonly provider: ObjectSchema;
  readonly resources: { readonly [token: string]: ResourceSchema };
  readonly types: { readonly [path: string]: ObjectSchema };
  /** The results of lookups that only an account can answer, by token. */
  readonly lookups: { readonly [token: string]: ObjectSchema };
}
