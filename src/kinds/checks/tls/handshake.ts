import type { X509Certificate } from "node:crypto";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { connect } from "node:tls";
import { Failing } from "../answer/failing.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { deadline } from "../net/deadline.ts";
import { codeOf, connectionError, noAnswer } from "../net/failure.ts";
import { trust } from "../net/trust.ts";
import { addressText, type Address } from "../params/address.ts";

export interface Served {
  readonly ip: string;
  readonly leaf: X509Certificate;
  /** Why OpenSSL does not trust the chain (`SELF_SIGNED_CERT_IN_CHAIN` …); absent: it does. */
  readonly distrust?: string;
  readonly protocol: string;
}

export interface Handshake {
  readonly address: Address;
  readonly servername: string;
  /** Seconds for each connection with its handshake. */
  readonly within: number;
  /** Authorities trusted instead of the machine's, PEM. */
  readonly ca?: string;
}

/** Addresses behind the name; every one of them may serve another certificate. */
async function addresses(host: string): Promise<readonly string[]> {
  if (isIP(host)) return [host];
  const found = await lookup(host, { all: true }).catch((error: unknown) => {
    throw connectionError(error, host);
  });
  return [...new Set(found.map((each) => each.address))];
}

/** One handshake; the certificate is looked at here, so Node must not refuse it first. */
async function shake(ip: string, asked: Handshake, signal: AbortSignal): Promise<Served> {
  const name = addressText({ host: ip, port: asked.address.port });
  using limit = deadline(asked.within * 1_000, signal);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({
    host: ip,
    port: asked.address.port,
    ...(isIP(asked.servername) ? {} : { servername: asked.servername }),
    rejectUnauthorized: false,
    secureContext: trust(asked.ca),
    checkServerIdentity: () => undefined,
  });
  socket.once("secureConnect", () => resolve());
  socket.once("error", (error) => reject(failure(error, name)));
  socket.once("end", () => reject(new Failing("tls-handshake", { address: name, code: "EOF" })));
  limit.signal.addEventListener("abort", () => reject(limit.late ? noAnswer(name, asked.within) : signal.reason), {
    once: true,
  });
  try {
    await promise;
    const leaf = socket.getPeerX509Certificate();
    if (!leaf) throw new Failing("tls-handshake", { address: name, code: "no certificate" });
    const distrust = socket.authorizationError as unknown as string | null;
    return { ip, leaf, protocol: socket.getProtocol() ?? "", ...(distrust && { distrust }) };
  } finally {
    socket.destroy();
  }
}

function failure(error: unknown, address: string): unknown {
  const code = codeOf(error);
  return /^(ERR_SSL|EPROTO)/.test(code)
    ? new Failing("tls-handshake", { address, code })
    : connectionError(error, address);
}

/** Handshakes with every address behind the name. Addresses that this machine has no route to (IPv6) do not count. */
export async function handshakes(asked: Handshake, signal: AbortSignal): Promise<readonly Served[]> {
  const ips = await addresses(asked.address.host);
  const tried = await Promise.allSettled(ips.map((ip) => shake(ip, asked, signal)));
  const served = tried.filter((each) => each.status === "fulfilled").map((each) => each.value);
  const errors = tried.filter((each) => each.status === "rejected").map((each): unknown => each.reason);
  const noRoute = (error: unknown) => error instanceof Unjudged && error.reason === "unreachable";
  const refused = (error: unknown) => error instanceof Failing && error.reason === "refused";
  // `localhost` is two addresses, and servers often listen on one of them only.
  const harmless = (error: unknown) => noRoute(error) || (refused(error) && asked.address.host === "localhost");
  const serious = errors.find((error) => served.length === 0 || !harmless(error));
  if (serious !== undefined) throw serious;
  return served;
}
