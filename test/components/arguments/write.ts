/** Writes the shapes of the arguments, part of `npm run schema`. */
import { writeFileSync } from "node:fs";
import { readShapes, SHAPES_FILE, shapesModule } from "./read-shapes.ts";

writeFileSync(SHAPES_FILE, shapesModule(readShapes()));
