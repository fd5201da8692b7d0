import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { fingerprintOf, pemOf, publicKeyFile, publicKeyFromPem, signingKey } from "../../evidence/key.ts";
import { linesTold, untoldLines } from "../../evidence/own-signers.ts";
import { rotateKey } from "../../evidence/rotate.ts";
import { signerLine } from "../../evidence/signers.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import type { Call } from "../verb.ts";
import { placesOf, readText } from "./place.ts";

/** As a signers file can carry it. */
const hostName = (): string => hostname().replaceAll(/\s/g, "-");

/** `evidence key --rotate`: the two lines on standard output that take the place of the old one in the signers file. */
async function rotate(call: Call): Promise<Exit> {
  const { keys, root, signers } = placesOf(call);
  const { stdout, stderr, clock } = call.world;
  const { was, is, lines } = await rotateKey(keys, root, hostName(), clock);
  const [old, fresh] = [fingerprintOf(was), fingerprintOf(is)];
  if (call.json) {
    stdout.write(`${JSON.stringify({ was: old, is: fresh, signersLines: lines, pem: pemOf(is) }, null, 2)}\n`);
    linesTold(keys);
    return EXIT.ok;
  }
  const { said } = texts(call.lang).evidence;
  stdout.write(`${lines.join("\n")}\n`);
  linesTold(keys);
  stderr.write(`${format(said.rotated, { was: old, is: fresh })}\n`);
  if (signers !== undefined) stderr.write(`${format(said.rotatedSigners, { file: signers })}\n`);
  return EXIT.ok;
}

/**
 * `evidence key`: the line for a signers file on standard output, fingerprints on standard error. Makes the host's key
 * when there is none yet, so that it can be handed over before the first run. After a rotation that was killed before it had
 * said so, the closing line of the key that was comes first.
 */
export async function key(call: Call): Promise<Exit> {
  if (call.values["rotate"] === true) return rotate(call);
  const { keys } = placesOf(call);
  const file = publicKeyFile(keys);
  const publicKey = existsSync(file) ? publicKeyFromPem(readText(file)) : signingKey(keys).publicKey;
  const line = signerLine({ name: hostName(), key: publicKey });
  const untold = untoldLines(keys, publicKey);
  const [fingerprint, pem] = [fingerprintOf(publicKey), pemOf(publicKey)];
  if (call.json) {
    call.world.stdout.write(
      `${JSON.stringify({ keyId: publicKey.id, fingerprint, file, pem, signersLine: line, ...(untold.length > 0 && { retiredLines: untold }) }, null, 2)}\n`,
    );
    return EXIT.ok;
  }
  const words = texts(call.lang).evidence.said;
  const { colon } = texts(call.lang).cli;
  call.world.stdout.write([...untold, line].map((one) => `${one}\n`).join(""));
  call.world.stderr.write(
    `${words.keyId}${colon}${publicKey.id}\n${words.fingerprint}${colon}${fingerprint}\n${words.file}${colon}${file}\n${pem}`,
  );
  return EXIT.ok;
}
