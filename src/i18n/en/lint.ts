/** Findings of the lint rules, and the words of the verbs lint and show. */
export const lint = {
  levels: { error: "error", warn: "warning", note: "note" },
  summary:
    "Files: {files} · blocks: {blocks} · runbooks: {runbooks} · duties: {duties} · errors: {errors} · warnings: {warnings} · notes: {notes}",
  notesHidden: " (--notes shows the notes)",
  verbs: {
    lint: {
      does: "compile and lint files, folders or the book",
      usage: "lint [PATH…] [--format text|json|sarif|github] [--strict] [--notes] [-o FILE]",
      examples:
        "watchbook lint\nwatchbook lint manual.md docs/ --strict\nwatchbook lint --format json . > model.json\nwatchbook lint --format sarif -o lint.sarif .",
      exits: "0  nothing wrong\n2  errors; with --strict also warnings and ambiguous blocks",
    },
    show: {
      does: "show what was recognised and by which rule",
      usage: "show coverage|index [WORD…]|services|duties|rota|permissions|ID [--format text|json]",
      examples: "watchbook show coverage\nwatchbook show index restart\nwatchbook show duties\nwatchbook show SOP-01",
      exits: "0  shown\n2  no such thing in the book, or the book cannot be read",
    },
  },
  options: {
    "lint.format": "text (default), json, sarif or github",
    "lint.strict": "fail on warnings and on ambiguous blocks too",
    "lint.notes": "show notes (scores and hints) as well",
    "lint.output": "write to this file instead of standard output",
    "show.format": "text (default) or json",
  },
  errors: {
    "LINT-NOTHING": {
      say: "There is no manual in {path}.",
      fix: "Name a Markdown file or a folder that holds some; a .txt file is read when it is named.",
    },
    "LINT-FORMAT": { say: "There is no format “{format}”.", fix: "Use one of: {known}." },
    "SHOW-EXTRA": {
      say: "`show {what}` takes no further words ({extra}).",
      fix: "Name another book with --book DIR; `show index WORD…` searches.",
    },
    "SHOW-UNKNOWN": {
      say: "The book has nothing called “{id}”.",
      fix: "watchbook show index lists what it has; watchbook show coverage, services, duties and rota show the rest.",
    },
    "SHOW-NEAR": { say: "The book has nothing called “{id}”.", fix: "Did you mean: {near}?" },
  },
  findings: {
    WB101: {
      say: "“{target}” does not exist.",
      fix: "Correct the path, or add the file; paths are relative to this document, or to the book's root when they begin with a slash.",
    },
    WB102: {
      say: "“{target}” has no heading #{anchor}.",
      fix: "Correct the anchor; it follows the slug that code hosts make of the heading.",
    },
    WB103: {
      say: "“{target}” leads out of the book.",
      fix: "Move the file into the book or link to it by its address.",
    },
    WB105: {
      say: "No chain of links leads from {entry} to {file}.",
      fix: "Link to it from the entry document or from one that the entry reaches, or name another entry in watchbook.yaml (entry:).",
    },
    WB106: {
      say: "The document names {path} as evidence, but it is not there.",
      fix: "Add the file, or take it off the list.",
    },
    WB107: {
      say: "No document of the book has the number {number}.",
      fix: "Add that document to the book or remove the reference.",
    },
    WB301: {
      say: "“{title}” changes the system and nothing verifies it.",
      fix: "Add a step headed Verify with a reading command, or name one with wb-verify.",
    },
    WB302: {
      say: "“{title}” changes the system and nothing undoes it.",
      fix: "Describe the rollback beside it, or name a step with wb-rollback.",
    },
    WB303: {
      say: "“{title}” has never been drilled.",
      fix: "Run it as a drill and keep the evidence.",
    },
    WB304: {
      say: "“{title}” was last proven on {last}, {days} {days:day|days} ago; its own frequency allows {limit}.",
      fix: "Drill it again, or change the frequency the manual promises.",
    },
    WB331: {
      say: "Nothing is asked of a restored set of {backup}: a restore shows only that files came back.",
      fix: "Say what the business needs under backups: {backup}: restore: probes: … (a query with its result, a request to the application), or compare rows with files under agree:.",
    },
    WB332: {
      say: "The manual promises a backup of {data}, and no backup set of watchbook.yaml takes it.",
      fix: "Declare it under backups: … data: [{data}], or write into the manual what takes it and how that is proven.",
    },
    WB333: {
      say: "The manual promises {data} “{promised}” ({at}), and {backup} is taken more rarely: {every}.",
      fix: "Leave out every: of {backup}, so that the manual's own word counts, or change what the manual promises.",
    },
    WB334: {
      say: "The manual promises to keep {data} “{promised}” ({at}), and {backup} keeps less: {keep}.",
      fix: "Leave out keep: of {backup}, so that the manual's own word counts, or change what the manual promises.",
    },
    WB335: {
      say: "The manual promises {data} in {count} places, “{promised}” ({at}), and {backup} has {places}.",
      fix: "Name the others under also: of {backup}, or change what the manual promises.",
    },
    WB305: {
      say: "{name} is set in the block at line {line}, and this block uses it: steps share no shell, so it is empty here.",
      fix: "Set it in this block too, or pass it as a declared output or parameter.",
    },
    WB306: {
      say: "{path} is described, but nothing starts it.",
      fix: "Name the timer or crontab line that runs it, or make it a duty.",
    },
    WB307: {
      say: "Scripts run with {interpreter} here and with {other} at line {line}.",
      fix: "Use one interpreter, by its path.",
    },
    WB308: {
      say: "Level {id} has no response limit.",
      fix: "Add the time to first response to the table, or under severities in watchbook.yaml.",
    },
    WB309: {
      say: "“{title}” is due {every}, but nobody owns it.",
      fix: "Name an owner (duties: {id}: owner: …) and a time (at: …) in watchbook.yaml.",
    },
    WB401: {
      say: "The report {name} has no date in its name.",
      fix: "Name it with YYYYMMDD.",
    },
    WB402: {
      say: "{name} carries a date, though it lives on under one name.",
      fix: "Take the date off; the history is in git.",
    },
    WB403: {
      say: "{name} does not follow the pattern {pattern} of its folder.",
      fix: "Rename it, or change the pattern.",
    },
    WB404: {
      say: "The example {example} does not follow the pattern {pattern} it is given for.",
      fix: "Correct the one or the other.",
    },
    WB405: {
      say: "The naming pattern {pattern} does not come to an end on {name}.",
      fix: "Write it without repetition inside repetition, for example ^[a-z0-9-]+\\.md$.",
    },
    WB501: {
      say: "A secret stands here ({kind}).",
      fix: "Remove it, change it where it is used, and refer to it as env:NAME or file:/path; git keeps the old one.",
    },
    WB502: {
      say: "A value follows “{label}”: a password in plain text?",
      fix: "Refer to it as env:NAME or file:/path, or write a placeholder such as <password>.",
    },
    WB601: {
      say: "{data} is to be kept forever ({file}:{policy}), yet line {copied} puts it under {root}, which is pruned here: “{command}”.",
      fix: "Keep it in a place of its own that nothing prunes.",
    },
    WB602: {
      say: "{name} has different values: {places}.",
      fix: "Decide on one and say it once; let the other places refer to it.",
    },
    WB603: {
      say: "{name} lies in {location}, and no rotation rule reaches it (line {line}: {globs}).",
      fix: "Add its files to the rotation rule.",
    },
    WB604: {
      say: "{id} names an alert level here and an incident priority at {file}:{line}, with other meanings.",
      fix: "Rename one scale, or map them under severities in watchbook.yaml.",
    },
    WB605: {
      say: "Log level {level} hides the lines “{pattern}” that line {line} counts.",
      fix: "Keep level info, or count something that is logged at {level}.",
    },
    WB606: {
      say: "{name} is {value} here and {before} at line {line}.",
      fix: "Keep one of them, or say which case each is for.",
    },
    WB607: {
      say: "The rotation rule keeps {name} for {days} {days:day|days}; the table at line {line} promises {promised}.",
      fix: "Make them equal.",
    },
    WB608: {
      say: "{metric} is normal up to {normal} and warns from {warn}; between them nothing is said.",
      fix: "Close the gap, or leave it: values in between are shown as elevated and never alert.",
    },
    WB609: {
      say: "{data} is stored in “{location}”, which names no place.",
      fix: "Name the place and who can open it.",
    },
    WB610: {
      say: "{name} has {value} here and {before} at {file}:{line}.",
      fix: "Keep one of them, or say beside each which service, environment or case it is for.",
    },
    WB611: {
      say: "{data} is to be kept “{promised}” ({file}:{policy}), and “{command}” removes it from {root} sooner.",
      fix: "Remove no sooner than the table promises, or correct the table.",
    },
    WB701: {
      say: "“{command}” in “{title}” is destructive, and neither an approval nor a warning stands before it.",
      fix: "Add wb-approve to its block, or a > [!WARNING] before it.",
    },
    WB702: {
      say: "find starts in {root} and deletes: it can take {root} itself.",
      fix: "Add -mindepth 1, and delete what a list names rather than by age alone.",
    },
    WB703: {
      say: "The firewall is switched on after “{deny}” (line {line}) and SSH is not allowed before that: this locks you out.",
      fix: "Allow SSH first (for example: ufw allow OpenSSH), and arm a timer that switches it off again.",
    },
    WB704: {
      say: "“{command}” lists listening sockets, but connections are meant.",
      fix: "Use ss -tn state established, with the port as sport.",
    },
    WB705: {
      say: "systemd starts {unit}, so limits.conf ({item}) never applies to it.",
      fix: "Set LimitNOFILE= (or its kin) in the unit.",
    },
    WB706: {
      say: "“{command}” never ends.",
      fix: "Give it a limit (timeout 30s, -n 100, --since), or leave it as a snippet for a person.",
    },
    WB707: {
      say: "“{command}” waits for somebody to type.",
      fix: "Use a form that does not ask, or leave it as a step for a person.",
    },
    WB708: {
      say: "“{command}” is forbidden at {file}:{line}, and stands here.",
      fix: "Remove it, or take back the prohibition.",
    },
    WB709: {
      say: "{removed} is removed before anyone looked whether {copy} is there.",
      fix: "Test the copy first, and move the old data aside instead of removing it.",
    },
    WB710: {
      say: "A second run on the same day copies {from} into the existing {to}.",
      fix: "Refuse when the target exists, or add the time to its name.",
    },
    WB711: {
      say: "“{command}” names no version.",
      fix: "Pin the version that was tested.",
    },
    WB712: {
      say: "Outgoing ports {low}–{high} cover the service's own port {port} (line {line}).",
      fix: "Begin the range above it, or reserve it in net.ipv4.ip_local_reserved_ports.",
    },
    WB713: {
      say: "“{command}” runs what the network sends.",
      fix: "Download, check a digest, read, then run.",
    },
    WB714: {
      say: "“{command}” does not check the certificate.",
      fix: "Trust the right authority instead (--cacert).",
    },
    WB715: {
      say: "“{command}” opens files to everybody.",
      fix: "Give the right owner and the least mode.",
    },
    WB716: {
      say: "“{command}” in “{title}” kills outright: what was being written is lost.",
      fix: "Stop it through its manager (systemctl stop, docker compose stop) and give it time; no plan does this.",
    },
    WB717: {
      say: "“{command}” in “{title}” removes the data together with the service.",
      fix: "Leave out --volumes; no plan does this.",
    },
    WB803: {
      say: "{name} is kept {days} {days:day|days}; the profile {profile} demands {demanded}.",
      fix: "Keep it longer, or take the profile off in watchbook.yaml (compliance:).",
    },
    WB804: {
      say: "{name} is kept {days} {days:day|days}; in China network logs must be kept six months at least.",
      fix: "Declare compliance: [cn-network-logs] in watchbook.yaml if that law applies, or ignore this hint.",
    },
    WB805: {
      say: "{product} has had no support since {ended}.",
      fix: "Move to {instead}.",
    },
    WB806: {
      say: "{name} does not fit: the document says it runs on {why}.",
      fix: "Remove it or say where it applies.",
    },
    WB811: {
      say: "Check {id} is of kind “{kind}”, which does not exist.",
      fix: "Did you mean {near}? docs/checks.md lists the kinds.",
    },
    WB812: {
      say: "Check {id} is of kind “{kind}”, which does not exist.",
      fix: "Use one of: {known}.",
    },
    WB813: {
      say: "Check {id}: {key} does not fit kind {kind} ({problem}).",
      fix: "docs/checks.md lists the parameters of {kind}.",
    },
    WB814: {
      say: "{key} still holds “{value}”, which was to be replaced.",
      fix: "Write the real value, or remove the entry until it is known.",
    },
    WB819: {
      say: "Check {id}: kind {kind} has no parameter “{key}”.",
      fix: "Meant is perhaps: {near}. docs/checks.md lists the parameters.",
    },
    WB831: {
      say: "{runbook}: {id} is of kind “{kind}”, which does not exist.",
      fix: "Did you mean {near}? docs/steps.md and docs/faults.md list the kinds.",
    },
    WB832: {
      say: "{runbook}: {id}: {key} does not fit kind {kind} ({problem}). No plan of it can be made.",
      fix: "docs/steps.md and docs/faults.md list the parameters of {kind}.",
    },
    WB901: {
      say: "The document is “{state}”, but these have not signed: {roles}.",
      fix: "Have it signed, or say that it is a draft.",
    },
    WB902: {
      say: "The step waits for “{role}”, and nobody in the book who holds it can sign.",
      fix: "Add a person with that role and a public key under people in watchbook.yaml.",
    },
  },
} as const;
