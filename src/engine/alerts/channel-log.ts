import type { ChannelNow, ChannelSpec } from "../../model/notifier.ts";
import type { Change, Store } from "../../store/store.ts";

/** When channels last took something, and when a person last answered from a notice of theirs: what a receiver takes it may lose. */
export interface ChannelLog {
  /** What is to be kept when it is noted. */
  note(channel: string, what: "taken" | "answered", at: number): Change;
}

const KEY = "channels.seen";
type Seen = Readonly<Record<string, { readonly taken?: number; readonly answered?: number }>>;

const read = async (store: Pick<Store, "value">): Promise<Seen> => JSON.parse((await store.value(KEY)) ?? "{}") as Seen;

export async function openChannelLog(store: Pick<Store, "value">): Promise<ChannelLog> {
  let seen = await read(store);
  return {
    note: (channel, what, at) => {
      seen = { ...seen, [channel]: { ...seen[channel], [what]: at } };
      return { kind: "value.set", key: KEY, value: JSON.stringify(seen) };
    },
  };
}

/** Channels as they stand, in the book's order. Rejects as the store does. */
export async function channelsNow(
  store: Pick<Store, "value" | "desk">,
  channels: readonly ChannelSpec[],
): Promise<readonly ChannelNow[]> {
  if (channels.length === 0) return [];
  const seen = await read(store);
  const open = await store.desk("alert", { open: true, limit: 1_000 });
  const failing = new Set(open.filter(({ form }) => form === "channel").map(({ target }) => target));
  return channels.map(({ id, kind }) => ({
    ...{ id, kind, failing: failing.has(id) },
    taken: seen[id]?.taken ?? null,
    answered: seen[id]?.answered ?? null,
  }));
}
