/** People at the server: who may come in, what they may do, what they did. */
export const access = {
  verbs: {
    account: {
      does: "who may sign in at the console",
      usage:
        "account list | account add PERSON [--administrator] | account reset|disable|enable PERSON [--reason TEXT] | account setup-code",
      examples:
        'watchbook account setup-code\nwatchbook account add wei\nwatchbook account reset wei --reason "telephone lost"\nwatchbook account list --json',
      exits: "0  done, or listed\n2  it cannot be, and why",
    },
    session: {
      does: "who is signed in at the console, and ending that",
      usage: "session list | session revoke ID|PERSON",
      examples: "watchbook session list\nwatchbook session revoke 1f3a5b7c\nwatchbook session revoke wei",
      exits: "0  listed, or ended\n2  there is none",
    },
    audit: {
      does: "what was done through the server, by whom and why, and what was refused",
      usage: "audit list [--person WHO] [--action WHAT] [--limit N] | audit verify",
      examples: "watchbook audit list\nwatchbook audit list --person wei --limit 20\nwatchbook audit verify",
      exits: "0  listed, or every line follows the one before it\n3  a line was changed or is missing",
    },
  },
  options: {
    "account.administrator": "administers without the book's word: for a book that names nobody",
    "account.reason": "why; it is recorded",
    "audit.person": "only what this person did",
    "audit.action": "only this action, for example run.begin",
    "audit.limit": "how many, newest first (default 50)",
  },
  said: {
    setup: "Nobody administers yet. Open {url}/setup on this machine; the code is {code}",
    code: "The code for {path} on the daemon's machine, good until an administrator is made or the daemon ends:",
    noCode: "There is an administrator already; no code is needed.",
    invited: "{person} sets a password at /sign-in with this code, once, until {until}. It is shown only now:",
    acted: {
      reset: "Password and second factor of {person} are forgotten, all sessions ended, all tokens revoked.",
      disable: "{person} comes in no more: sessions ended, tokens revoked.",
      enable: "{person} may come in again.",
    },
    none: "There is no account. watchbook account setup-code has the code for the first one.",
    noSessions: "Nobody is signed in.",
    noEntries: "Nothing is recorded.",
    ended: { one: "The session of {person} is over.", all: "{count} {count:session|sessions} ended." },
    states: { on: "on", disabled: "disabled", invited: "invited", gone: "not in the book" },
    factors: { password: "password", totp: "password and code", none: "no password" },
    outcomes: { done: "done", refused: "refused", failed: "failed" },
    whole: "{count} {count:line|lines}, each follows the one before it. Head: {hash}",
    broken: "Line {seq} does not follow the one before it: it, or what came before, was changed.",
    omitted: "{count} more refused",
  },
  notice: {
    titleBegan: "{title}: {person} has broken glass",
    titleEnded: "{title}: the emergency of {person} is over",
    began: "{person} may do everything that operators may, until {until}.",
    ended: "It ended at {until}; look through what was done: watchbook audit list --person {person}",
    reason: "Reason: {reason}",
    second: "{second} stood by.",
  },
  errors: {
    "SIGN-IN": { say: "Nobody is signed in here, or not any more.", fix: "Sign in at /sign-in." },
    "SIGN-IN-WRONG": {
      say: "Name, password or code does not fit.",
      fix: "Try again; a forgotten password is reset by an administrator: watchbook account reset PERSON",
    },
    "SIGN-IN-WAIT": {
      say: "Too many tries that did not fit; the next one is heard in {seconds} s.",
      fix: "Wait, then try once; on the daemon's machine watchbook account reset PERSON works at any time.",
    },
    "NOT-ALLOWED": {
      say: "Your roles do not allow this here ({action} needs one of: {roles}).",
      fix: "Ask one of them; roles stand in watchbook.yaml under “people: … access:”. In an emergency: break glass in the settings.",
    },
    "NOT-ALLOWED-TARGET": {
      say: "Your roles hold for some environments only ({action}), and these targets belong to none of them: {targets}.",
      fix: "Choose other targets with --targets, or ask somebody whose role has no limit; what is to belong to an environment gets “environment:” in watchbook.yaml, and watchbook's own machine a name there (targets: here: kind: local).",
    },
    CSRF: {
      say: "This request did not come from watchbook's own page.",
      fix: "Load the page anew and do it there; programs use a token.",
    },
    "STRONG-NEEDED": {
      say: "This needs two factors, and you are signed in with one.",
      fix: "Set up a code in your settings, or sign in again with it; an approval can also be signed with your own key.",
    },
    "TOKEN-OTHER": { say: "A token is made only by its own person.", fix: "Let that person sign in and make it." },
    "TOKEN-ITSELF": {
      say: "A token ends nothing but itself.",
      fix: "Sign in and end it in the settings, or on the daemon's machine: watchbook session revoke ID",
    },
    "TOKEN-ABSENT": { say: "There is no token {token}.", fix: "GET /api/v1/tokens lists them." },
    "SETUP-CODE": {
      say: "That is not the code of the set-up.",
      fix: "It stands in the daemon's output; on its machine watchbook account setup-code says it again.",
    },
    "SETUP-ELSEWHERE": {
      say: "The first administrator is made only on the daemon's own machine.",
      fix: "Open http://127.0.0.1 with the daemon's port there, or come through ssh -L.",
    },
    "SETUP-DONE": {
      say: "There is an administrator already.",
      fix: "Sign in; a new one is made by: watchbook account add PERSON --administrator",
    },
    "ACCESS-NO-DAEMON": {
      say: "No daemon works on {data}: people sign in only where one serves.",
      fix: "Start it: watchbook serve",
    },
    "ACCOUNT-USAGE": {
      say: "“account {given}” is not understood.",
      fix: "account list, account add PERSON, account reset|disable|enable PERSON, or account setup-code.",
    },
    "SESSION-USAGE": { say: "“session {given}” is not understood.", fix: "session list, or session revoke ID|PERSON." },
    "AUDIT-USAGE": { say: "“audit {given}” is not understood.", fix: "audit list, or audit verify." },
    "AUDIT-LIMIT": { say: "“{limit}” is no number of lines.", fix: "Give --limit a number from 1 to 1000." },
    "ACCOUNT-THERE": {
      say: "{person} has an account already.",
      fix: "watchbook account reset {person} gives a new code for a password.",
    },
    "ACCOUNT-TOKEN": {
      say: "A token makes no account and resets or disables none.",
      fix: "Sign in with two factors (settings, people), or on the daemon's machine: watchbook account.",
    },
    "ACCOUNT-OWN": {
      say: "Nobody resets or disables their own account here.",
      fix: "Change password and second factor in your settings, or on the daemon's machine: watchbook account reset {person}",
    },
    "ACCOUNT-UNKNOWN": { say: "{person} has no account.", fix: "watchbook account list shows who has one." },
    "ACCOUNT-NO-PERSON": {
      say: "{person} is no person of the book; known: {known}.",
      fix: "Add the person under “people:” in watchbook.yaml and commit; shared accounts are not persons.",
    },
    "SESSION-UNKNOWN": { say: "There is no session {session}.", fix: "watchbook session list shows them." },
    "PASSWORD-SHORT": {
      say: "The password has fewer than {least} characters.",
      fix: "Take several words that nobody would guess together; no special signs are asked for.",
    },
    "PASSWORD-LONG": { say: "The password has more than {most} characters.", fix: "Take a shorter one." },
    "PASSWORD-EASY": {
      say: "The password is little more than a name or a repeated sign.",
      fix: "Take several words that nobody would guess together.",
    },
    "TOTP-WRONG": {
      say: "The code does not fit the secret that was shown.",
      fix: "Look at the time of both devices, and give the code that stands there now.",
    },
    "EMERGENCY-REASON": {
      say: "An emergency needs its reason in words.",
      fix: "Say in at least {least} characters what happens; everybody reads it.",
    },
    "EMERGENCY-MINUTES": {
      say: "An emergency lasts between 1 and {most} minutes.",
      fix: "Give as many as you need; another one can follow.",
    },
    "EMERGENCY-ON": {
      say: "{person} has an emergency already.",
      fix: "End it first, or wait until it ends by itself.",
    },
    "EMERGENCY-SELF": {
      say: "The second person is somebody else.",
      fix: "Let another person give name and password, or leave it out: then your reason alone stands there.",
    },
    "OIDC-ABSENT": {
      say: "The book names no provider of identities.",
      fix: "Sign in with a password, or add “oidc:” to watchbook.yaml.",
    },
    "OIDC-WAIT": {
      say: "Too many sign-ins were begun from your address; the next one can begin in {seconds} s.",
      fix: "Wait, then begin again, or sign in with a password.",
    },
    "OIDC-STATE": {
      say: "This sign-in was not begun here, was used already, or took too long.",
      fix: "Begin anew at /sign-in.",
    },
    "OIDC-DENIED": {
      say: "{provider} did not let you in ({detail}).",
      fix: "Begin anew, or ask who keeps {provider}.",
    },
    "OIDC-REFUSED": {
      say: "What {provider} answered does not hold ({detail}); it was not believed.",
      fix: "Begin anew; if it stays so, compare issuer, client and secret in watchbook.yaml with the provider's.",
    },
    "OIDC-UNREACHABLE": {
      say: "{provider} ({issuer}) does not answer.",
      fix: "Sign in with a password; look whether this machine reaches the issuer.",
    },
    "OIDC-CLAIM": {
      say: "{provider} does not say {claim} of you.",
      fix: "Ask who keeps {provider}, or name another claim in watchbook.yaml (oidc: claim:).",
    },
    "OIDC-STRANGER": {
      say: "{provider} knows you, but the book does not.",
      fix: "Somebody adds you to “oidc: people:” in watchbook.yaml.",
    },
  },
} as const;
