import { WatchbookError } from "../model/error.ts";
import { utc } from "../model/time.ts";
import { publicKeyFromPem, publicKeyFromSsh, publicKeyOf, sshLineOf, type PublicKey } from "./key.ts";

/** A key somebody trusts, and for when. */
export interface Signer {
  readonly name: string;
  readonly key: PublicKey;
  /** Milliseconds since the epoch; absent: no limit on that side. */
  readonly after?: number;
  readonly before?: number;
}

/** The namespace a signers line must allow, when it names any. */
const NAMESPACE = "watchbook";

/** `20260101`, `202601011200`, `20260101120000`, each with or without Z, as ssh-keygen(1) has them; read as UTC. */
function timeOf(text: string): number | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const at = Date.UTC(year!, month! - 1, day, hour, minute, second);
  // The 31st of February is no day; Date would take it for one in March.
  return utc(at).replaceAll(/\D/g, "").startsWith(text.replace("Z", "")) ? at : undefined;
}

/** `20260101120000Z`, as `timeOf` reads it; whole seconds, those that have begun. */
const stamp = (wall: number): string => `${utc(wall).slice(0, 19).replaceAll(/\D/g, "")}Z`;

/** The line of a signers file that says this. */
export function signerLine({ name, key, after, before }: Signer): string {
  const limits = [
    ...(after === undefined ? [] : [`,valid-after="${stamp(after)}"`]),
    ...(before === undefined ? [] : [`,valid-before="${stamp(before)}"`]),
  ];
  // A name may be the path of the file that it came from.
  return `${name.replaceAll(/[\s"]/g, "-")} namespaces="${NAMESPACE}"${limits.join("")} ${sshLineOf(key)}`;
}

/** Options of a line: `namespaces="a,b",valid-after="20260101"`; undefined when a part is not understood. */
function optionsOf(text: string): ReadonlyMap<string, string> | undefined {
  const options = new Map<string, string>();
  let rest = text;
  while (rest !== "") {
    const found = /^([a-z-]+)(?:="([^"]*)")?(?:,|$)/i.exec(rest);
    if (!found) return undefined;
    options.set(found[1]!.toLowerCase(), found[2] ?? "");
    rest = rest.slice(found[0].length);
  }
  return options;
}

/** Every option but the first begins with its comma: a line can be read in one way only, and in linear time. */
const LINE =
  /^(\S+)\s+(?:([a-z-]+(?:="[^"]*")?(?:,[a-z-]+(?:="[^"]*")?)*)\s+)?(ssh-[a-z0-9-]+|sk-\S+|ecdsa-\S+)\s+(\S+)(?:\s.*)?$/i;

/**
 * The signers file of a book: lines of OpenSSH's allowed_signers format (ssh-keygen(1), ALLOWED SIGNERS), Ed25519 keys
 * only. What is not understood is an error, not skipped: a trust file must mean what it says.
 */
export function parseSigners(text: string, file: string): readonly Signer[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) return [];
    const bad = (): never => {
      throw new WatchbookError(
        "EVIDENCE-SIGNERS-LINE",
        { file, line: index + 1 },
        { source: { file, line: index + 1 } },
      );
    };
    const [, name, given = "", type, base64] = LINE.exec(line) ?? bad();
    const options = optionsOf(given) ?? bad();
    const key = publicKeyFromSsh(type!, base64!) ?? bad();
    if (options.has("cert-authority")) bad();
    const namespaces = options.get("namespaces");
    if (namespaces !== undefined && !namespaces.split(",").includes(NAMESPACE)) return [];
    const limit = (option: string): number | undefined =>
      options.has(option) ? (timeOf(options.get(option)!) ?? bad()) : undefined;
    const [after, before] = [limit("valid-after"), limit("valid-before")];
    return [{ name: name!, key, ...(after !== undefined && { after }), ...(before !== undefined && { before }) }];
  });
}

/** Keys of a `--public-key` file: PEM, an `ssh-ed25519 …` line, or a signers file. */
export function parsePublicKeys(text: string, file: string): readonly Signer[] {
  const unlimited = (key: PublicKey): readonly Signer[] => [{ name: file, key }];
  if (text.includes("-----BEGIN")) {
    try {
      return unlimited(publicKeyFromPem(text));
    } catch (cause) {
      throw new WatchbookError("EVIDENCE-PUBLIC-KEY", { file }, { cause });
    }
  }
  const [type = "", base64 = ""] = text.trim().split(/\s+/);
  const single = publicKeyFromSsh(type, base64);
  if (single) return unlimited(publicKeyOf(single.raw));
  const signers = parseSigners(text, file);
  if (signers.length === 0) throw new WatchbookError("EVIDENCE-PUBLIC-KEY", { file });
  return signers;
}

/** Is the key trusted for something that happened at `at`? */
export const validAt = (signer: Signer, at: number): boolean =>
  (signer.after === undefined || at >= signer.after) && (signer.before === undefined || at < signer.before);
