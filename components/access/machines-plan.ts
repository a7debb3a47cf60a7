import type { Input } from "@pulumi/pulumi";
import type { Check, Fault, Problems } from "../core/problems.ts";
import type { InstanceTags, SessionAccessArgs } from "./args.ts";
import { TAG_KEY, TAG_VALUE } from "./tag-text.ts";

export interface AccessMachines {
  readonly instanceTags: Input<InstanceTags>;
  readonly matchPrincipalTags: readonly string[];
  readonly managedNodes: boolean;
  readonly ownDataChannels: boolean;
}

/** Of what `${aws:PrincipalTag/KEY}` can be written: no spaces. */
const PRINCIPAL_TAG = /^(?!aws:)[\w.:/=+@-]{1,128}$/i;

/** Which machines an access is for, and what comes with connecting to them. */
export function planMachines(problems: Problems, args: SessionAccessArgs): AccessMachines {
  if (args.anyInstance === true && args.profile !== "break-glass") {
    problems.add("anyInstance", true, {
      expected: "false but for `break-glass`",
      remedy: "name the machines' tags, or choose `break-glass`",
    });
  }
  if (args.profile === "auditor") {
    refuseForAuditors(problems, args);
    return { instanceTags: {}, matchPrincipalTags: [], managedNodes: false, ownDataChannels: false };
  }
  return {
    matchPrincipalTags: planPrincipalTags(problems, args),
    instanceTags: planInstanceTags(problems, args),
    managedNodes: args.managedNodes ?? false,
    ownDataChannels: args.ownDataChannels ?? true,
  };
}

function refuseForAuditors(problems: Problems, args: SessionAccessArgs): void {
  for (const argument of ["instanceTags", "matchPrincipalTags", "managedNodes", "ownDataChannels"] as const) {
    if (args[argument] !== undefined) {
      problems.add(argument, args[argument], {
        expected: "nothing for `auditor`, who starts no session",
        remedy: "leave it out",
      });
    }
  }
}

function planPrincipalTags(problems: Problems, args: SessionAccessArgs): readonly string[] {
  const keys = args.matchPrincipalTags ?? [];
  for (const [index, key] of keys.entries()) {
    const path = `matchPrincipalTags[${index}]`;
    if (!PRINCIPAL_TAG.test(key)) {
      problems.add(path, key, {
        expected: "a tag key of 1 to 128 letters, digits and `_.:/=+-@`, not starting with `aws:`",
        remedy: "name a tag that both people and machines carry",
      });
    } else if (keys.findIndex((other) => other.toLowerCase() === key.toLowerCase()) < index) {
      problems.add(path, key, {
        expected: "each key once: IAM tells tag keys apart without regard to case",
        remedy: "leave one out",
      });
    }
  }
  return keys;
}

function planInstanceTags(problems: Problems, args: SessionAccessArgs): Input<InstanceTags> {
  const { instanceTags, matchPrincipalTags = [] } = args;
  const wide = args.anyInstance === true && args.profile === "break-glass";
  if (wide && (instanceTags !== undefined || matchPrincipalTags.length > 0)) {
    problems.add("anyInstance", true, {
      expected: "no `instanceTags` and no `matchPrincipalTags` beside it",
      remedy: "leave one of them out",
    });
  }
  if (instanceTags === undefined) {
    if (!wide && matchPrincipalTags.length === 0) {
      problems.add("instanceTags", undefined, NO_TAGS);
    }
    return {};
  }
  return problems.input("instanceTags", instanceTags, tagsBeside(matchPrincipalTags));
}

const NO_TAGS: Fault = {
  expected: "at least one tag that instances must carry",
  remedy: 'name a tag of this environment\'s instances, as `{ Environment: "prod" }`',
};

function tagsBeside(principalTags: readonly string[]): Check<InstanceTags> {
  return (tags) => {
    const entries = Object.entries(tags);
    const wrongKey = entries.find(([key]) => !TAG_KEY.test(key));
    if (wrongKey !== undefined) {
      return {
        expected: `a tag key of 1 to 128 letters, digits, spaces and \`_.:/=+-@\`, and not \`${wrongKey[0]}\``,
        remedy: "name a tag that instances can carry",
      };
    }
    for (const [index, [key, given]] of entries.entries()) {
      const values = typeof given === "string" ? [given] : given;
      if (values.length === 0 || !values.every((value) => TAG_VALUE.test(value))) {
        return {
          expected: `at least one value of \`${key}\`: up to 256 letters, digits, spaces and \`_.:/=+-@\`, no wildcard`,
          remedy: "name the values that instances carry",
        };
      }
      const same = [...principalTags, ...entries.slice(0, index).map(([other]) => other)].find(
        (other) => other.toLowerCase() === key.toLowerCase(),
      );
      if (same !== undefined) {
        return {
          expected: `\`${key}\` once, and not among \`matchPrincipalTags\`: IAM tells tag keys apart without regard to case`,
          remedy: "leave one of the two out",
        };
      }
    }
    return entries.length === 0 ? NO_TAGS : undefined;
  };
}
