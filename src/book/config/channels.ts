import { z } from "zod";
import { given } from "../../model/given.ts";
import type { ChannelSpec } from "../../model/notifier.ts";
import type { Source } from "../../model/source.ts";
import { like, path, text } from "./forms.ts";

/** A host name, an address, or a network as `10.0.0.0/8`. */
const host = like(/^(?!.*:\/\/)[^\s/]+(?:\/\d{1,3})?$/, "chat.example.lan | 10.0.0.5 | 10.0.0.0/8");

/** More a minute than any receiver takes. */
const MOST = 10_000;

/** What every channel may have; the rest are parameters of its kind, which lint judges. */
export const channel = z.looseObject({
  kind: text.describe("Kind of notifier, see docs/notifiers.md; its parameters follow."),
  allow: z
    .array(host)
    .optional()
    .describe(
      "Hosts, addresses and networks inside (loopback, private …) that it may reach; everything inside is refused otherwise.",
    ),
  perMinute: z
    .int("20")
    .min(1, "20")
    .max(MOST, "20")
    .optional()
    .describe("Most messages a minute; beyond, several are told as one. Default: what the kind's receivers take."),
  ca: path.optional().describe("PEM file of the book with the authorities to trust instead of the machine's."),
});

/** The model's form of a channel; `at` gives the place of a key. */
export function channelOf(
  id: string,
  { kind, allow, ca, perMinute, ...params }: z.output<typeof channel>,
  at: (...path: string[]) => Source,
): ChannelSpec {
  const source = at("channels", id);
  return {
    ...given({ ca, perMinute }),
    id,
    kind,
    params,
    allow: allow ?? [],
    source,
    lines: Object.fromEntries(Object.keys({ kind, ...params }).map((key) => [key, at("channels", id, key).line])),
  };
}
