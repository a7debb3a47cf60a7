// Pulumi's runner sends an entry in TypeScript through a compiler of its own, which type-checks everything behind it on
// every start. An entry in JavaScript leaves the rest to Node's type stripping.
// oxlint-disable-next-line import/no-unassigned-import -- importing the entry is what starts the pack
import "./index.ts";
