// Makes a work directory for the example: node place.ts --dir DIR [--from PORT]. What is there already is kept.
import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { FrontConfig } from "./frontd.ts";
import type { Config } from "./site/config.ts";

const API = "6.7";
const HERE = fileURLToPath(new URL("..", import.meta.url));

/** Ports of one environment, ten apart. */
function environmentAt(environment: string, base: number, pair: boolean): Readonly<Record<string, object>> {
  const [front, door] = [base + 5, base + 6];
  const gateway = (name: string, half: 0 | 1): Config => ({
    name,
    environment,
    role: half === 0 ? "primary" : "standby",
    entry: base,
    health: base + 1 + half,
    replication: base + 3 + half,
    ...(pair && { peer: base + 4 - half }),
    // A pair promises to lose nothing: what is acknowledged is on both disks.
    ack: pair ? "standby" : "local",
    front: { port: front, api: API },
    sessions: [],
    minFreeMb: 16,
    maxSkewMs: 1_000,
  });
  const exchange: FrontConfig = { environment, port: front, control: door, api: API };
  return {
    ...(pair
      ? {
          [`${environment}-a/gateway.json`]: gateway(`${environment}-a`, 0),
          [`${environment}-b/gateway.json`]: gateway(`${environment}-b`, 1),
        }
      : { [`${environment}/gateway.json`]: gateway(environment, 0) }),
    [`${environment}-front/front.json`]: exchange,
  };
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function place(dir: string, from: number): void {
  const files = {
    ...environmentAt("sim", from, false),
    ...environmentAt("staging", from + 10, false),
    ...environmentAt("prodlike", from + 20, true),
  };
  for (const [path, value] of Object.entries(files)) {
    const file = join(dir, "sites", path);
    mkdirSync(join(file, ".."), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
  }
  for (const folder of ["bin", join("docs", "results"), "runtime"]) mkdirSync(join(dir, folder), { recursive: true });
  const command = join(dir, "bin", "gateway");
  writeFileSync(command, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(join(HERE, "src", "gateway.ts"))} "$@"\n`);
  chmodSync(command, 0o755);
  for (const book of ["book", "book-en"])
    if (!existsSync(join(dir, book))) cpSync(join(HERE, book), join(dir, book), { recursive: true });
}

const { values } = parseArgs({ options: { dir: { type: "string" }, from: { type: "string", default: "27400" } } });
if (values.dir === undefined) {
  process.stderr.write("node place.ts --dir DIR [--from PORT]\n");
  process.exitCode = 2;
} else {
  place(resolve(values.dir), Number(values.from));
  process.stdout.write(`${JSON.stringify({ placed: resolve(values.dir), from: Number(values.from) })}\n`);
}
