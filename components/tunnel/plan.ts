import type { Input } from "@pulumi/pulumi";
import { planSessionAccess } from "../access/plan.ts";
import type { SessionAccessArgs } from "../access/args.ts";
import { port } from "../core/checks.ts";
import { type Deployment, problemsOf } from "../core/common.ts";
import { instanceId, securityGroupId } from "../core/ec2-ids.ts";
import { shaped } from "../core/shaped.ts";
import type { Tags } from "../core/tags.ts";
import type { SessionDocumentArgs } from "../documents/args.ts";
import { planSessionDocument } from "../documents/plan.ts";
import type { TunnelArgs } from "./args.ts";
import { type Destination, KINDS, planDestinations } from "./destination.ts";

export interface TunnelPlan {
  readonly tags: Tags;
  readonly destination: Destination;
  readonly localPort: number;
  readonly instanceId: Input<string>;
  readonly instanceGroupId: Input<string>;
  /** `undefined`: no rules are made. */
  readonly destinationGroupId: Input<string> | undefined;
  readonly openEgress: boolean;
  readonly document: SessionDocumentArgs;
  readonly access: SessionAccessArgs;
}

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planTunnel(name: string, unchecked: TunnelArgs, deployment: Deployment): TunnelPlan {
  const problems = problemsOf("Tunnel", name);
  const args = shaped(problems, "TunnelArgs", unchecked);
  const given = KINDS.filter((kind) => args[kind] !== undefined);
  if (given.length !== 1) {
    problems.add(given.join(", ") || KINDS.join(", "), given.length === 0 ? undefined : given.join(", "), {
      expected: `exactly one of ${KINDS.map((kind) => `\`${kind}\``).join(", ")}`,
      remedy: given.length === 0 ? "say where the tunnel leads" : "make a tunnel of each",
    });
  }
  const [destination] = planDestinations(problems, args);
  const instance = problems.input("via.instanceId", args.via.instanceId, instanceId);
  const instanceGroupId = problems.input("via.securityGroupId", args.via.securityGroupId, securityGroupId);
  if (args.destinationSecurityGroupId === undefined && given.some((kind) => kind !== "host")) {
    problems.add("destinationSecurityGroupId", undefined, {
      expected: "the destination's security group, which is opened to the instance's",
      remedy: "give its id",
    });
  }
  if (args.openEgress !== undefined && args.destinationSecurityGroupId === undefined) {
    problems.add("openEgress", args.openEgress, {
      expected: "no such argument without `destinationSecurityGroupId`, which the rule names",
      remedy: "leave it out, and let `egress` of the instance say where it may connect to",
    });
  }
  const destinationGroupId =
    args.destinationSecurityGroupId === undefined
      ? undefined
      : problems.input("destinationSecurityGroupId", args.destinationSecurityGroupId, securityGroupId);
  problems.check("localPort", args.localPort, port);
  const common = {
    ...(args.namePrefix !== undefined && { namePrefix: args.namePrefix }),
    ...(args.tags !== undefined && { tags: args.tags }),
  };
  const far = destination?.port ?? 443;
  const localPort = args.localPort ?? (far + 10_000 <= 65_535 ? far + 10_000 : far - 10_000);
  const document: SessionDocumentArgs = {
    ...common,
    description: `A tunnel to port ${far} of ${destination?.what ?? "a host"}: ${name}`.slice(0, 512),
    remotePort: {
      host: destination?.host ?? "missing",
      // What is wrong with them is told already.
      port: port(far) === undefined ? far : 443,
      localPort: port(localPort) === undefined ? localPort : 0,
    },
    ...(args.transform?.document !== undefined && { transform: { document: args.transform.document } }),
  };
  const planned = problems.part(
    () => planSessionDocument(name, document, deployment),
    (path) => (path === "remotePort.host" ? (destination?.hostPath ?? path) : path),
  );
  const access: SessionAccessArgs = {
    ...common,
    ...args.access,
    profile: "tunnel",
    documents: [{ documentName: planned?.documentName ?? "planned", sessionType: "Port" }],
    instanceTags: args.via.accessTags,
    ...(args.transform?.access !== undefined && { transform: args.transform.access }),
  };
  problems.part(
    () => planSessionAccess(name, access, deployment),
    (path) => {
      // The document has told of these.
      if (path === "namePrefix" || path.startsWith("tags[") || path === "tags" || path === "name") {
        return undefined;
      }
      return path === "instanceTags" ? "via.accessTags" : `access.${path}`;
    },
  );
  problems.throwIfAny();
  if (destination === undefined || planned === undefined) {
    throw new TypeError(`Tunnel \`${name}\`: a plan without a destination and without a problem`);
  }
  return {
    tags: planned.tags,
    destination,
    localPort,
    instanceId: instance,
    instanceGroupId,
    destinationGroupId,
    openEgress: args.openEgress ?? true,
    document,
    access,
  };
}
