// `npm run requirements`: which demands of docs/requirements.md are served by a test, and which are open.
// A test serves a demand by naming its id in brackets at the end of its title.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceFiles } from "./tree.ts";

process.chdir(join(import.meta.dirname, ".."));
const demands = [...readFileSync("docs/requirements.md", "utf8").matchAll(/^\| ([A-Z]-\d{3}) \| (.*?) \|/gm)].map(
  (match) => ({
    id: match[1]!,
    text: match[2]!,
  }),
);
const tests = new Map<string, string[]>();
for (const file of sourceFiles("test/**/*.ts"))
  for (const title of file.text.matchAll(/\[([A-Z]-\d{3}(?:[ ,]+[A-Z]-\d{3})*)\]["'`]/g))
    for (const id of title[1]!.split(/[ ,]+/)) tests.set(id, [...(tests.get(id) ?? []), file.path]);

const served = demands.filter((demand) => tests.has(demand.id));
const open = demands.filter((demand) => !tests.has(demand.id));
const unknown = [...tests.keys()].filter((id) => !demands.some((demand) => demand.id === id));
for (const { id, text } of served) console.log(`served ${id}  ${text}  (${[...new Set(tests.get(id))].join(", ")})`);
for (const { id, text } of open) console.log(`open   ${id}  ${text}`);
console.log(`\n${served.length} served, ${open.length} open of ${demands.length} listed`);
if (unknown.length > 0) {
  console.error(`tests name demands that docs/requirements.md does not list: ${unknown.join(" ")}`);
  process.exitCode = 2;
}
