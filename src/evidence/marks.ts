import { createHash } from "node:crypto";
import type { Demands } from "./demands.ts";
import { readCheckpoint } from "./log.ts";

/** Everything that a verdict on one directory depends on, besides its files: the log, who is trusted, and who is somebody. */
export const marksOf = (root: string, { trust, people, keysOnly, checkpoint }: Demands): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        readCheckpoint(root),
        checkpoint,
        people,
        keysOnly,
        trust.signers.map(({ key, after, before }) => [key.id, after, before]),
      ]),
    )
    .digest("hex");
