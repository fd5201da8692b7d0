import { base64Of, bytesOf, fromBase64, hexOf, joined, same, sha256, type Bytes } from "./bytes.ts";
import { Flaw } from "./flaw.ts";

/** A key that the reader trusts, and for when. */
export interface Signer {
  readonly name: string;
  readonly key: Parameters<typeof crypto.subtle.verify>[1];
  /** The 32 bytes. */
  readonly raw: Bytes;
  /** SHA-256 of the SubjectPublicKeyInfo, hex: the `keyid` of an envelope. */
  readonly id: string;
  /** `SHA256:…`, as ssh-keygen -l prints it. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch; absent: no limit on that side. */
  readonly after?: number;
  readonly before?: number;
}

/** SubjectPublicKeyInfo of Ed25519 up to the key, RFC 8410 §4; and how SSH begins one. */
const SPKI = Uint8Array.from([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]);
const SSH = joined(Uint8Array.from([0, 0, 0, 11]), bytesOf("ssh-ed25519"), Uint8Array.from([0, 0, 0, 32]));

/** What an old browser lacks, or any browser on a page that came unprotected from another machine. */
export const hasCrypto = (): boolean => typeof crypto === "object" && (crypto.subtle as unknown) !== undefined;

async function signerOf(name: string, raw: Bytes, limits: Pick<Signer, "after" | "before"> = {}): Promise<Signer> {
  const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, true, ["verify"]).catch(() => {
    throw new Flaw("browser");
  });
  const id = hexOf(await sha256(joined(SPKI, raw)));
  const fingerprint = `SHA256:${base64Of(await sha256(joined(SSH, raw))).replaceAll("=", "")}`;
  return { name, key, raw, id, fingerprint, ...limits };
}

/** The 32 bytes behind a known beginning. */
function after(begin: Uint8Array, base64: string): Bytes | undefined {
  const whole = fromBase64(base64);
  if (whole?.length !== begin.length + 32 || !same(whole.subarray(0, begin.length), begin)) return undefined;
  return whole.slice(begin.length);
}

const LINE =
  /^(\S+)\s+(?:([a-z-]+(?:="[^"]*")?(?:,[a-z-]+(?:="[^"]*")?)*)\s+)?ssh-ed25519\s+([A-Za-z0-9+/=]+)(?:\s.*)?$/i;
const MOMENT = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/;

/** A time of a signers file as UTC; undefined for what is no time, NaN for a date that there is not. */
function momentOf(text: string): number | undefined {
  const found = MOMENT.exec(text)?.slice(1);
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found.map((part) => part ?? "00");
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

async function ofLine(line: string, number: number, file: string): Promise<readonly Signer[]> {
  const bad = (): never => {
    throw new Flaw("signers", { file, line: number });
  };
  const [, name, given = "", base64] = LINE.exec(line) ?? bad();
  const raw = after(SSH, base64!) ?? bad();
  const options = new Map([...given.matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)].map(([, key, is = ""]) => [key!, is]));
  if (options.has("cert-authority")) bad();
  const spaces = options.get("namespaces");
  if (spaces !== undefined && !spaces.split(",").includes("watchbook")) return [];
  const limit = (key: string): number | undefined => {
    const text = options.get(key);
    const at = text === undefined ? undefined : (momentOf(text) ?? bad());
    return at !== undefined && Number.isNaN(at) ? bad() : at;
  };
  const [from, until] = [limit("valid-after"), limit("valid-before")];
  const limits = { ...(from !== undefined && { after: from }), ...(until !== undefined && { before: until }) };
  return [await signerOf(name!, raw, limits)];
}

/**
 * Keys of a signers file (OpenSSH's allowed_signers), of a line `ssh-ed25519 …` or of a PEM file. A line that is not
 * understood is an error, not skipped. Throws Flaw `signers`, or `browser` where it knows no Ed25519.
 */
export async function parseSigners(text: string, file: string): Promise<readonly Signer[]> {
  if (!hasCrypto()) throw new Flaw("browser");
  const pem = /-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----/.exec(text)?.[1];
  if (pem !== undefined) {
    const raw = after(SPKI, pem.replaceAll(/\s/g, ""));
    if (raw === undefined) throw new Flaw("signers", { file, line: 1 });
    return [await signerOf(file, raw)];
  }
  const [type, single = ""] = text.trim().split(/\s+/);
  const only = type === "ssh-ed25519" ? after(SSH, single) : undefined;
  if (only !== undefined) return [await signerOf(file, only)];
  const lines = text.split(/\r?\n/).map((line, n) => ({ line: line.trim(), n: n + 1 }));
  const keys = lines.filter(({ line }) => line !== "" && !line.startsWith("#"));
  return (await Promise.all(keys.map(({ line, n }) => ofLine(line, n, file)))).flat();
}

/** Is the key trusted for something that happened at `at`? */
export const validAt = ({ after: from, before: until }: Signer, at: number): boolean =>
  (from === undefined || at >= from) && (until === undefined || at < until);
