import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { NoticeRecord } from "../../model/alert.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Store } from "../../store/store.ts";

/** How long a link works, milliseconds. */
const VALID_MS = 86_400_000;
const KEY = "alerts.key";

/** What a link is for: one notice, until a moment. */
export interface LinkMeans {
  readonly group: string;
  readonly notice: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** The secret that signs links: made once, kept in the store, never shown. */
export async function makeLinkKey(store: Pick<Store, "value" | "commit">): Promise<string> {
  const kept = await store.value(KEY);
  if (kept !== undefined) return kept;
  const key = randomBytes(32).toString("base64url");
  try {
    await store.commit([{ kind: "value.set", key: KEY, value: key }]);
  } catch (error) {
    // A disk that takes nothing must not keep anybody from being told; these links work until the next start.
    if (!(error instanceof WatchbookError)) throw error;
  }
  return key;
}

const signature = (key: string, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** `URL/acknowledge/TOKEN`: good for a day, for this one notice. */
export function linkOf(url: string, key: string, { group, id, at }: Pick<NoticeRecord, "group" | "id" | "at">): string {
  const text = `${group}.${id}.${at + VALID_MS}`;
  return `${url}/acknowledge/${text}.${signature(key, text).toString("base64url")}`;
}

/** Ids of stores that were begun by an older version have ten digits. */
const FORM = /^((\w{10,16})\.(\w{10,16})\.(\d{1,16}))\.([\w-]{43})$/;

/** What a token means; undefined for one that we did not make or whose time is over. */
export function readLink(key: string, token: string, now: number): LinkMeans | undefined {
  const [, text, group, notice, expires, given] = FORM.exec(token) ?? [];
  if (text === undefined || !timingSafeEqual(signature(key, text), Buffer.from(given!, "base64url"))) return undefined;
  return Number(expires) > now ? { group: group!, notice: notice!, expires: Number(expires) } : undefined;
}
