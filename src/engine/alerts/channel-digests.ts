import { createHash } from "node:crypto";
import type { Book } from "../../model/book.ts";
import type { ChannelSpec } from "../../model/notifier.ts";
import type { Change, Store } from "../../store/store.ts";

/** What a book says of each of its channels, by id; where it says it does not count. */
export type ChannelDigests = Readonly<Record<string, string>>;

const KEY = "channels.digests";

function digestOf(channel: ChannelSpec): string {
  const { source: _, lines: __, ...said } = channel;
  return createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 16);
}

export const digestsOf = ({ config }: Pick<Book, "config">): ChannelDigests =>
  Object.fromEntries(config.channels.map((channel) => [channel.id, digestOf(channel)]));

/** Those of the last book that was looked at; undefined: none was. Rejects as the store does. */
export async function lastDigests(store: Pick<Store, "value">): Promise<ChannelDigests | undefined> {
  const kept = await store.value(KEY);
  return kept === undefined ? undefined : (JSON.parse(kept) as ChannelDigests);
}

export const keptDigests = (digests: ChannelDigests): Change => ({
  kind: "value.set",
  key: KEY,
  value: JSON.stringify(digests),
});
