/** The first day of a new person. */
export const onboard = {
  verbs: {
    onboard: {
      does: "read the manual in its order with a new person, who asks on the way and signs at the end",
      usage: "onboard --as PERSON [--key FILE | --signature FILE] | onboard --as PERSON --status | --print",
      examples:
        "watchbook onboard --as wei\nwatchbook onboard --as wei --status\nwatchbook onboard --as wei --key ~/.ssh/id_ed25519",
      exits:
        "0  all of it is read and signed for\n2  it cannot be, and why\n5  something is still to be read or signed",
    },
  },
  options: {
    "onboard.as": "who is new, by the id under people",
    "onboard.status": "how far they have come",
    "onboard.key": "private key, or a public one whose private half is in the agent",
    "onboard.signature": "a signature made elsewhere with ssh-keygen -Y sign -n watchbook-onboarding",
    "onboard.print": "print the text that is to be signed, and end",
  },
  states: { read: "read", changed: "changed since", unread: "not read" },
  said: {
    intro:
      "Read each document where you read the manual. Enter: read. A question that it does not answer: type it, it is kept. q: stop here, the next time goes on from here.",
    stage: "{number} of {count}: {title} – {file} ({lines} {lines:line|lines})",
    changed: "{number} of {count}: {title} – {file} ({lines} {lines:line|lines}), changed since you read it",
    ask: "> ",
    stop: "q",
    kept: "Kept. It stands in every hand-over until the manual answers it.",
    stopped: "Stopped before {file}. Go on with the same command.",
    asked: "{count} {count:question|questions} asked",
    unsigned: "not signed yet",
    signed: "signed",
    signs: "You sign this:",
    done: "{who} has read the manual. Signature: {path}",
  },
  errors: {
    "ONBOARD-NO-ORDER": {
      say: "The manual has no reading order.",
      fix: "Add a section “Reading order” with a numbered list of links to documents to the entry document.",
    },
    "ONBOARD-WHO": {
      say: "The book has no person “{person}”.",
      fix: "Say who is new with --as; it has: {known}. Add them under people in watchbook.yaml first.",
    },
    "ONBOARD-NO-KEY": {
      say: "{person} has no key in the book that could be believed.",
      fix: "Add the public key line of their SSH key under people in watchbook.yaml. What was read is kept.",
    },
    "ONBOARD-UNREAD": { say: "Not all of it is read: {files}.", fix: "Read on: watchbook onboard --as PERSON" },
    "ONBOARD-TEXT": {
      say: "What was signed is not the text of an onboarding.",
      fix: "Sign what watchbook onboard --print gives, byte for byte.",
    },
    "ONBOARD-SIGNATURE": {
      say: "The signature of {person} does not hold ({flaw}).",
      fix: "Sign again with the key whose public half stands under people: watchbook onboard --as {person} --key FILE",
    },
  },
} as const;
