// What a Pulumi engine starts for programs in other languages: PulumiPlugin.yaml stands beside the manifest of the package.
import { main } from "@pulumi/pulumi/provider/server.js";
import { PluginProvider } from "./provider.ts";
import schema from "./schema.json" with { type: "json" };

void main(new PluginProvider(schema), process.argv.slice(2));
