import { Secret, TOTP } from "otpauth";
import { codeDigest, spokenCode } from "./codes.ts";

/** Seconds of one step (RFC 6238); a code of the step before and after is taken too, for clocks that differ. */
const STEP = 30;
const WINDOW = 1;
const RECOVERY = 10;

const of = (secret: string, person: string): TOTP =>
  new TOTP({
    issuer: "watchbook",
    label: person,
    algorithm: "SHA1",
    digits: 6,
    period: STEP,
    secret: Secret.fromBase32(secret),
  });

/** A secret of 160 bits, and the address that authenticator programs read. */
export function offerTotp(person: string): { readonly secret: string; readonly uri: string } {
  const secret = new Secret({ size: 20 }).base32;
  return { secret, uri: of(secret, person).toString() };
}

/** The time step of a right code that is later than `used`; undefined when it is wrong or was used. `now`: milliseconds. */
export function stepOf(secret: string, code: string, used: number, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = of(secret, "").validate({ token: code, timestamp: now, window: WINDOW });
  if (delta === null) return undefined;
  const step = Math.floor(now / 1000 / STEP) + delta;
  return step > used ? step : undefined;
}

/** Codes for the day on which the telephone is gone; each is good once. */
export function recoveryCodes(): { readonly codes: readonly string[]; readonly kept: readonly string[] } {
  const codes = Array.from({ length: RECOVERY }, () => spokenCode(4));
  return { codes, kept: codes.map(codeDigest) };
}
