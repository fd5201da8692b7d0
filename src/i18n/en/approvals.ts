/** Approvals: why a yes does not count, one error per code of `judgeApproval`. */
export const approvals = {
  errors: {
    "APPROVAL-KEYS-ONLY": {
      say: "This book counts only approvals that are signed with the person's own key.",
      fix: "On your own machine: watchbook runs approve RUN --key FILE, or sign the text that it prints and send that.",
    },
    "APPROVAL-UNSIGNED": {
      say: "An approval needs a signature: nobody is signed in here for whom the server could sign.",
      fix: "Sign it with your key (watchbook runs approve RUN), or approve in the console, signed in with two factors.",
    },
    "APPROVAL-STRANGER": {
      say: "{person} is nobody of the book: only its people approve.",
      fix: "Add {person} with name, roles and key under people: in watchbook.yaml, or approve as somebody who is there (--as).",
    },
    "APPROVAL-NO-KEY": {
      say: "{person} has no key in the book with which an approval could be believed.",
      fix: "Put the line of ~/.ssh/id_ed25519.pub as key: of {person} into watchbook.yaml (Ed25519, ECDSA, RSA from 2048 bits, or a hardware key; no certificate).",
    },
    "APPROVAL-REQUESTER": {
      say: "{person} asked for this run and may not approve it.",
      fix: "Let another person of the right role approve it.",
    },
    "APPROVAL-INVITED": {
      say: "The password of {person} was set by an invitation that whoever asked for this run gave out since.",
      fix: "Let another person approve it, or let {person} sign with their own key: watchbook runs approve RUN --key FILE.",
    },
    "APPROVAL-ROLE": {
      say: "{person} has none of the roles that may approve this: {roles}.",
      fix: "Ask somebody who has one; watchbook show rota lists people and roles.",
    },
    "APPROVAL-TWICE": {
      say: "{person} has approved this already: one person counts once.",
      fix: "Ask another person.",
    },
    "APPROVAL-SAME-KEY": {
      say: "The key of {person} is also that of {other}: two names with one key count as one person.",
      fix: "Give each of them a key of their own in watchbook.yaml.",
    },
    "APPROVAL-EXPIRED": {
      say: "The approval was asked for until {until}; that is over.",
      fix: "Start the run again and have it approved in time.",
    },
    "APPROVAL-TEXT": {
      say: "What {person} signed is not the text of an approval.",
      fix: "Sign with watchbook runs approve, or sign exactly the text that it prints.",
    },
    "APPROVAL-OTHER": {
      say: "The signature approves another {what} ({said}), not {wanted}.",
      fix: "Look at the run again with watchbook runs show, then sign the text that watchbook runs approve prints.",
    },
    "APPROVAL-OTHER-KEY": {
      say: "It is signed with the key {key}, which is not the one that the book has for {person}.",
      fix: "Sign with the private half of the key under people: in watchbook.yaml (--key FILE, or the agent).",
    },
    "APPROVAL-SIGNATURE-MALFORMED": {
      say: "What {person} gave is not an SSH signature.",
      fix: "Give the whole file that ssh-keygen -Y sign writes, from BEGIN SSH SIGNATURE to END.",
    },
    "APPROVAL-SIGNATURE-UNSUPPORTED": {
      say: "The signature of {person} is of a kind that is not accepted (a certificate, DSA, RSA under 2048 bits or with SHA-1).",
      fix: "Sign with a plain Ed25519, ECDSA or RSA key, or a hardware key.",
    },
    "APPROVAL-SIGNATURE-NAMESPACE": {
      say: "The signature of {person} was made for another purpose than approvals.",
      fix: "Sign with ssh-keygen -Y sign -n watchbook-approval.",
    },
    "APPROVAL-SIGNATURE-WRONG": {
      say: "The signature of {person} does not fit what was to be approved.",
      fix: "Sign the text again, unchanged to the last line break.",
    },
    "APPROVAL-SIGNATURE-UNTOUCHED": {
      say: "The hardware key of {person} was not touched: that is no person's consent.",
      fix: "Sign again and touch the key; keys made with no-touch-required cannot approve.",
    },
    "APPROVAL-WHICH-KEY": {
      say: "There is no key to sign with: none was named, and the book has none for this person.",
      fix: "Name one with --key FILE, or put the person's public key into watchbook.yaml.",
    },
    "APPROVAL-NO-PROGRAM": {
      say: "There is no program {program} on this machine to sign with.",
      fix: "Install it (Debian: apt-get install openssh-client), or sign on another machine the text that watchbook runs approve --print shows.",
    },
    "APPROVAL-NOT-SIGNED": {
      say: "ssh-keygen did not sign; it ended with status {status}. What it said stands above.",
      fix: "Name the key with --key FILE (a private key, or a .pub whose private half is in the agent); ssh-add -l lists the agent's keys.",
    },
  },
} as const;
