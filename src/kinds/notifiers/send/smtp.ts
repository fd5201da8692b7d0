import { once } from "node:events";
import { connect, isIP, type Socket } from "node:net";
import { trust } from "../../checks/net/trust.ts";
import { delivered, later, refused, type Delivery } from "../../../model/notice.ts";
import type { Mail } from "../../../model/notifier.ts";
import { excerpt, LIMITED } from "../answer/http.ts";
import { failure } from "./failure.ts";
import { pinned, type Place } from "./place.ts";

/** What nodemailer tells of a refusal beyond its message. */
interface Reply {
  readonly code?: string | undefined;
  /** The system's own, where the library has put its in the place. */
  readonly originalCode?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly rejected?: readonly unknown[] | undefined;
  readonly rejectedErrors?: readonly Reply[] | undefined;
}

/** Greylisting answers 4xx and wants us back after minutes. */
const GREYLISTED = 300_000;

/** What the server's reply says: 4xx passes, 5xx does not, and neither tells more than its own words. */
function judged(error: unknown, host: string): Delivery | undefined {
  const { code = "", originalCode, responseCode = 0, response = "" } = error as Reply;
  const args = { host, status: responseCode, detail: excerpt(response) };
  if (code === "ETLS" && responseCode >= 500) return refused("smtp-no-tls", { host });
  if (responseCode >= 500) return refused(code === "EAUTH" ? "smtp-login" : "smtp-refused", args);
  if (responseCode >= 400) return later(responseCode === 421 ? LIMITED : GREYLISTED, "smtp-busy", args);
  if (code === "EAUTH" || code === "ENOAUTH") return refused("smtp-login", args);
  if (code === "EENVELOPE" || code === "EMESSAGE") return refused("smtp-refused", args);
  if (code === "ETLS") return later(LIMITED, "tls", { host, code: originalCode ?? code });
  return failure({ code: originalCode ?? code }, host);
}

/** Options that the library's types have no name for go with those that they have. */
const limits = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 10_000,
  disableFileAccess: true,
  disableUrlAccess: true,
};

/** A connection to the addresses that were looked at, in turn; it stands when this resolves. */
async function dial(place: Place, port: number, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host: place.host, port, lookup: pinned(place), signal });
  // What happens later is told by the library, which listens as well.
  socket.on("error", () => undefined);
  await once(socket, "connect", { signal });
  return socket;
}

/** The promise, or a rejection when the signal aborts. */
async function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** One mail over one connection to the addresses that were looked at. Rejects when the signal aborts, and for our bugs. */
export async function submit(
  { server, messageId, references, headers, ...mail }: Mail,
  place: Place,
  { signal, ca }: { readonly signal: AbortSignal; readonly ca?: string },
): Promise<Delivery> {
  const { createTransport } = await import("nodemailer");
  const { host, port, tls, user, password } = server;
  let socket: Socket | undefined;
  try {
    socket = await dial(place, port, signal);
    const transport = createTransport({
      ...limits,
      connection: socket,
      host,
      port,
      secure: tls === "implicit",
      requireTLS: tls === "starttls",
      ignoreTLS: tls === "none",
      tls: { ...(isIP(host) === 0 && { servername: host }), secureContext: trust(ca) },
      ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
    });
    const whole = { ...mail, to: [...mail.to], messageId, inReplyTo: references, references, headers };
    return some(await unless(signal, transport.sendMail(whole)), host);
  } catch (error) {
    if (signal.aborted) throw error;
    const delivery = judged(error, host);
    if (delivery === undefined) throw error;
    return delivery;
  } finally {
    socket?.destroy();
  }
}

/** A server may take a mail for some of its receivers: those it refused were not told. */
function some({ response = "", rejected = [], rejectedErrors = [] }: Reply, host: string): Delivery {
  if (rejected.length === 0) return delivered(excerpt(response));
  const [status = 0] = rejectedErrors.map(({ responseCode = 0 }) => responseCode).toSorted((a, b) => b - a);
  const args = { host, status, names: rejected.map(String) };
  return status >= 500 ? refused("smtp-some", args) : later(GREYLISTED, "smtp-some-busy", args);
}
