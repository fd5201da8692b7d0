// Evidence directories verified whole, beside the bare cryptography of the same bytes: `node bench/evidence.ts [--rounds N]`.
// One process each, in turns: every verification reads all files, recomputes the verdict and asks the log.
import { createHash, verify } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { preAuthentication } from "../src/evidence/dsse.ts";
import { ownSigners } from "../src/evidence/own-signers.ts";
import type { PublicKey } from "../src/evidence/key.ts";
import { record, recorder, verify as verifyOne } from "../test/kit/evidence.ts";

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const must = (verdict: string): void => {
  if (verdict !== "pass") throw new Error(verdict);
};

/** Every file hashed, both envelopes and the checkpoint checked: nothing is understood. */
function bare(directory: string, { key }: PublicKey): void {
  for (const name of readdirSync(directory)) {
    const bytes = readFileSync(join(directory, name));
    createHash("sha256").update(bytes).digest();
    if (!name.endsWith(".dsse.json")) continue;
    const { payload, payloadType, signatures } = JSON.parse(bytes.toString()) as {
      readonly payload: string;
      readonly payloadType: string;
      readonly signatures: readonly { readonly sig: string }[];
    };
    const signed = preAuthentication(payloadType, Buffer.from(payload, "base64"));
    if (!verify(null, signed, key, Buffer.from(signatures[0]!.sig, "base64"))) throw new Error(name);
  }
}

export async function evidenceTable(rounds: number, count = 200): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
  try {
    const to = recorder(folder);
    const places: string[] = [];
    for (let n = 0; n < count; n++)
      places.push((await record(to, `run-${n}`, { started: Date.UTC(2026, 0, 1) + n * 3_600_000 })).directory);
    const [{ key } = { key: undefined }] = ownSigners(to.keys);
    const ways = [
      ["evidence verify: files, verdict, log", (one: string) => must(verifyOne(to, one).verdict)],
      ["floor: digests and signatures of the same files", (one: string) => bare(one, key!)],
    ] as const;
    const rates = ways.map((): number[] => []);
    for (let round = 0; round <= rounds; round++)
      for (const [n, [, way]] of ways.entries()) {
        const start = performance.now();
        for (const one of places) way(one);
        if (round > 0) rates[n]!.push(count / ((performance.now() - start) / 1000));
      }
    return [
      `### Evidence verified, ${count} runs in one log`,
      "",
      `No budget (${rounds} rounds in turns, load ${loadavg()[0]!.toFixed(1)})`,
      "",
      "| | a second, median | ratio |",
      "| --- | --- | --- |",
      ...ways.map(
        ([name], n) =>
          `| ${name} | ${median(rates[n]!).toFixed(0)} | ${(median(rates[n]!) / median(rates[0]!)).toFixed(2)} |`,
      ),
      "",
    ].join("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
  process.stdout.write(await evidenceTable(Number(values.rounds)));
}
