import type { Principal, Statement } from "@bastionless/iam";
import { covers, type NaiveDocument, type NaiveRequest } from "./naive.ts";
import { type Flavour, type Random, randomDocument } from "./random-documents.ts";

/** A second reading of how layers and principals come together, over raw JSON, with none of the library's code. */

export interface NaivePolicies {
  readonly identity: NaiveDocument;
  readonly boundary?: NaiveDocument;
  readonly session?: NaiveDocument;
  readonly scp?: NaiveDocument;
  readonly resource: NaiveDocument;
}

const HERE = "111122223333";
const THERE = "444455556666";

function user(account: string, name: string): Principal {
  return { kind: "user", id: `arn:aws:iam::${account}:user/${name}` };
}

function session(account: string, role: string, name: string): Principal {
  return {
    kind: "role-session",
    id: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    roleArn: `arn:aws:iam::${account}:role/${role}`,
  };
}

export const PRINCIPALS: readonly Principal[] = [
  user(HERE, "alice"),
  user(HERE, "bob"),
  user(THERE, "carol"),
  session(HERE, "operator", "x"),
  session(HERE, "operator", "y"),
  session(HERE, "developer", "x"),
  session(THERE, "operator", "x"),
];

const NAMED = [
  "*",
  HERE,
  `arn:aws:iam::${HERE}:root`,
  THERE,
  `arn:aws:iam::${HERE}:user/alice`,
  `arn:aws:iam::${HERE}:role/operator`,
  `arn:aws:sts::${HERE}:assumed-role/operator/x`,
  `arn:aws:iam::${THERE}:role/operator`,
];

/** A resource policy: the same statements, each naming somebody. */
function randomResource(random: Random, flavour: Flavour): NaiveDocument {
  const { Version, Statement } = randomDocument(random, flavour);
  return {
    Version,
    Statement: Statement.map((statement) => {
      const AWS = random.some(NAMED, 2);
      if (statement.Effect === "Deny" && random.chance(25)) {
        return { ...statement, NotPrincipal: { AWS } };
      }
      return { ...statement, Principal: random.chance(15) ? "*" : { AWS } };
    }),
  };
}

export function randomPolicies(random: Random, flavour: Flavour): NaivePolicies {
  return {
    identity: randomDocument(random, flavour),
    ...(random.chance(50) ? { boundary: randomDocument(random, flavour) } : {}),
    ...(random.chance(30) ? { session: randomDocument(random, flavour) } : {}),
    ...(random.chance(30) ? { scp: randomDocument(random, flavour) } : {}),
    resource: randomResource(random, flavour),
  };
}

type Naming = "itself" | "its role" | "everyone" | "its account";

function names({ Principal }: Statement, who: Principal): ReadonlySet<Naming> {
  const account = who.id.split(":")[4];
  const entries: readonly string[] =
    Principal === "*" ? ["*"] : Principal?.AWS === undefined ? [] : [Principal.AWS].flat();
  return new Set(
    entries.flatMap((entry): readonly Naming[] => {
      if (entry === "*") {
        return ["everyone"];
      }
      if (entry === who.id) {
        return ["itself"];
      }
      if (entry === who.roleArn) {
        return ["its role"];
      }
      return entry === account || entry === `arn:aws:iam::${account}:root` ? ["its account"] : [];
    }),
  );
}

/** Whether a statement of a resource policy is about somebody. */
function concerns(statement: Statement, who: Principal): boolean {
  const { NotPrincipal } = statement;
  return NotPrincipal === undefined
    ? names(statement, who).size > 0
    : names({ ...statement, Principal: NotPrincipal }, who).size === 0;
}

const LAYERS = ["identity", "boundary", "session", "scp", "resource"] as const;

/** All statements, layer by layer. */
export function statementsOf(policies: NaivePolicies): readonly Statement[] {
  return LAYERS.flatMap((layer) => policies[layer]?.Statement ?? []);
}

/**
 * Whether somebody's request is allowed, given the bits of the statements that match all but their principal, in the
 * order of {@link statementsOf}.
 */
export function permitted(policies: NaivePolicies, who: Principal): (matching: number) => boolean {
  let bit = 1;
  let denies = 0;
  const allows = { identity: 0, boundary: 0, session: 0, scp: 0, past: 0, within: 0 };
  for (const layer of LAYERS) {
    for (const statement of policies[layer]?.Statement ?? []) {
      const isAbout = layer !== "resource" || concerns(statement, who);
      if (isAbout && statement.Effect === "Deny") {
        denies |= bit;
      } else if (isAbout && layer !== "resource") {
        allows[layer] |= bit;
      } else if (isAbout) {
        const naming = names(statement, who);
        if (naming.has("itself") || (naming.has("everyone") && who.kind === "user")) {
          allows.past |= bit;
        } else if (naming.has("everyone") || naming.has("its role")) {
          allows.within |= bit;
        }
      }
      bit <<= 1;
    }
  }
  return (matching) => {
    const says = (layer: "identity" | "boundary" | "session" | "scp"): boolean =>
      policies[layer] === undefined || (matching & allows[layer]) !== 0;
    const limits = says("boundary") && says("session");
    const byResource = (matching & allows.past) !== 0 || ((matching & allows.within) !== 0 && limits);
    return (matching & denies) === 0 && says("scp") && ((says("identity") && limits) || byResource);
  };
}

export function permitsRequest(policies: NaivePolicies, who: Principal, request: NaiveRequest): boolean {
  const matching = statementsOf(policies).reduce(
    (bits, statement, index) => bits | (covers(statement, request) ? 1 << index : 0),
    0,
  );
  return permitted(policies, who)(matching);
}
