// `node scripts/slo-schema.ts [--check]`: writes the JSON Schema of the health report of `slo report`; --check fails when
// it is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SLO_SCHEMA_FILE, sloJsonSchema } from "../src/report/slo/json-schema.ts";

const path = join(import.meta.dirname, "..", SLO_SCHEMA_FILE);
const text = `${JSON.stringify(sloJsonSchema(), null, 2)}\n`;
if (!process.argv.includes("--check")) writeFileSync(path, text);
else if (readFileSync(path, "utf8") !== text) {
  process.stderr.write(`${SLO_SCHEMA_FILE} is stale: run node scripts/slo-schema.ts\n`);
  process.exitCode = 1;
}
