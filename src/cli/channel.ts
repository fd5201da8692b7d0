import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { resolve } from "node:path";
import type { OpenBook } from "../engine/house.ts";
import { format } from "../i18n/format.ts";
import { sayBoth } from "../i18n/one.ts";
import { texts, type Said } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import { likely } from "../model/nearest.ts";
import type { Delivery, Notice } from "../model/notice.ts";
import type { ChannelSpec, NotifierPorts, Send } from "../model/notifier.ts";
import { referenceOf } from "../model/secret.ts";
import { secondsBetween } from "../model/time.ts";
import { secretOf } from "./house.ts";
import { openHere } from "./inspect/alone.ts";
import type { Call, Verb, World } from "./verb.ts";

/** Tries a channel: asks nothing, and tells nobody but the one that was named. */
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
    return test(call, await openHere(call), name);
  },
};

/** The channel of a book, or CHANNEL-UNKNOWN with the nearest ones. */
function named({ book }: OpenBook, name: string): ChannelSpec {
  const found = book.config.channels.find(({ id }) => id === name);
  if (found) return found;
  const ids = book.config.channels.map(({ id }) => id);
  throw new WatchbookError("CHANNEL-UNKNOWN", { name, nearest: likely(name, ids).join(", ") || "-" });
}

/** What a delivery needs of the world: secrets by the names that the book gives them, files of the book. */
const portsOf = (world: World, { book, root }: OpenBook): NotifierPorts => ({
  clock: world.clock,
  signal: world.signal,
  secret: (given) => secretOf(world, referenceOf(book.config.secrets, given)),
  file: async (path) => {
    try {
      return await readFile(resolve(root, path), "utf8");
    } catch (error) {
      throw new WatchbookError("FILE-NOT-FOUND", { path }, { cause: error });
    }
  },
});

function noticeOf({ world }: Call, { book }: OpenBook, { id }: ChannelSpec, lang: Lang): Notice {
  const { notice: said } = texts(lang).notifiers;
  const one = randomUUID();
  return {
    id: one,
    group: `test/${one}`,
    event: "test",
    severity: "test",
    rank: book.config.severities.length,
    at: world.clock.wall(),
    lang,
    title: format(said.testTitle, { channel: id }),
    body: format(said.testBody, { by: userInfo().username, host: hostname() }),
    facts: [
      { name: said.book, value: book.title },
      { name: said.channel, value: id },
    ],
    links: [],
    shortened: said.shortened,
  };
}

async function test(call: Call, open: OpenBook, name: string): Promise<Exit> {
  const { world } = call;
  const channel = named(open, name);
  const lang = call.values["lang"] === undefined ? open.book.lang : call.lang;
  const send: Send = (await world.registry()).send!;
  const ports = portsOf(world, open);
  const notice = noticeOf(call, open, channel, lang);
  const start = world.clock.monotonic();
  const delivery = await send(channel, notice, ports);
  const seconds = Math.round(secondsBetween(start, world.clock.monotonic()) * 100) / 100;
  const left = delivery.kind === "delivered" && !(await closed(channel, notice, ports, send));
  tell(call, { channel, delivery, seconds, notice, lang, left });
  return delivery.kind === "delivered" ? EXIT.ok : delivery.kind === "later" ? EXIT.unreachable : EXIT.input;
}

/** Receivers that keep a state have an incident open now: the test ends it. False: it is still open there. */
async function closed(channel: ChannelSpec, notice: Notice, ports: NotifierPorts, send: Send): Promise<boolean> {
  const { notifiers } = await import("../kinds/notifiers/index.ts");
  if (notifiers.find(({ kind }) => kind === channel.kind)?.stateful !== true) return true;
  const title = format(texts(notice.lang).notifiers.notice.testOver, { channel: channel.id });
  const { kind } = await send(channel, { ...notice, id: randomUUID(), event: "resolve", title }, ports);
  return kind === "delivered";
}

interface Told {
  readonly channel: ChannelSpec;
  readonly delivery: Delivery;
  readonly seconds: number;
  readonly notice: Notice;
  readonly lang: Lang;
  /** What the test opened at the receiver's is still open. */
  readonly left: boolean;
}

const saidOf = (delivery: Exclude<Delivery, { kind: "delivered" }>, lang: Lang): Said => {
  const { notifiers, words } = texts(lang);
  return sayBoth(notifiers.reasons, delivery.reason, delivery.args, words);
};

function tell({ world, json }: Call, { channel: { id, kind }, delivery, seconds, notice, lang, left }: Told): void {
  const { said } = texts(lang).notifiers;
  const why = delivery.kind === "delivered" ? undefined : saidOf(delivery, lang);
  const afterMs = delivery.kind === "later" ? delivery.afterMs : 0;
  if (json) {
    const { kind: outcome, args: _, ...more } = { args: {}, ...delivery };
    const told = {
      channel: id,
      kind,
      notice: notice.id,
      delivery: outcome,
      seconds,
      ...more,
      ...why,
      ...(left && { left }),
    };
    world.stdout.write(`${JSON.stringify(told)}\n`);
  }
  const receipt = delivery.kind === "delivered" ? delivery.receipt : undefined;
  const below = [
    ...(why === undefined ? [] : [why.say, why.fix]),
    ...(receipt === undefined ? [] : [format(said.receipt, { receipt })]),
    ...(delivery.kind === "delivered" ? [left ? said.left : said.look] : []),
  ];
  const head = format(said[delivery.kind], { channel: id, kind, seconds, after: Math.ceil(afterMs / 1_000) });
  (json ? world.stderr : world.stdout).write(`${[head, ...below.map((line) => `  ${line}`)].join("\n")}\n`);
}
