import { WatchbookError } from "../../../model/error.ts";
import type { Args } from "../../../model/finding.ts";
import { later, refused, tidied, type Delivery, type Notice } from "../../../model/notice.ts";
import type {
  ChannelSpec,
  HttpAnswer,
  HttpRequest,
  Mail,
  NotifierKind,
  NotifierPorts,
} from "../../../model/notifier.ts";
import { HIDDEN, redact } from "../../../model/redact.ts";
import { SOON } from "../answer/http.ts";
import { notifiers } from "../index.ts";
import { failure } from "./failure.ts";
import { post } from "./http.ts";
import { open, type OpenedParams } from "./open.ts";
import { isPlace, placeOf } from "./place.ts";
import { submit } from "./smtp.ts";

/** Milliseconds for everything: name, connection, handshake, sending, answer. */
export const WITHIN = 15_000;
/** A mail server may think about a message before it takes it. */
const MAIL_WITHIN = 60_000;

interface Attempt {
  readonly channel: ChannelSpec;
  readonly ports: NotifierPorts;
  readonly signal: AbortSignal;
}

/** The authorities that the channel trusts; none: those of the machine. */
const trustOf = async ({ channel, ports }: Attempt): Promise<{ readonly ca?: string }> =>
  channel.ca === undefined ? {} : { ca: await ports.file(channel.ca) };

/** What no header can carry: Node would throw in the middle of the attempt. */
const UNFIT = /[^\t\x20-\x7e\x80-\xff]/;

async function overHttp(
  kind: Extract<NotifierKind, { wire: "http" }>,
  { params, secrets }: OpenedParams<object>,
  request: HttpRequest,
  given: Attempt,
): Promise<Delivery> {
  const { channel, ports, signal } = given;
  if (Buffer.byteLength(request.body) > kind.limits.bytes) return refused("too-long", { most: kind.limits.bytes });
  if (!URL.canParse(request.url) || !/^https?:$/.test(new URL(request.url).protocol)) return refused("no-address");
  const unfit = Object.keys(request.headers).find((name) => UNFIT.test(request.headers[name]!));
  if (unfit !== undefined) return refused("no-header", { name: unfit });
  const { hostname } = new URL(request.url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const place = await placeOf(host, channel, ports);
  if (!isPlace(place)) return place;
  const ca = await trustOf(given);
  try {
    return kind.answer(hidden(await post(request, place, { signal, ...ca }), secrets), params);
  } catch (error) {
    if (signal.aborted) throw error;
    const delivery = failure(error, host);
    if (delivery === undefined) throw error;
    return delivery;
  }
}

async function overSmtp(mail: Mail, given: Attempt): Promise<Delivery> {
  const place = await placeOf(mail.server.host, given.channel, given.ports);
  return isPlace(place) ? submit(mail, place, { signal: given.signal, ...(await trustOf(given)) }) : place;
}

/** Shorter ones may be words of the receiver's own. */
const SURELY = 8;

/** An answer without the secrets that came back with it: whoever judges it shows the beginning, and would cut one in two. */
function hidden(answer: HttpAnswer, secrets: readonly string[]): HttpAnswer {
  let { body } = answer;
  for (const secret of secrets) if (secret.length >= SURELY) body = body.replaceAll(secret, HIDDEN);
  return { ...answer, body };
}

/** Values of a sentence without any of the secrets that the receiver may have sent back. */
function clean(delivery: Delivery, secrets: readonly string[]): Delivery {
  if (delivery.kind === "delivered")
    return delivery.receipt === undefined ? delivery : { ...delivery, receipt: redact(delivery.receipt, secrets) };
  const hide = (value: Args[string]): Args[string] =>
    typeof value === "string"
      ? redact(value, secrets)
      : typeof value === "number"
        ? value
        : value.map((each) => redact(each, secrets));
  return {
    ...delivery,
    args: Object.fromEntries(Object.entries(delivery.args).map(([name, value]) => [name, hide(value)])),
  };
}

async function attempt(kind: NotifierKind, parsed: unknown, notice: Notice, given: Attempt): Promise<Delivery> {
  const opened = await open(parsed as object, given.ports.secret);
  const { params, secrets } = opened;
  if (kind.wire === "smtp") return clean(await overSmtp(kind.mail(params, notice), given), secrets);
  const request = kind.request(params, notice, given.ports.clock.wall());
  return clean(await overHttp(kind, opened, request, given), secrets);
}

/** The work, or the signal's abort: a resolver of names does not listen to it. */
async function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/**
 * One attempt to deliver a notice through a channel. Never rejects for what receivers, networks and books do; rejects with
 * the reason of an abort, and for our own bugs.
 */
export async function send(channel: ChannelSpec, notice: Notice, ports: NotifierPorts): Promise<Delivery> {
  ports.signal.throwIfAborted();
  const kind = notifiers.find((each) => each.kind === channel.kind);
  if (kind === undefined) return refused("no-kind", { kind: channel.kind });
  const parsed = kind.params.safeParse(channel.params);
  if (!parsed.success) return refused("bad-params", { channel: channel.id });
  const within = kind.wire === "smtp" ? MAIL_WITHIN : WITHIN;
  const late = new AbortController();
  const stop = ports.clock.timer(within, () => late.abort());
  const signal = AbortSignal.any([ports.signal, late.signal]);
  try {
    return await before(signal, attempt(kind, parsed.data, tidied(notice), { channel, ports, signal }));
  } catch (error) {
    if (ports.signal.aborted) throw ports.signal.reason;
    if (late.signal.aborted) return later(SOON, "no-answer", { channel: channel.id, seconds: within / 1_000 });
    if (error instanceof WatchbookError)
      return refused("not-to-be-had", { what: String(Object.values(error.args)[0] ?? error.code) });
    throw error;
  } finally {
    stop();
  }
}
