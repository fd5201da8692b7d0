/** The verb `target`. */
export const target = {
  verbs: {
    target: {
      does: "meet a host: show its keys, and trust them once a person has compared them",
      usage: "target enroll NAME [--fingerprint SHA256:…]",
      examples:
        "watchbook target enroll web-1\nwatchbook target enroll web-1 --fingerprint SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
      exits:
        "0  the keys are in the book's file\n2  no such target\n3  the host shows another key than the one given\n4  the host cannot be reached\n5  nobody has compared the keys",
    },
  },
  options: {
    "target.fingerprint": "the fingerprint that the host's owner told you; may be given more than once",
  },
  said: {
    keys: "{host} shows:",
    states: { known: "(known)", unknown: "(new)", changed: "(NOT the one in the file)" },
    ask: "Compare them with what the host's owner says. Are they the same? [yes / Enter: no] ",
    yes: "yes",
    written: "Written to {file}: commit it, so that others review it.",
    nothing: "{file} has them already.",
    left: "Nothing was written: compare the fingerprints with what the host's owner says, then give them with --fingerprint.",
  },
  errors: {
    "TARGET-USAGE": {
      say: "`target {given}` is nothing that can be done.",
      fix: "Write watchbook target enroll NAME.",
    },
    "TARGET-NOT-SSH": {
      say: "The book has no target “{name}” that is reached over SSH.",
      fix: "Meant is perhaps: {nearest}. Targets stand under targets: in watchbook.yaml, with kind: ssh and a host.",
    },
    "FINGERPRINT-OTHER": {
      say: "The host also shows a key with the fingerprint {fingerprint}, which was not given. Nothing was written.",
      fix: "Ask the host's owner for the fingerprints of all its keys: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub.",
    },
  },
} as const;
