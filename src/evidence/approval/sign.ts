import { createHash, sign } from "node:crypto";
import { sshLineOf, type SigningKey } from "../key.ts";
import { MAGIC } from "./armour.ts";
import { wired } from "./wire.ts";

/** Characters of a line of the armour, as ssh-keygen writes it. */
const WIDTH = 70;

/** Signs `text` (UTF-8) with the server's own key, in the form that `ssh-keygen -Y verify` reads (OpenSSH PROTOCOL.sshsig). */
export function signSsh({ privateKey, publicKey }: SigningKey, text: string, namespace: string): string {
  const digest = createHash("sha512").update(text, "utf8").digest();
  const head = [wired(namespace), wired(""), wired("sha512")];
  const bytes = sign(null, Buffer.concat([MAGIC, ...head, wired(digest)]), privateKey);
  const blob = Buffer.from(sshLineOf(publicKey).split(" ")[1]!, "base64");
  const version = Buffer.from([0, 0, 0, 1]);
  const signature = Buffer.concat([wired("ssh-ed25519"), wired(bytes)]);
  const body = Buffer.concat([MAGIC, version, wired(blob), ...head, wired(signature)]).toString("base64");
  const lines = body.match(new RegExp(`.{1,${WIDTH}}`, "g")) ?? [];
  return ["-----BEGIN SSH SIGNATURE-----", ...lines, "-----END SSH SIGNATURE-----", ""].join("\n");
}
