import { bytesOf, fromBase64, hexOf, joined, same, sha256, textOf, type Bytes } from "./bytes.ts";
import { Flaw } from "./flaw.ts";
import type { Signer } from "./signers.ts";

const PROOF = /^c2sp\.org\/tlog-proof@v1\nindex (0|[1-9]\d{0,9})\n((?:[A-Za-z0-9+/]{43}=\n){0,31})\n([^]+)$/;
const NOTE = /^(([^\n]+)\n(0|[1-9]\d{0,9})\n([A-Za-z0-9+/]{43}=)\n)\n((?:\u2014 [^\n]+\n)+)$/;

/** A checkpoint (C2SP tlog-checkpoint in a signed note) that one of the trusted keys signed. */
async function checkpoint(text: string, file: string, trusted: readonly Signer[]) {
  const [, body = "", origin = "", size = "", root64 = "", lines = ""] = NOTE.exec(text) ?? [];
  const root = fromBase64(root64);
  if (root?.length !== 32) throw new Flaw("checkpoint", { file });
  for (const line of lines.trimEnd().split("\n")) {
    const [, name = "", base64 = ""] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const signed = fromBase64(base64);
    const signer = signed?.length === 68 ? await named(name, signed.subarray(0, 4), trusted) : undefined;
    if (signed === undefined || signer === undefined) continue;
    const holds = await crypto.subtle.verify({ name: "Ed25519" }, signer.key, signed.slice(4), bytesOf(body));
    if (name !== origin || !holds) throw new Flaw("signature", { file, key: signer.id.slice(0, 16) });
    return { root, origin, size: Number(size) };
  }
  throw new Flaw("stranger", { file, key: origin });
}

/** The key of a note's line: the first four bytes of SHA-256(name, newline, 1 for Ed25519, key). */
async function named(name: string, id: Uint8Array, trusted: readonly Signer[]): Promise<Signer | undefined> {
  for (const signer of trusted) {
    const whole = await sha256(joined(bytesOf(`${name}\n`), Uint8Array.of(1), signer.raw));
    if (same(whole.subarray(0, 4), id)) return signer;
  }
  return undefined;
}

const node = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(joined(Uint8Array.of(1), left, right));
const half = (n: number): number => Math.floor(n / 2);

/** RFC 9162 §2.1.3.2: the root to which the path leads from this leaf; undefined when the path is of another length. */
async function rootFrom(leaf: Bytes, index: number, size: number, path: readonly Bytes[]): Promise<Bytes | undefined> {
  if (index >= size) return undefined;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const step of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      hash = await node(step, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = await node(hash, step);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? hash : undefined;
}

export interface Logged {
  readonly origin: string;
  readonly index: number;
  readonly size: number;
}

/**
 * Is the statement in the log whose head is beside it? `entry`: SHA-256 of the statement's file and the path it was made
 * for. Whether that head is still the beginning of the log where it lies is not seen from here. Throws Flaw.
 */
export async function checkLogged(
  proof: Uint8Array,
  file: string,
  entry: { readonly statement: Bytes; readonly path: string; readonly name: string; readonly runbook?: string },
  trusted: readonly Signer[],
): Promise<Logged> {
  const [, index = "", lines = "", note = ""] = PROOF.exec(textOf(proof, file)) ?? [];
  const path = lines.split("\n").slice(0, -1).map(fromBase64);
  if (note === "" || path.some((hash) => hash?.length !== 32)) throw new Flaw("proof", { file });
  const { origin, root, size } = await checkpoint(note, file, trusted);
  const digest = hexOf(await sha256(entry.statement));
  const whose = entry.runbook === undefined ? "" : `# runbook ${entry.runbook}\n`;
  const line = `${digest}  ${entry.path}/${entry.name}\n${whose}`;
  const leaf = await sha256(joined(Uint8Array.of(0), bytesOf(line)));
  const found = await rootFrom(leaf, Number(index), size, path as Bytes[]);
  if (found === undefined || !same(found, root)) throw new Flaw("logged", { file });
  return { origin, index: Number(index), size };
}
