// Rewrites the golden files of this folder: `node test/books/procedures/update.ts`. Read the difference before you keep it.
import { readFileSync, writeFileSync } from "node:fs";
import { GOLDEN } from "./golden.ts";
import { summaryOf } from "./summary.ts";

for (const name of GOLDEN) {
  const at = (end: string) => new URL(`${name}${end}`, import.meta.url);
  writeFileSync(at(".json"), `${JSON.stringify(summaryOf(`${name}.md`, readFileSync(at(".md"), "utf8")), null, 2)}\n`);
}
