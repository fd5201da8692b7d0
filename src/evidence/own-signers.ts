import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { publicKeyFile, publicKeyFromPem, type PublicKey } from "./key.ts";
import { parseSigners, signerLine, type Signer } from "./signers.ts";

/** A signers file of the keys that this data directory signed with before, each until it was retired. */
export const retiredFile = (keys: string): string => join(keys, "retired-signers");

export const retiredSigners = (keys: string): readonly Signer[] => {
  const file = retiredFile(keys);
  return existsSync(file) ? parseSigners(readFileSync(file, "utf8"), file) : [];
};

/** Closing lines of keys that nobody was told yet: a rotation may be killed before it has said them. */
export const untoldFile = (keys: string): string => join(keys, "untold-signers");

/** Lines of the signers file that close a key and that nobody was told; none of `own`, which signs on. */
export function untoldLines(keys: string, own: PublicKey): readonly string[] {
  const file = untoldFile(keys);
  if (!existsSync(file)) return [];
  return parseSigners(readFileSync(file, "utf8"), file)
    .filter(({ key }) => key.id !== own.id)
    .map(signerLine);
}

/** Whoever needs them has them now. */
export const linesTold = (keys: string): void => rmSync(untoldFile(keys), { force: true });

/** The keys of a data directory itself: the one that signs now, then those before it. Empty where none was made yet. */
export function ownSigners(keys: string): readonly Signer[] {
  const own = publicKeyFile(keys);
  if (!existsSync(own)) return [];
  return [{ name: "data", key: publicKeyFromPem(readFileSync(own)) }, ...retiredSigners(keys)];
}
