import { BastionlessInstance, PrivateNetwork, SessionAccess, SessionDocument } from "@bastionless/components";
import { Provider } from "@pulumi/aws/provider.js";
import type { Region } from "@pulumi/aws/types/enums/index.js";
import { Config, type Output } from "@pulumi/pulumi";

interface Place {
  readonly name: string;
  readonly account: string;
  readonly region: Region;
}

/** A machine with a web page that people tunnel to, in the account and Region of a provider. */
function environment({ name, account, region }: Place): Output<string> {
  const provider = new Provider(name, {
    region,
    assumeRoles: [{ roleArn: `arn:aws:iam::${account}:role/deploy` }],
  });
  // Every component hands the provider on to all that it builds and looks up.
  const opts = { providers: [provider] };
  // IAM knows no Regions: two environments of one account need names of their own.
  const common = { namePrefix: `shop-${name}`, tags: { Environment: name } };

  const network = new PrivateNetwork(`${name}-network`, { ...common, endpointZones: 1 }, opts);
  const web = new SessionDocument(`${name}-web`, { ...common, port: { port: 8080 } }, opts);
  const app = new BastionlessInstance(
    `${name}-app`,
    { ...common, network, documents: { forward: web } },
    opts,
  );
  new SessionAccess(
    `${name}-developers`,
    {
      ...common,
      profile: "tunnel",
      documents: [web],
      instanceTags: app.accessTags,
      role: { trustedPrincipals: [`arn:aws:iam::${account}:root`] },
    },
    opts,
  );
  return app.forward(8080);
}

const places = new Config().requireObject<readonly Place[]>("places");

/** The command that opens the tunnel, by place. */
export const tunnels = Object.fromEntries(places.map((place) => [place.name, environment(place)]));
