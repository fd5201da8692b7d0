import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { WatchbookError } from "../../model/error.ts";

/** What argon2id is told (RFC 9106, section 4, second choice: 64 MiB, 3 passes, 4 lanes). Kept with each hash. */
export interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}
export const COST: Cost = { memory: 65_536, passes: 3, lanes: 4 };

const LENGTH = 32;
/** Characters (NIST SP 800-63B-4 3.1.1.2 asks for 15 where nothing else is asked; a code can be asked here). */
export const LEAST = 12;
const MOST = 256;

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function derive(password: string, nonce: Buffer, { memory, passes, lanes }: Cost): Promise<Buffer> {
  // The same letters are the same password, however a keyboard composes them (RFC 8265).
  const message = Buffer.from(password.normalize("NFC"), "utf8");
  return new Promise((resolve, reject) =>
    argon2(
      "argon2id",
      { message, nonce, parallelism: lanes, tagLength: LENGTH, memory, passes },
      (error: Error | null, tag: Buffer) => (error ? reject(error) : resolve(tag)),
    ),
  );
}

const plain = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");

/** One at a time: each takes 64 MiB, and whoever sends many must not take all. */
let last: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work);
  last = mine.catch(() => undefined);
  return mine;
}

/** Throws PASSWORD-SHORT, PASSWORD-LONG, PASSWORD-NAME: what is too easily guessed. */
export function checkPassword(password: string, person: string): void {
  const length = Array.from(password).length;
  if (length < LEAST) throw new WatchbookError("PASSWORD-SHORT", { least: LEAST });
  if (length > MOST) throw new WatchbookError("PASSWORD-LONG", { most: MOST });
  const bare = password.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  if (new Set(bare).size < 4 || bare.replaceAll(person.toLowerCase(), "").length < LEAST / 2)
    throw new WatchbookError("PASSWORD-EASY");
}

/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export const hashPassword = (password: string, cost: Cost = COST): Promise<string> =>
  inTurn(async () => {
    const nonce = randomBytes(16);
    const tag = await derive(password, nonce, cost);
    return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.lanes}$${plain(nonce)}$${plain(tag)}`;
  });

/** Takes as long for an account that is not there: `kept` undefined. */
export const isPassword = (password: string, kept: string | undefined, cost: Cost = COST): Promise<boolean> =>
  inTurn(async () => {
    const [, memory, passes, lanes, salt, hash] = PHC.exec(kept ?? "") ?? [];
    if (hash === undefined) {
      await derive(password.slice(0, MOST), Buffer.alloc(16), cost);
      return false;
    }
    const of = { memory: Number(memory), passes: Number(passes), lanes: Number(lanes) };
    const tag = await derive(password.slice(0, MOST * 2), Buffer.from(salt!, "base64"), of);
    const wanted = Buffer.from(hash, "base64");
    return tag.length === wanted.length && timingSafeEqual(tag, wanted);
  });
