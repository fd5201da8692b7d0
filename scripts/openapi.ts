// Writes docs/formats/openapi.json from the contract. Run it after a change of src/api/contract.
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDaemon } from "../src/cli/serve.ts";
import { registry } from "../src/kinds/registry.ts";
import { systemClock } from "../src/model/time.ts";

const home = join(import.meta.dirname, "..");
const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
const root = mkdtempSync(join(tmpdir(), "watchbook-openapi-"));
// An empty folder has no manual to serve.
writeFileSync(join(root, "watchbook.yaml"), "title: watchbook\n");
const world = {
  clock: systemClock,
  env: {},
  version,
  stderr: process.stderr,
  registry: () => Promise.resolve(registry),
};
{
  await using serving = await startDaemon(world, { book: root, data: join(root, ".watchbook"), listen: "127.0.0.1:0" });
  const answer = await fetch(`${serving.url}/openapi.json`);
  writeFileSync(
    join(home, "docs", "formats", "openapi.json"),
    `${JSON.stringify(await answer.json(), undefined, 2)}\n`,
  );
}
rmSync(root, { recursive: true });
