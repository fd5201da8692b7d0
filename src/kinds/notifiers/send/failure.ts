import { later, type Delivery } from "../../../model/notice.ts";
import { LIMITED, SOON } from "../answer/http.ts";
import { HalfAnswer } from "./http.ts";

/** Node's codes for a certificate or handshake that is not accepted. */
const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|EPROTO$)|UNABLE_TO|SELF_SIGNED|ISSUER/;
/** Node's own for an answer that is no HTTP. */
const PROTOCOL = /^(?:HPE_|ERR_HTTP|ERR_INVALID_HTTP|ERR_STREAM)/;

/** The code of a connection's error; of several attempts (IPv6, then IPv4) the first that has one. */
function codeOf(error: unknown): string {
  const { code, errors } = error as NodeJS.ErrnoException & { readonly errors?: readonly NodeJS.ErrnoException[] };
  return (errors ?? []).map((each) => each.code).find((each) => each !== undefined) ?? code ?? "";
}

/**
 * What a connection that failed says: the receiver may have the message or not, so it is tried again with the same id.
 * Undefined for what is our bug.
 */
export function failure(error: unknown, host: string): Delivery | undefined {
  if (error instanceof HalfAnswer) return later(SOON, "half-answer", { host, status: error.status });
  const code = codeOf(error);
  if (code === "") return undefined;
  if (TLS.test(code)) return later(LIMITED, "tls", { host, code });
  if (PROTOCOL.test(code)) return later(LIMITED, "no-http", { host, code });
  return later(SOON, "not-reached", { host, code });
}
