import { z } from "zod";
import { defineFault } from "../../model/fault.ts";
import { filePath } from "../steps/params/mode.ts";
import { inject, remove } from "./program/program.ts";

const params = z.strictObject({
  certificate: filePath.describe("Certificate, PEM, as the service reads it."),
  key: filePath.describe("Its private key: the expired one is signed with it and goes with it."),
  reload: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Command that makes the service read it, each word on its own: `[nginx, -s, reload]`."),
  port: z.int().min(1).max(65_535).optional().describe("Port where the expired one must be seen."),
});
type Params = z.infer<typeof params>;

const WORDS = String.raw`
reload() {
  # Words in quotes, made from the parameter.
  [ -z "$WB_RELOAD" ] || eval "$WB_RELOAD"
}
put() {
  new=${"$"}{2%/*}/.watchbook.$$
  cp -p "$2" "$new" && cat "$1" >"$new" && mv -fT "$new" "$2"
  code=$?
  rm -f "$new"
  return $code
}
`;

const INJECT = String.raw`
command -v openssl >/dev/null || refuse tool-missing tool=openssl
error=$(openssl x509 -in "$WB_CERTIFICATE" -noout -checkend 0 2>&1) || {
  openssl x509 -in "$WB_CERTIFICATE" -noout 2>/dev/null || refuse fault-no-certificate "path=$WB_CERTIFICATE" "detail=$error"
  bit no
  fact already expired
  exit 0
}
# Same names, same key, an end in the past.
error=$(openssl x509 -in "$WB_CERTIFICATE" -signkey "$WB_KEY" -days -1 -out "$dir/expired" 2>&1) &&
  ! openssl x509 -in "$dir/expired" -noout -checkend 0 >/dev/null ||
  refuse fault-no-certificate "path=$WB_CERTIFICATE" "detail=$error"
cp -p "$WB_CERTIFICATE" "$dir/was" || refuse fault-no-certificate "path=$WB_CERTIFICATE" detail=cp
arm
put "$dir/expired" "$WB_CERTIFICATE" && reload >/dev/null
seen() {
  [ -n "$WB_PORT" ] || return 0
  openssl s_client -connect "127.0.0.1:$WB_PORT" </dev/null 2>/dev/null | openssl x509 -outform DER 2>/dev/null | cmp -s - "$dir/der"
}
openssl x509 -in "$dir/expired" -outform DER -out "$dir/der"
for _ in 1 2 3 4 5 6 7 8 9 10; do
  seen && break
  sleep 0.5
done
fact ends "$(openssl x509 -in "$WB_CERTIFICATE" -noout -enddate)"
if cmp -s "$dir/expired" "$WB_CERTIFICATE" && seen; then bit yes; else bit no; fi
`;

const REMOVE = String.raw`
[ -e "$dir/was" ] || exit 0
# Whoever renewed it meanwhile did better than we would.
cmp -s "$dir/expired" "$WB_CERTIFICATE" && put "$dir/was" "$WB_CERTIFICATE"
cmp -s "$dir/expired" "$WB_CERTIFICATE" && exit 1
reload
`;

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A certificate is swapped for one of the same names and key that has expired. */
export const expiredCertificateFault = defineFault<Params>({
  kind: "expired-certificate",
  params,
  view: ({ certificate, reload = [] }) => `openssl x509 -days -1 ${certificate}; ${reload.join(" ")}`,
  inject: ({ certificate, key, reload = [], port }, context, limitMs) => {
    const values = {
      WB_CERTIFICATE: certificate,
      WB_KEY: key,
      WB_RELOAD: reload.map(quoted).join(" "),
      WB_PORT: port === undefined ? "" : String(port),
    };
    return inject({ values, words: WORDS, inject: INJECT, remove: REMOVE }, context, limitMs);
  },
  remove: (_, context) => remove(context),
});
