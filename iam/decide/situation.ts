import type { Principal } from "../evaluate/request.ts";
import type { CompiledCondition } from "../evaluate/compile.ts";
import { literal } from "../match/tokens.ts";
import { accountOf } from "../evaluate/principal.ts";
import { isUser } from "./credentials.ts";
import { type Domain, domainOf } from "./domain.ts";
import { InvalidQuestion } from "./invalid-question.ts";
import { canBePresent, canonicalKey, isResourceKey, isSessionTag, serviceOf } from "./key-name.ts";
import type { RequestPlace } from "./places.ts";
import { accountShape, type Shape, shapeOf } from "./shapes.ts";
import type { Check, CredentialKind } from "./question.ts";

/** Everything about a request that is settled before its keys are searched. */
export interface Situation {
  readonly place: RequestPlace;
  readonly credentials: CredentialKind;
  readonly principal: Principal | undefined;
  /** Alternatives of keys that exclude each other, one chosen from each tie. */
  readonly constraints: readonly CompiledCondition[];
  /** The action of each check; a wildcard leaves it open. */
  readonly actions: readonly string[];
}

/** A check of a situation: what it is about, and under which names its keys stand. */
export interface Leg {
  readonly index: number;
  /** The check whose resource this one is on: itself, or an earlier one. */
  readonly resourceOf: number;
  readonly check: Check;
  readonly action: string;
  /** Empty where the action is open. */
  readonly service: string;
}

/** @throws InvalidQuestion where a check is to be on the resource of one that is not before it. */
export function legOf(checks: readonly Check[], index: number, check: Check, action: string): Leg {
  const service = serviceOf(action);
  return {
    index,
    resourceOf: resourceOf(checks, index, check),
    check,
    action,
    service: /[*?]/.test(service) ? "" : service,
  };
}

function resourceOf(checks: readonly Check[], index: number, { name, sameResourceAs }: Check): number {
  if (sameResourceAs === undefined) {
    return index;
  }
  const earlier = checks.slice(0, index).findIndex((each) => each.name === sameResourceAs);
  if (earlier < 0) {
    throw new InvalidQuestion(
      `check \`${name}\` is to be on the resource of \`${sameResourceAs}\`, which is no check before it`,
    );
  }
  return earlier;
}

/** The variable of the search behind a key of one check. */
export function variableOf(leg: Leg, key: string): string {
  const canonical = canonicalKey(key, leg.service);
  return isResourceKey(canonical) ? `${leg.resourceOf} ${canonical}` : `* ${canonical}`;
}

/** The values that a key can have in a situation. */
export function keyDomain(leg: Leg, key: string, situation: Situation, withSetOperator: boolean): Domain {
  const canonical = canonicalKey(key, leg.service);
  const domain = domainOf(canonical, withSetOperator);
  if (!canBePresent(canonical, leg.service) || isAbsentTag(leg.check, canonical)) {
    return { ...domain, presence: "never" };
  }
  const shapes = shapesOf(canonical, leg, situation);
  return shapes === undefined
    ? domain
    : {
        ...domain,
        shapes: shapes.map(({ tokens }) => tokens),
        examples: shapes.map(({ example }) => example),
      };
}

function isAbsentTag(check: Check, canonical: string): boolean {
  if (!canonical.startsWith("aws:resourcetag/")) {
    return false;
  }
  return check.sessionResource === true
    ? !isSessionTag(canonical)
    : check.untagged === true || isSessionTag(canonical);
}

function shapesOf(canonical: string, leg: Leg, situation: Situation): readonly Shape[] | undefined {
  const { place, principal, credentials } = situation;
  const template = (text: string): readonly Shape[] => {
    const shape = shapeOf(text, place);
    return shape === undefined ? [] : [shape];
  };
  switch (canonical) {
    case "aws:requestedregion":
      return template("{region}");
    case "aws:principalaccount": {
      const account = principal === undefined ? undefined : accountOf(principal.id);
      return account === undefined ? template("{account}") : [accountShape(account)];
    }
    case "aws:resourceaccount":
      return leg.check.resources.every((resource) => resource.includes("{account}"))
        ? template("{account}")
        : [accountShape(undefined)];
    case "aws:principalarn":
      return principal === undefined
        ? principalArns(credentials, template)
        : [exactly(principal.roleArn ?? principal.id)];
    case "aws:userid":
      return template(isUser(credentials) ? "{userid}" : "{id}:{person}");
    case "aws:username":
      return principal?.kind === "user"
        ? [exactly(principal.id.split("/").at(-1) ?? "")]
        : template("{person}");
    case "aws:principaltype":
      return template(isUser(credentials) ? "User" : "AssumedRole");
    default:
      return undefined;
  }
}

function principalArns(
  credentials: CredentialKind,
  template: (text: string) => readonly Shape[],
): readonly Shape[] {
  return template(`arn:{partition}:iam::{account}:${isUser(credentials) ? "user" : "role"}/{name}`);
}

function exactly(text: string): Shape {
  return { tokens: literal(text), example: text };
}

/** The resources that a check can be about; undefined where the question names a placeholder that there is not. */
export function resourceDomain(leg: Leg, situation: Situation): Domain | undefined {
  const shapes = leg.check.resources.map((template) => shapeOf(template, situation.place));
  const known = shapes.filter((shape) => shape !== undefined);
  if (known.length !== shapes.length || known.length === 0) {
    return undefined;
  }
  return {
    presence: "required",
    type: "text",
    values: "single",
    shapes: known.map(({ tokens }) => tokens),
    examples: known.map(({ example }) => example),
  };
}

/** The actions that a check can be about, lower case, where the question leaves them open. */
export function actionDomain(leg: Leg): Domain {
  const letters = { kind: "star", of: "id" } as const;
  const shape = leg.action === "*" ? "*:*" : leg.action.toLowerCase();
  const tokens = shape
    .split("")
    .flatMap((char) =>
      char === "*"
        ? [{ kind: "one", of: "id" } as const, letters]
        : char === "?"
          ? [{ kind: "one", of: "id" } as const]
          : literal(char, true),
    );
  return {
    presence: "required",
    type: "text",
    values: "single",
    shapes: [tokens],
    examples: ["ssm:example"],
  };
}
