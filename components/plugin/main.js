// Pulumi's runner of plugins hands what it loads as TypeScript to a compiler of its own, which wants `.js` in imports.
// What is imported from here, Node.js runs as it is written. A published package names `serve.js` itself.
// eslint-disable-next-line import/no-unassigned-import -- an entry: it serves, and has nothing to give
import "./serve.ts";
