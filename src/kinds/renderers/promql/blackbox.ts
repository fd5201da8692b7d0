import type { CheckSpec } from "../../../model/check.ts";
import { literal } from "./selector.ts";

/** A check that the blackbox exporter can do in watchbook's place, with the same result. */
export interface Probe {
  readonly check: CheckSpec;
  /** Name of its module. */
  readonly module: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** What is probed: an address, `host:port`, a name server. */
  readonly at: string;
  /** Series of its value in the unit of the check; absent: it only has a state. */
  readonly series: string;
}

type Params = Readonly<Record<string, unknown>>;
type Made = Omit<Probe, "check" | "module">;
type Address = Parameters<typeof host>[0];

const host = ({ host: name, port }: { readonly host: string; readonly port: number }): string =>
  `${name.includes(":") ? `[${name}]` : name}:${port}`;
const list = <T>(given: T | readonly T[] | undefined): readonly T[] =>
  given === undefined ? [] : ([given].flat() as T[]);
const wait = (within: unknown): { readonly timeout: string } => ({ timeout: `${Number(within)}s` });
const DURATION = "probe_duration_seconds";
const IP = { preferred_ip_protocol: "ip4" };

/** Whether nothing is asked beyond these. */
const only = (params: Params, known: string): boolean =>
  Object.entries(params).every(([name, value]) => value === undefined || known.split(" ").includes(name));

/** Only what the exporter judges by the same words: a status, a text in the body. JSON, figures and secrets stay with watchbook. */
function http(params: Params): Made | undefined {
  const { url, method, headers = {}, status, contains, excludes, within, redirects } = params;
  const texts = Object.entries(headers as Params);
  const plain = texts.every(([, value]) => typeof value === "string");
  if (!plain || !only(params, "url method headers status contains excludes within redirects maxBytes"))
    return undefined;
  const regexes = (given: unknown): readonly string[] => list(given as string | undefined).map(literal);
  const settings = {
    ...{ method, follow_redirects: redirects !== 0, ...IP },
    ...(status !== undefined && { valid_status_codes: list(status) }),
    ...(texts.length > 0 && { headers: Object.fromEntries(texts) }),
    ...(contains !== undefined && { fail_if_body_not_matches_regexp: regexes(contains) }),
    ...(excludes !== undefined && { fail_if_body_matches_regexp: regexes(excludes) }),
  };
  return { at: url as string, series: DURATION, settings: { prober: "http", ...wait(within), http: settings } };
}

function tcp(params: Params): Made | undefined {
  const [at, ...more] = list(params["address"] as Address | undefined).map(host);
  if (at === undefined || more.length > 0 || !only(params, "address within linger")) return undefined;
  return { at, series: DURATION, settings: { prober: "tcp", ...wait(params["within"]), tcp: IP } };
}

/** Days that are left; the share of a life is not to be had from the exporter. */
function tls(params: Params): Made | undefined {
  const { address, servername, measure, trusted, within } = params;
  if (address === undefined || measure !== "days") return undefined;
  if (!only(params, "address servername measure trusted within")) return undefined;
  const config = {
    ...(servername !== undefined && { server_name: servername }),
    ...(trusted === false && { insecure_skip_verify: true }),
  };
  const handshake = { tls: true, ...IP, ...(Object.keys(config).length > 0 && { tls_config: config }) };
  const settings = { prober: "tcp", ...wait(within), tcp: handshake };
  return { at: host(address as Address), series: "probe_ssl_earliest_cert_expiry", settings };
}

/** Records are written otherwise there: only whether a server that was named has any. */
function dns(params: Params): Made | undefined {
  const { name, type, server, within } = params;
  if (typeof server !== "string" || !only(params, "name type server within")) return undefined;
  const found = { fail_if_none_matches_regexp: [".+"] };
  const query = { query_name: name, query_type: type, ...IP, validate_answer_rrs: found };
  return { at: server, series: DURATION, settings: { prober: "dns", ...wait(within), dns: query } };
}

/** The time of one packet; a share of lost packets takes several. */
function ping(params: Params): Made | undefined {
  if (params["measure"] !== "time" || !only(params, "host measure within count")) return undefined;
  return {
    at: params["host"] as string,
    series: DURATION,
    settings: { prober: "icmp", ...wait(params["within"]), icmp: IP },
  };
}

const KINDS: Readonly<Record<string, (params: Params) => Made | undefined>> = { http, tcp, tls, dns, ping };

/**
 * `check.params` as its kind read them. The probe of a check, if there is one that means the same. Only what is asked from where watchbook runs: on another machine
 * than the exporter's the same address may be something else.
 */
export function probeOf(check: CheckSpec): Probe | undefined {
  if ((check.target ?? "local") !== "local") return undefined;
  const made = KINDS[check.kind]?.(check.params as Params);
  return made && { ...made, check, module: check.id.replaceAll(/[^\w]/g, "_") };
}
