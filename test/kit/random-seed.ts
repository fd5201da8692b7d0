import { createHash } from "node:crypto";

/** A seed that draws from the last third of a window, and not from its very end. */
export function lateSeed(): string {
  const shareOf = (seed: string): number => createHash("sha256").update(seed).digest().readUIntBE(0, 6) / 2 ** 48;
  for (let n = 0; ; n += 1) if (shareOf(`late-${n}`) > 0.7 && shareOf(`late-${n}`) < 0.8) return `late-${n}`;
}
