import { z } from "zod";
import { textOrSecret } from "./secret.ts";

/** Headers that frame a request, or say whom it is for: another value would cut it, or lead it elsewhere. */
const OWN = /^(?:connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade|proxy-.*)$/i;

const name = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, "header-name")
  .refine((given) => !OWN.test(given), "header-own");

/** Headers to send: texts, and secrets by their references. */
export const headers = z.record(name, textOrSecret).default({});

/** Headers with names in lower case; what no header can carry must not become a second header. */
export const headersOf = (given: Readonly<Record<string, string>>): Record<string, string> =>
  // oxlint-disable-next-line no-control-regex
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name.toLowerCase(),
      value.replaceAll(/[\u0000-\u001f\u007f]+/g, " ").trim(),
    ]),
  );
