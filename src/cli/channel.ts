import type { Status } from "../api/contract.ts";
import { deliverySaid } from "../api/view/say.ts";
import type { OpenBook } from "../engine/house.ts";
import { makeAlerts } from "../engine/alerts/alerts.ts";
import { channelNamed, tryChannel, type ChannelTried } from "../engine/alerts/try-channel.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import { isUnwritten } from "../store/refusal.ts";
import { daemonAt } from "./client.ts";
import { aboutOf, hold, type Held } from "./hold.ts";
import { byOf, openHere } from "./inspect/alone.ts";
import { lookBeside } from "./look.ts";
import type { Call, Verb } from "./verb.ts";

/** Tries a channel: tells nobody but the one that was named, and keeps what became of it. */
export const channel: Verb = {
  name: "channel",
  words: "any",
  options: {},
  run: async (call) => {
    const [what = "", name = "", ...rest] = call.positionals;
    if (what === "test" && rest.length > 0)
      throw new WatchbookError("WORDS-EXTRA", { verb: "channel test", extra: rest });
    if (what !== "test" || name === "")
      throw new WatchbookError("CHANNEL-USAGE", { given: call.positionals.join(" ") });
    return test(call, name);
  },
};

/** Through the daemon when one owns the data and knows the channel, with the secrets that it has; else here. */
async function test(call: Call, name: string): Promise<Exit> {
  const { world } = call;
  const lang = call.values["lang"] === undefined ? undefined : call.lang;
  const asked = { by: byOf(call), ...(lang !== undefined && { lang }) };
  const client = await daemonAt(call.data, world.clock);
  const open = await openHere(call);
  channelNamed(open, name);
  const known = client && (await client.get<Status>("/api/v1/status")).channels.some(({ id }) => id === name);
  const tried = known
    ? await client.post<ChannelTried>(`/api/v1/channels/${encodeURIComponent(name)}/test`, asked)
    : await alone(call, open, { name, ...asked });
  tell(call, tried, lang ?? open.book.lang);
  const { kind } = tried.delivery;
  return kind === "delivered" ? EXIT.ok : kind === "later" ? EXIT.unreachable : EXIT.input;
}

/** Where the data is another's, or takes nothing, the channel is tried all the same, and that it is not on record is told. */
async function alone(call: Call, open: OpenBook, trying: Parameters<typeof tryChannel>[3]): Promise<ChannelTried> {
  const { world } = call;
  const onBug = (error: unknown): never => {
    throw error;
  };
  const found = await heldOr(call);
  if (found instanceof WatchbookError) {
    await using beside = await lookBeside(call);
    const unkept = { tested: () => Promise.resolve(), ill: () => found };
    return await tryChannel(beside.house, open, unkept, trying, world.signal);
  }
  await using held = found;
  const { house } = held;
  const alerts = await makeAlerts({ house, open: () => open, interval: () => 0, onBug, quiet: true });
  return await tryChannel(house, open, alerts, trying, world.signal);
}

/** The data directory, or why it cannot be had. */
async function heldOr(call: Call): Promise<Held | WatchbookError> {
  try {
    return await hold(call.world, call.data, aboutOf(call));
  } catch (error) {
    if (error instanceof WatchbookError && (error.code === "DATA-OWNED" || isUnwritten(error))) return error;
    throw error;
  }
}

function tell({ world, json }: Call, tried: ChannelTried, lang: Lang): void {
  const { channel, kind, delivery, seconds, notice, left, kept } = tried;
  const { said } = texts(lang).notifiers;
  const why = deliverySaid(delivery, lang) ?? undefined;
  const afterMs = delivery.kind === "later" ? delivery.afterMs : 0;
  if (json) {
    const { kind: outcome, args: _, ...more } = { args: {}, ...delivery };
    const told = { channel, kind, notice, delivery: outcome, seconds, ...more, ...why, ...(left && { left }), kept };
    world.stdout.write(`${JSON.stringify(told)}\n`);
  }
  const receipt = delivery.kind === "delivered" ? delivery.receipt : undefined;
  const below = [
    ...(why === undefined ? [] : [why.say, why.fix]),
    ...(receipt === undefined ? [] : [format(said.receipt, { receipt })]),
    ...(delivery.kind === "delivered" ? [left ? said.left : said.look] : []),
    ...(kept ? [] : [said.unkept]),
  ];
  const head = format(said[delivery.kind], { channel, kind, seconds, after: Math.ceil(afterMs / 1_000) });
  (json ? world.stderr : world.stdout).write(`${[head, ...below.map((line) => `  ${line}`)].join("\n")}\n`);
}
