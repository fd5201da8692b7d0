/** Name under which the commands expect the public key. */
const KEY = "key.pem";

const quoted = (path: string): string => `'${path.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Commands that check one evidence directory without watchbook: its signature (DSSE: length and type, length and body) and
 * the digests of its files. `pem`: of the key that is trusted.
 */
export const byHand = (directory: string, pem: string): string =>
  [
    `cd ${quoted(directory)}; d=$(mktemp -d)`,
    `cat > "$d/${KEY}" <<'END'`,
    pem.trim(),
    "END",
    `jq -rj .payload statement.dsse.json | base64 -d > "$d/payload"`,
    `{ printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < "$d/payload")"; cat "$d/payload"; } > "$d/signed"`,
    `jq -rj '.signatures[0].sig' statement.dsse.json | base64 -d > "$d/sig"`,
    `openssl pkeyutl -verify -pubin -inkey "$d/${KEY}" -rawin -in "$d/signed" -sigfile "$d/sig"`,
    String.raw`jq -r '.subject[] | select(.name | test("^(result|events|ledger(-back)?|attachment-[0-9]+)[.]")) | .digest.sha256 + "  " + .name' "$d/payload" | sha256sum -c -`,
  ].join("\n");

/** The command that checks everything. */
export const byWatchbook = (directory: string): string => `watchbook evidence verify ${quoted(directory)}`;
