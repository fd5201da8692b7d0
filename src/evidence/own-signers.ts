import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publicKeyFile, publicKeyFromPem } from "./key.ts";
import { parseSigners, type Signer } from "./signers.ts";

/** A signers file of the keys that this data directory signed with before, each until it was retired. */
export const retiredFile = (keys: string): string => join(keys, "retired-signers");

export const retiredSigners = (keys: string): readonly Signer[] => {
  const file = retiredFile(keys);
  return existsSync(file) ? parseSigners(readFileSync(file, "utf8"), file) : [];
};

/** The keys of a data directory itself: the one that signs now, then those before it. Empty where none was made yet. */
export function ownSigners(keys: string): readonly Signer[] {
  const own = publicKeyFile(keys);
  if (!existsSync(own)) return [];
  return [{ name: "data", key: publicKeyFromPem(readFileSync(own)) }, ...retiredSigners(keys)];
}
