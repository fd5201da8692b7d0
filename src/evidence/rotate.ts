import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock, type Clock } from "../model/time.ts";
import { openCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { diskError, putFile, syncFolder } from "./disk.ts";
import { pemOf, PRIVATE, publicKeyFile, publicKeyFromPem, signingKey, type PublicKey } from "./key.ts";
import { checkpointFile, lockLog, readCheckpoint, recoverLog } from "./log.ts";
import { ownSigners, retiredFile, retiredSigners, untoldFile, untoldLines } from "./own-signers.ts";
import { checkRemembered, remember } from "./remembered.ts";
import { signerLine, type Signer } from "./signers.ts";

export interface Rotation {
  readonly was: PublicKey;
  readonly is: PublicKey;
  /**
   * Lines for the book's signers file: the key that was, until now; the key that is, from the day before on. Before them that of a
   * key whose rotation was killed before anybody was told. Whoever has told them says `linesTold`.
   */
  readonly lines: readonly string[];
}

const SECOND = 1_000;
const DAY = 86_400_000;

/**
 * Puts a new key in the place of the host's, and removes the private half of the old one. What the old key signed stays
 * valid for what ended before; the log goes on under the new key, its head signed again at once. A crash anywhere
 * leaves a key that signs and evidence that verifies; then rotate again. `name`: the host, for the lines. Rejects as
 * `recordEvidence`.
 */
export async function rotateKey(
  keys: string,
  root: string,
  name: string,
  clock: Clock = systemClock,
): Promise<Rotation> {
  try {
    using _lock = await lockLog(root, clock);
    recoverLog(root);
    const { publicKey: was } = signingKey(keys);
    checkRemembered(keys, root);
    const now = clock.wall();
    // Whole seconds: what ended within this one was signed by it.
    const ended = signerLine({ name, key: was, before: now + SECOND });
    // A rotation that broke off has said of this key that it ended; it signed on, until now.
    const before = retiredSigners(keys).filter(({ key }) => key.id !== was.id);
    const untold = untoldLines(keys, was);
    putFile(untoldFile(keys), [...untold, ended].map((line) => `${line}\n`).join(""));
    putFile(retiredFile(keys), [...before.map(signerLine), ended].map((line) => `${line}\n`).join(""));
    replaceKey(keys);
    const fresh = signingKey(keys);
    resign(root, fresh, ownSigners(keys));
    if (readCheckpoint(root) !== undefined) remember(keys, root);
    // A run may have ended a while before its evidence is signed.
    const begun = signerLine({ name, key: fresh.publicKey, after: now - DAY });
    return { was, is: fresh.publicKey, lines: [...untold, ended, begun] };
  } catch (error) {
    throw diskError(error, keys);
  }
}

/** The rename is the moment: before it the old key signs, after it the new one. */
function replaceKey(keys: string): void {
  const fresh = join(keys, `${PRIVATE}.next`);
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ format: "pem", type: "pkcs8" });
  writeFileSync(fresh, pem, { mode: 0o600, flush: true });
  renameSync(fresh, join(keys, PRIVATE));
  const publicPem = createPublicKey(createPrivateKey(pem)).export({ format: "pem", type: "spki" });
  putFile(publicKeyFile(keys), pemOf(publicKeyFromPem(publicPem)));
  syncFolder(keys);
}

/** The same tree under the new key: whoever has the old one can no longer speak for the log. */
function resign(root: string, key: ReturnType<typeof signingKey>, trusted: readonly Signer[]): void {
  const note = readCheckpoint(root);
  if (note === undefined) return;
  const { origin, size, root: head } = openCheckpoint(note, "log/checkpoint", trusted);
  putFile(checkpointFile(root), signCheckpoint({ origin, size, root: head }, key));
}
