// Makes a work directory for the example: node place.ts --dir DIR [--from PORT]. What is there already is kept.
import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { FrontConfig } from "./frontd.ts";
import type { Config } from "./site/config.ts";

const API = "6.7";
const HERE = fileURLToPath(new URL("..", import.meta.url));

/** Ports of one environment, ten apart. */
function environmentAt(environment: string, base: number, pair: boolean): Readonly<Record<string, object>> {
  const [front, door, quotes] = [base + 5, base + 6, base + 7];
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
    fronts: [{ name: "quotes", port: quotes }],
    credentials: { password: "file:secrets/front-password" },
    sessions: [],
    minFreeMb: 16,
    maxSkewMs: 1_000,
  });
  const exchange: FrontConfig = { environment, port: front, quotes, control: door, api: API };
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

/** Each gateway has its front and its credentials beside its own files: steps are the same in every environment. */
function furnish(dir: string, files: Readonly<Record<string, object>>): void {
  for (const [path, value] of Object.entries(files)) {
    const { environment } = value as { readonly environment: string };
    const site = join(dir, "sites", path, "..");
    const [link, secret] = [join(site, "front"), join(site, "secrets", "front-password")];
    if (!path.endsWith("gateway.json")) continue;
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(join("..", `${environment}-front`), link);
    if (existsSync(secret)) continue;
    mkdirSync(join(site, "secrets"), { mode: 0o700 });
    // The stand-in asks nobody for it: the preflight has something to look at.
    writeFileSync(secret, `${randomBytes(18).toString("base64url")}\n`, { mode: 0o600 });
  }
}

/** A command of the work directory: this Node, this program. */
function command(dir: string, name: string, program: string): void {
  const file = join(dir, "bin", name);
  writeFileSync(file, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(program)} "$@"\n`);
  chmodSync(file, 0o755);
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
  furnish(dir, files);
  command(dir, "gateway", join(HERE, "src", "gateway.ts"));
  // From a checkout its own watchbook makes the reports; elsewhere the one that is installed.
  const watchbook = join(HERE, "..", "..", "src", "main.ts");
  if (existsSync(watchbook)) command(dir, "watchbook", watchbook);
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
