// Rewrites the golden files of this folder: `node test/books/constructs/update.ts [NAME…]`. Read the difference before you keep it.
import { existsSync, writeFileSync } from "node:fs";
import { CELLS } from "./constructs.ts";
import { modelOf, print } from "./model.ts";

const wanted = process.argv.slice(2);
for (const name of CELLS.filter((cell) => wanted.length === 0 || wanted.some((each) => cell.startsWith(each))))
  if (existsSync(new URL(`${name}.md`, import.meta.url)))
    writeFileSync(new URL(`${name}.json`, import.meta.url), print(await modelOf(name)));
