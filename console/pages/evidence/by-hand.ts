const quoted = (path: string): string => `'${path.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Commands that check one evidence directory without watchbook: its signature (DSSE: length and type, length and body) and
 * the digests of its files. `pems`: of the keys that are trusted, of which the signature names one. In a shell of their own: the first
 * that fails ends them, and neither the folder nor anything that they wrote stays.
 */
export const byHand = (directory: string, pems: readonly string[]): string =>
  [
    `( set -eu; cd ${quoted(directory)}; d=$(mktemp -d); trap 'rm -rf "$d"' EXIT`,
    ...pems.flatMap((pem, n) => [`cat > "$d/${n + 1}.pem" <<'END'`, pem.trim(), "END"]),
    "id=$(jq -rj '.signatures[0].keyid' statement.dsse.json); key=none-that-is-trusted",
    'for k in "$d"/*.pem; do',
    `  if [ "$(openssl pkey -pubin -in "$k" -outform DER | sha256sum)" = "$id  -" ]; then key=$k; fi`,
    "done",
    `jq -rj .payload statement.dsse.json | base64 -d > "$d/payload"`,
    `{ printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < "$d/payload")"; cat "$d/payload"; } > "$d/signed"`,
    `jq -rj '.signatures[0].sig' statement.dsse.json | base64 -d > "$d/sig"`,
    `openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in "$d/signed" -sigfile "$d/sig"`,
    String.raw`jq -r '.subject[] | select(.name | test("^(result|events|ledger(-back)?|attachment-[0-9]+)[.]")) | .digest.sha256 + "  " + .name' "$d/payload" | sha256sum -c -`,
    ")",
  ].join("\n");

/** The command that checks everything. */
export const byWatchbook = (directory: string): string => `watchbook evidence verify ${quoted(directory)}`;
