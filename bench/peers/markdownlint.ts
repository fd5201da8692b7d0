// The peer: markdownlint with all rules over a folder.
import { globSync } from "node:fs";
import { lint } from "markdownlint/promise";

const files = globSync(`${process.argv[2]}/**/*.md`);
const results = await lint({ files, config: { default: true } });
console.log(Object.values(results).flat().length);
