import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { fingerprintOf, pemOf, publicKeyFile, publicKeyFromPem, signingKey, sshLineOf } from "../../evidence/key.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import type { Call } from "../verb.ts";
import { placesOf, readText } from "./place.ts";

/**
 * `evidence key`: the line for a signers file on standard output, fingerprints on standard error. Makes the host's key
 * when there is none yet, so that it can be handed over before the first run.
 */
export async function key(call: Call): Promise<Exit> {
  const { keys } = placesOf(call);
  const file = publicKeyFile(keys);
  const publicKey = existsSync(file) ? publicKeyFromPem(readText(file)) : signingKey(keys).publicKey;
  const name = hostname().replaceAll(/\s/g, "-");
  const line = `${name} namespaces="watchbook" ${sshLineOf(publicKey)}`;
  const [fingerprint, pem] = [fingerprintOf(publicKey), pemOf(publicKey)];
  if (call.json) {
    call.world.stdout.write(
      `${JSON.stringify({ keyId: publicKey.id, fingerprint, file, pem, signersLine: line }, null, 2)}\n`,
    );
    return EXIT.ok;
  }
  const words = texts(call.lang).evidence.said;
  const { colon } = texts(call.lang).cli;
  call.world.stdout.write(`${line}\n`);
  call.world.stderr.write(
    `${words.keyId}${colon}${publicKey.id}\n${words.fingerprint}${colon}${fingerprint}\n${words.file}${colon}${file}\n${pem}`,
  );
  return EXIT.ok;
}
