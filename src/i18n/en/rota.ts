/** Who is on call: the verbs who, rota and tonight. */
export const rota = {
  verbs: {
    who: {
      does: "say who is on call now, until when, why, and who is next",
      usage: "who [ROTA] [--at MOMENT] | who ROTA --ical",
      examples: 'watchbook who\nwatchbook who main --at "2026-12-24 22:00"\nwatchbook who main --ical > on-call.ics',
      exits:
        "0  somebody is on call\n2  the rota is not known, or there is none\n3  nobody is on call\n4  nobody knows: a calendar ends before that day",
    },
    rota: {
      does: "put another person in, let two take each other's shifts, or take that back",
      usage:
        "rota override ROTA PERSON --from MOMENT --to MOMENT --reason TEXT | rota swap ROTA PERSON PERSON --from … --to … --reason … | rota withdraw ROTA CHANGE --reason …",
      examples:
        'watchbook rota override main li --from "2026-12-24 18:00" --to "2026-12-25 09:00" --reason "Wei is ill"\nwatchbook rota swap main wei li --from 2026-12-07 --to 2026-12-20 --reason wedding\nwatchbook rota withdraw main 1f3a5b7c --reason "Wei is well again"',
      exits: "0  it is recorded\n2  it cannot be, and why",
    },
    tonight: {
      does: "say what happens until the morning: who is on call, duties, hours of drills",
      usage: "tonight [--until HH:MM] [--at MOMENT]",
      examples: "watchbook tonight\nwatchbook tonight --until 12:00",
      exits: "0  everything was told\n2  the manual cannot be read",
    },
  },
  options: {
    "who.at": "another moment than now, as clocks of the rota's zone show it",
    "who.ical": "the next 90 days as a calendar (iCalendar)",
    "rota.from": "first day, or first moment: 2026-12-24 or “2026-12-24 18:00”; a moment alone is today's; default now",
    "rota.to": "last day, or the moment at which it is over",
    "rota.reason": "why; everybody who asks is told",
    "rota.by": "who says so; default: the account's name",
    "tonight.until": "when the morning is, default 09:00",
    "tonight.at": "another moment than now, as clocks of the book's zone show it",
  },
  said: {
    on: "{name}",
    until: "until {time}",
    endless: "no end within 60 days",
    gap: "nobody is on call",
    unknown: "not known: {names} — calendar {calendar} ends on {until}",
    unknownNobody: "not known — calendar {calendar} ends on {until}",
    reach: "reach: {contact}",
    noContact: "no contact is stated; add one under people in watchbook.yaml",
    for: "for: {duty}",
    why: "why: {why}",
    next: "next: {who} from {time}",
    layer: "“{layer}” at {place}",
    override: "instead of {instead}: {reason} (said by {by}, {id})",
    swap: "shifts taken from {instead}: {reason} (said by {by}, {id})",
    nobody: "nobody",
    book: "the book",
    recorded: "Recorded as {id}: {who} is on call for {rota} from {from} to {to}.",
    swapped: "Recorded as {id}: in {rota} these take each other's shifts from {from} to {to}: {who}.",
    withdrawn: "{id} is taken back; {rota} is as it was.",
    tonight: "{title} · from {from} to {to} {zone}",
    shifts: "On call",
    duties: "Duties",
    windows: "Hours in which something may be broken or changed, or not",
    waiting: "Runs that go on or wait for a person",
    nothing: "nothing",
    byHand: "a person: {owner}",
    byItself: "a daemon does it",
    drill: "hours of drill {name}",
    freeze: "freeze {name}: {reason}",
    calendarName: "On call: {rota}",
    event: "On call: {who}",
    eventGap: "Nobody is on call",
    eventUnknown: "Not known who is on call",
  },
  findings: {
    WB910: {
      say: "Nobody is on call for “{rota}” from {from} to {to} ({count} {count:time|times} in four weeks).",
      fix: "Add somebody, or a last layer without hours that is always reachable.",
    },
    WB911: {
      say: "Two are on call for “{rota}” from {from}: {first} by {a} and {second} by {b}.",
      fix: "Only one of them is called. Take one of them out, or let their hours meet.",
    },
    WB912: {
      say: "Calendar {calendar} is known until {until}: in {days} {days:day|days} nobody knows what is worked.",
      fix: "Add the holidays and make-up days of the next year, and raise knownUntil.",
    },
  },
  errors: {
    "ROTA-NONE": {
      say: "The book says nobody who could be called.",
      fix: "List people and a rota in watchbook.yaml, or a table of contacts in the manual.",
    },
    "ROTA-UNKNOWN": { say: "The book has no rota “{rota}”.", fix: "It has: {known}." },
    "ROTA-WHICH": { say: "The book has several rotas.", fix: "Name one of them: {known}." },
    "ROTA-USAGE": {
      say: "“rota {given}” is not understood.",
      fix: "rota override ROTA PERSON, rota swap ROTA PERSON PERSON, or rota withdraw ROTA CHANGE; see watchbook rota --help.",
    },
    "ROTA-PERSON": { say: "The book has no person “{person}”.", fix: "It has: {near}." },
    "ROTA-REASON": { say: "A change of who is on call needs a reason.", fix: 'Add --reason "…".' },
    "ROTA-SPAN": {
      say: "It would end ({to}) before it begins ({from}).",
      fix: "Give --from and --to the other way round.",
    },
    "ROTA-PAST": {
      say: "It would be over ({to}) already; now it is {now}.",
      fix: "What was cannot be changed: give a later --to.",
    },
    "ROTA-SAME": { say: "{person} cannot swap with themselves.", fix: "Name two people." },
    "ROTA-OVERLAP": {
      say: "{person} is put in already from {from} to {to} ({id}).",
      fix: "Take it back first: watchbook rota withdraw {rota} {id} --reason …; what the book says is changed in watchbook.yaml.",
    },
    "ROTA-CHANGE-UNKNOWN": {
      say: "There is no override or swap “{change}” that could be taken back.",
      fix: "These can: {known}. What stands in watchbook.yaml is changed there.",
    },
    "MOMENT-INVALID": { say: "“{moment}” is no moment.", fix: "Write 2026-12-24, “2026-12-24 18:00” or 18:00." },
  },
} as const;
