import { z } from "zod";
import { given } from "../../model/given.ts";
import type { Source } from "../../model/source.ts";
import { WATCHER_DEFAULTS, type WatcherSpec } from "../../model/watcher.ts";
import { seconds } from "./duration.ts";
import { duration, id, like, text } from "./forms.ts";

const host = like(/^(?!.*:\/\/)[^\s/]+(?:\/\d{1,3})?$/, "chat.example.lan | 10.0.0.5 | 10.0.0.0/8");
const place = like(/^(?:\[[0-9a-f:]+\]|[^\s:/[\]]+):\d{1,5}$/i, "192.0.2.1:53 | gateway.example.lan:443");
const web = like(/^https?:\/\/[^\s/?#@]+/, "https://beats.example.org/7f0c");

const EVERY_MS = 60_000;
const MIB = 1 << 20;

/** What watchbook does about its own death. */
export const watcher = z.strictObject({
  heartbeat: z
    .strictObject({
      url: z
        .union([web, z.strictObject({ secret: text.describe("Name of a secret, `env:NAME` or `file:/path`.") })])
        .optional()
        .describe(
          "Address that is asked with GET: that of a service which calls somebody when it is not asked any more.",
        ),
      channel: id.optional().describe("Channel that is told instead, by id."),
      every: duration.optional().describe("How often. Default 1m."),
      allow: z.array(host).optional().describe("Hosts, addresses and networks inside that it may reach."),
    })
    .refine(({ url, channel }) => (url === undefined) !== (channel === undefined), "url: … | channel: …")
    .optional()
    .describe("Sent only while checks are really read and the store can be written."),
  references: z
    .array(place)
    .optional()
    .describe(
      "Places that answer whenever our own network does. While none of them does, a check over the network that fails is unknown: nobody can tell.",
    ),
  channels: z
    .array(id)
    .optional()
    .describe(
      "Channels that hear of watchbook itself (it was down, its disk is full), the first that takes it. Default: all.",
    ),
  reserve: z
    .int("8")
    .min(0, "0")
    .max(1_024, "1024")
    .optional()
    .describe(
      "MiB kept beside the store and given up when the disk is full, so that it can be recorded and told. Default 8.",
    ),
});
export type RawWatcher = z.output<typeof watcher>;

export function watcherOf(raw: RawWatcher, source: Source): WatcherSpec {
  const { heartbeat, references, channels, reserve } = raw;
  return {
    ...WATCHER_DEFAULTS,
    ...given({ references, channels }),
    ...(reserve !== undefined && { reserve: reserve * MIB }),
    ...(heartbeat && {
      heartbeat: {
        ...given({ url: heartbeat.url, channel: heartbeat.channel }),
        everyMs: heartbeat.every === undefined ? EVERY_MS : (seconds(heartbeat.every) ?? 0) * 1000,
        allow: heartbeat.allow ?? [],
      },
    }),
    source,
  };
}
