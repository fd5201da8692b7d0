// `node scripts/config-schema.ts [--check]`: writes the JSON Schema of watchbook.yaml; --check fails when it is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configSchema, SCHEMA_FILE } from "../src/book/config/json-schema.ts";

const path = join(import.meta.dirname, "..", SCHEMA_FILE);
const text = `${JSON.stringify(configSchema(), null, 2)}\n`;
if (!process.argv.includes("--check")) writeFileSync(path, text);
else if (readFileSync(path, "utf8") !== text) {
  process.stderr.write(`${SCHEMA_FILE} is stale: run node scripts/config-schema.ts\n`);
  process.exitCode = 1;
}
