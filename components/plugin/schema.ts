/** The part of a Pulumi package schema that a plugin reads of its own. Source: the metaschema, pulumi/pkg/codegen. */

export interface PropertySpec {
  readonly type?: string;
  /** `#/types/…`: an object or an enumeration. */
  readonly $ref?: string;
  /** It decides what is built: an input that must be known in a preview. */
  readonly plain?: boolean;
  readonly items?: PropertySpec;
  readonly additionalProperties?: PropertySpec;
}

export interface ObjectSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required?: readonly string[];
}

export interface TypeSpec {
  readonly type: string;
  readonly enum?: readonly { readonly value: string }[];
  readonly properties?: Readonly<Record<string, PropertySpec>>;
  readonly required?: readonly string[];
}

export interface ResourceSpec extends ObjectSpec {
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly requiredInputs?: readonly string[];
}

export interface PackageSchema {
  readonly name: string;
  readonly version: string;
  readonly types: Readonly<Record<string, TypeSpec>>;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
}
