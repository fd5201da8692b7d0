/** Notifiers: their kinds, what became of a delivery, the verb `channel`. */
export const notifiers = {
  kinds: {
    dingtalk: { name: "DingTalk", does: "A robot of a group, with or without signature." },
    email: { name: "E-mail", does: "A mail server that takes mail by SMTP." },
    feishu: { name: "Feishu (Lark)", does: "A robot of a group, with or without signature; a card." },
    mattermost: { name: "Mattermost", does: "An incoming webhook." },
    ntfy: {
      name: "ntfy",
      does: "Push to phones, through ntfy.sh or a server of your own; it takes 4,096 bytes of text.",
    },
    pagerduty: {
      name: "PagerDuty",
      does: "Events API v2: what belongs together is one incident there, acknowledged and resolved with ours.",
    },
    slack: { name: "Slack", does: "An incoming webhook, or a bot." },
    sms: { name: "Short message", does: "Through a gateway that takes web requests." },
    teams: { name: "Microsoft Teams", does: "A workflow of a channel; an Adaptive Card." },
    voice: { name: "Call", does: "A voice speaks the notice twice, through a gateway that takes web requests." },
    webhook: { name: "Webhook", does: "One signed JSON document, for any receiver." },
    wecom: { name: "WeCom", does: "A robot of a group; it takes 4,096 bytes of text." },
  } as Readonly<Record<string, { readonly name: string; readonly does: string }>>,
  /** Only where the kinds' own descriptions are not in the reader's language. */
  fields: {} as Readonly<Record<string, string>>,
  /** Rules of parameters, by the keys that schemas name them with. */
  issues: {
    "field-name": "a field's name: letters, digits, _ . -",
    "header-own": "a header that watchbook does not set itself: host, content-length and the like cannot be given",
    host: "a host name or an address",
    "mail-address": "ops@example.com",
    mention: "@channel | @here | @name",
    "password-in-the-open": "no password with tls: none: everybody on the way could read it",
    phone: "+8613800000000",
    "url-or-token": "either url, or token and channel",
    "user-and-password": "user and password together",
    "user-id": "a user's id: letters, digits, _ . - @",
  },
  /** Why a notice was not delivered, and what to do. */
  reasons: {
    "bad-params": {
      say: "Channel {channel} has parameters that its kind does not take.",
      fix: "watchbook lint names the line.",
    },
    "half-answer": {
      say: "{host} began to answer ({status}) and broke off.",
      fix: "It is tried again with the same id; look at the receiver's own log.",
    },
    "inside-link-local": {
      say: "{host} leads to {address}, a link-local address.",
      fix: "Name another host, or write allow: [{address}] in the channel.",
    },
    "inside-loopback": {
      say: "{host} leads to {address}, this machine itself.",
      fix: "If that is meant, write allow: [{host}] in the channel.",
    },
    "inside-metadata": {
      say: "{host} leads to {address}, where this machine's credentials can be had.",
      fix: "Look where the address comes from, and change it.",
    },
    "inside-private": {
      say: "{host} leads to {address}, a private network.",
      fix: "If that is meant, write allow: [{host}] in the channel.",
    },
    "inside-special": {
      say: "{host} leads to {address}, which is no address of a receiver.",
      fix: "Correct the channel's address.",
    },
    limited: {
      say: "The receiver takes no more messages for now ({status}: {detail}).",
      fix: "It is tried again when the receiver allows it; group more alerts into one notice if this is frequent.",
    },
    "name-unknown": {
      say: "The name {host} cannot be resolved ({code}).",
      fix: "Check the name, and the resolver of this machine.",
    },
    "no-address": { say: "The channel's secret is no http or https address.", fix: "Put the whole address into it." },
    "no-answer": {
      say: "Channel {channel} gave no answer within {seconds} s.",
      fix: "It may have the message: it is tried again with the same id. Check the receiver, and firewalls on the way.",
    },
    "no-header": {
      say: "Header {name} holds a sign that no header can carry.",
      fix: "Correct the text or the secret behind it: often a pasted quotation mark, or letters outside Latin-1.",
    },
    "no-http": {
      say: "What {host} answers is no HTTP ({code}).",
      fix: "Check the port, and whether it is http or https.",
    },
    "no-kind": { say: "There is no notifier of kind {kind}.", fix: "docs/notifiers.md lists the kinds." },
    "not-reached": { say: "{host} cannot be reached ({code}).", fix: "Check that it runs, and firewalls on the way." },
    "not-taken": {
      say: "The receiver refused the message ({status}: {detail}).",
      fix: "Check the channel's address and its secrets.",
    },
    "not-to-be-had": {
      say: "{what} is not to be had.",
      fix: "Set the secret's variable, or make its file readable for watchbook.",
    },
    "receiver-fault": {
      say: "The receiver has a fault of its own ({status}: {detail}).",
      fix: "It is tried again; look at the receiver's status page.",
    },
    "own-fault": {
      say: "watchbook itself failed at the notice for channel {channel}.",
      fix: "It is tried again, and told through another channel; the log of the daemon says what failed: report it.",
    },
    redirect: {
      say: "The receiver sends us on ({status}) to {host}.",
      fix: "Notices follow no redirect: if that is the right place, write its address into the channel.",
    },
    "robot-busy": {
      say: "The robot takes nothing now ({code}: {detail}).",
      fix: "It is tried again when its time is over; group more alerts into one notice if this is frequent.",
    },
    "robot-check": {
      say: "The robot's security settings refuse the message ({code}: {detail}).",
      fix: "Compare its keyword, its signing secret and its list of addresses with the channel; check this machine's clock.",
    },
    "robot-gone": {
      say: "The robot does not exist any more, or its address is wrong ({code}: {detail}).",
      fix: "Copy its address from the group's settings into the secret.",
    },
    "robot-off": { say: "The robot is switched off ({code}: {detail}).", fix: "Switch it on in the group's settings." },
    "robot-refused": {
      say: "The receiver answered, and did not take the message ({code}: {detail}).",
      fix: "Its documentation says what the code means; check the channel's parameters.",
    },
    "robot-sign": {
      say: "The robot does not accept the signature ({code}: {detail}).",
      fix: "Compare the signing secret with the robot's settings, and this machine's clock with the true time.",
    },
    "smtp-busy": {
      say: "Mail server {host} does not take it now ({status} {detail}).",
      fix: "It is tried again; servers that do not know us yet ask for that on purpose.",
    },
    "smtp-login": {
      say: "Mail server {host} does not accept the account ({status} {detail}).",
      fix: "Check user and password of the channel.",
    },
    "smtp-no-tls": {
      say: "Mail server {host} offers no encryption.",
      fix: "Name its TLS port with tls: implicit; tls: none only where nobody else can listen.",
    },
    "smtp-refused": {
      say: "Mail server {host} refused the mail ({status} {detail}).",
      fix: "Check sender and receivers, and whether it relays for us.",
    },
    "smtp-some": {
      say: "Mail server {host} took the mail, but not for: {names} ({status}).",
      fix: "Correct or remove these addresses.",
    },
    "smtp-some-busy": {
      say: "Mail server {host} took the mail, but not yet for: {names} ({status}).",
      fix: "It is tried again; the others may get it twice, under the same message id.",
    },
    tls: {
      say: "The certificate or handshake of {host} is not accepted ({code}).",
      fix: "Renew it, or name its authority with ca: in the channel.",
    },
    "too-long": {
      say: "Even shortened the notice is longer than the receiver takes ({most} bytes).",
      fix: "Use fewer characters in names and addresses.",
    },
    unreadable: {
      say: "The answer is not that of such a receiver: {detail}",
      fix: "Check the address; a proxy on the way may have answered.",
    },
  },
  /** What notices themselves say. */
  notice: {
    shortened: "… (shortened; all of it is in watchbook)",
    testTitle: "Test of channel {channel}",
    testBody: "This is a test that {by} started on {host}. Nothing is wrong, nobody has to do anything.",
    testOver: "Test of channel {channel} is over",
    book: "Manual",
    channel: "Channel",
  },
  verbs: {
    channel: {
      does: "try a channel: send one test notice and say what became of it",
      usage: "channel test NAME",
      examples: "watchbook channel test ops\nwatchbook channel test ops --json",
      exits:
        "0  the receiver took it\n2  there is no such channel, or the receiver refused it: something has to be changed\n4  the receiver cannot be reached or asks to come back later",
    },
  },
  options: {},
  said: {
    delivered: "{channel} ({kind}): delivered in {seconds} s.",
    receipt: "Receipt: {receipt}",
    look: "Look whether it has arrived: a receiver may accept and lose.",
    left: "The test is still open at the receiver's: resolve it there by hand.",
    unkept: "It is not on record: the data directory is in use, or takes nothing.",
    later: "{channel} ({kind}): not delivered; the next attempt would be after {after} s.",
    refused: "{channel} ({kind}): refused.",
  },
  findings: {
    WB815: {
      say: "Channel {id} is of kind “{kind}”, which does not exist.",
      fix: "Meant is perhaps: {near}. docs/notifiers.md lists the kinds.",
    },
    WB816: {
      say: "Channel {id}: kind {kind} has no parameter “{key}”.",
      fix: "Meant is perhaps: {near}. docs/notifiers.md lists the parameters.",
    },
    WB817: {
      say: "Channel {id}: {key} does not fit kind {kind} ({problem}).",
      fix: "docs/notifiers.md lists the parameters of {kind}.",
    },
    WB818: {
      say: "Channel {id}: {host} is an address of this machine or of a network inside; notices will be refused.",
      fix: "Look where it comes from; if it is really meant, write allow: [{host}] in the channel.",
    },
  },
  errors: {
    "CHANNEL-USAGE": {
      say: "`channel {given}` is nothing that can be done.",
      fix: "Write watchbook channel test NAME.",
    },
    "CHANNEL-UNKNOWN": {
      say: "The book has no channel “{name}”.",
      fix: "Meant is perhaps: {nearest}. Channels stand under channels: in watchbook.yaml.",
    },
  },
} as const;
