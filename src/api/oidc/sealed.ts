import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const [NONCE, TAG] = [12, 16];

/** What a browser carries for us: nobody but this process reads or changes it. */
export interface Sealed<T> {
  close(value: T): string;
  /** Undefined: it is none of ours, or was changed. */
  open(text: string): T | undefined;
}

/** With a key of its own that nobody keeps: what an earlier process sealed is not opened. */
export function sealed<T>(): Sealed<T> {
  const key = randomBytes(32);
  return {
    close: (value) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    open: (text) => {
      const bytes = Buffer.from(text, "base64url");
      if (bytes.length <= NONCE + TAG) return undefined;
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      const body = decipher.update(bytes.subarray(NONCE + TAG));
      try {
        return JSON.parse(Buffer.concat([body, decipher.final()]).toString("utf8")) as T;
      } catch {
        // Its tag does not hold.
        return undefined;
      }
    },
  };
}
