/** Backup sets: the verbs, the list, and the kinds of docs/backups.md. */
export const backups = {
  verbs: {
    backup: {
      does: "backup sets: take one, list them with what each is worth, look at every byte, remove old ones",
      usage:
        "backup list [NAME] [--from PLACE] | backup run [NAME] [--dry-run] | backup verify [NAME] [--set ID] [--from PLACE] | backup prune [NAME] [--execute]",
      examples:
        "watchbook backup list\nwatchbook backup run orders\nwatchbook backup run orders --dry-run\nwatchbook backup verify orders --set r20261120-083300-1f3a5b7c\nwatchbook backup prune orders\nwatchbook backup prune orders --execute",
      exits:
        "0  done; list, and prune without --execute: shown\n2  the book or the input is wrong\n3  it failed: nothing that is not whole bears a set's name; or the set is torn or damaged\n4  the target cannot be reached\n5  it waits for a person\n130  interrupted",
    },
    restore: {
      does: "show how a set would be restored apart from what is in use; with --execute, do it, prove it and clear it away",
      usage:
        "restore [NAME|SET] [--to latest|TIME|name:POINT|xid:N|random] [--set ID|random] [--from PLACE] [--over] [--execute]",
      examples:
        "watchbook restore orders\nwatchbook restore orders --execute\nwatchbook restore orders --to 2026-11-20T08:33:00+08:00 --execute\nwatchbook restore orders --set random --execute\nwatchbook restore r20261120-083300-1f3a5b7c --execute --json\nwatchbook restore orders --from 2 --execute\nwatchbook restore orders --over --execute",
      exits:
        "0  the plan is complete; with --execute: restored, everything held, and cleared away\n2  the book or the input is wrong\n3  it could not be restored, or something did not hold\n4  the target cannot be reached\n5  it waits for a person\n130  interrupted",
    },
  },
  options: {
    "backup.env": "environment, where the target does not say it",
    "backup.by": "who asks for it: a person of the book (default: your login name)",
    "backup.reason": "why it is done; stands in the record",
    "backup.output-file": "write the evidence as KEY=VALUE lines to this file too",
    "backup.detach": "leave it to the daemon and end at once",
    "backup.yes": "do not ask for the name of a protected environment",
    "backup.no-ask": "ask nothing on the terminal",
    "backup.dry-run": "run: only show the plan",
    "backup.execute": "prune: remove what is kept no longer; without this it is only shown",
    "backup.outside-window": "run: begin although its hours are over or have not come",
    "backup.from": "list, verify: in this second place, by number (2 is the first) or name (default: the repository)",
    "backup.set": "verify: this set (default: the latest)",
    "restore.env": "environment, where the target does not say it",
    "restore.by": "who asks for it: a person of the book (default: your login name)",
    "restore.reason": "why it is done; stands in the record",
    "restore.output-file": "write the evidence as KEY=VALUE lines to this file too; a dry run is marked as one",
    "restore.detach": "leave it to the daemon and end at once",
    "restore.yes": "do not ask for the name of a protected environment",
    "restore.no-ask": "ask nothing on the terminal",
    "restore.to":
      "point: latest (default), a time with its zone, name:POINT, xid:N, gtid:D-S-N, set (as it was taken), random or random:SEED (a time that nobody chose)",
    "restore.set": "this set, or a random one (default: the newest that was complete at the point)",
    "restore.from":
      "bring the set from this second place, by number (2 is the first) or name (default: the repository)",
    "restore.over":
      "put it in the place of what is in use: as restore: over of the book says, after a set of what is there; asks twice",
    "restore.execute": "do it; without this only the plan is shown and nothing is changed",
  },
  list: {
    head: {
      backup: "backup",
      set: "set",
      state: "worth",
      taken: "taken",
      size: "size",
      parts: "parts",
      proof: "proof",
    },
    states: { good: "good", unproven: "UNPROVEN", torn: "TORN", damaged: "DAMAGED" },
    restored: "restored {at}, {probes} {probes:probe|probes} held",
    never: "never restored",
    unread: "proof cannot be read: restore it again",
    held: "in use by {runs}",
    empty: "There is no set yet: watchbook backup run NAME takes one.",
  },
  said: {
    nothingGoes: "No set of {name} goes; {kept} stay.",
    overWhat:
      "This replaces what {name} uses now on {target} ({parts}). What is there is taken as a set first, and kept beside it.\nType the backup's name: ",
    overWhich: "It becomes the set {set}, taken {taken}, to the point {to}.\nType the set's name: ",
    outsideAsk:
      "{name} is begun between {window} ({zone}) only; these hours come {opens}.\nType its name to begin now all the same: ",
    goes: "{count} {count:set|sets} would go; with --execute they do. The last restored set always stays.",
  },
  kinds: {
    mariadb: {
      name: "MariaDB",
      does: "A copy of a running server's files (mariadb-backup), with its binary logs to any point.",
    },
    "mariadb-dump": {
      name: "MariaDB dump",
      does: "One moment of a server as SQL: slower to restore, but any later version takes it.",
    },
    redis: { name: "Redis", does: "A snapshot of one moment; what was written after it is lost." },
    pgbackrest: {
      name: "pgBackRest",
      does: "A copy in pgBackRest's own repository; its verify is judged by its text, and copies go by their label.",
    },
    postgres: {
      name: "PostgreSQL",
      does: "A running cluster as it is on its disk (pg_basebackup), restored to any point that its WAL archive reaches.",
    },
    "postgres-dump": {
      name: "PostgreSQL dump",
      does: "One database, or all of them and their roles, as statements (pg_dump), restored into a fresh server.",
    },
    archive: { name: "Archive", does: "A folder as one tar archive, that any tar opens." },
    key: {
      name: "Key",
      does: "An identity key: every one that ever was stays, readable by its owner alone, sealed for a recipient.",
    },
    restic: {
      name: "restic",
      does: "A folder in an encrypted repository of restic's; every look reads the whole snapshot.",
    },
    volume: {
      name: "Volume",
      does: "A volume of Docker or Compose, copied from the host while the containers that use it keep still.",
    },
    files: { name: "Files", does: "A folder, copied file by file." },
  } as Readonly<Record<string, { readonly name: string; readonly does: string }>>,
  /** Only where the kinds' own descriptions are not in the reader's language. */
  fields: {} as Readonly<Record<string, string>>,
  errors: {
    "BACKUP-NONE": {
      say: "No backup set is declared in {file}.",
      fix: "Write there, under backups:, what is taken and where to (docs/backups.md has examples), or name another book with --book.",
    },
    "BACKUP-WHICH": { say: "Which backup?", fix: "Name one: {known}." },
    "BACKUP-UNKNOWN": { say: "There is no backup “{name}”.", fix: "Meant is perhaps: {nearest}." },
    "BACKUP-WORD": { say: "backup does not know “{word}”.", fix: "Meant is perhaps: {nearest}." },
    "BACKUP-NOT-FOR": {
      say: "Option --{option} does not belong to backup {word}.",
      fix: "watchbook backup --help shows what belongs to what.",
    },
    "BACKUP-UNSEEN": {
      say: "The sets of {name} on {target} cannot be looked at ({detail}).",
      fix: "Nothing is said of sets that were not seen: make the target reachable and its folder readable.",
    },
    "BACKUP-NO-SET": {
      say: "There is no set {set} in any repository of the book.",
      fix: "watchbook backup list shows what there is.",
    },
    "BACKUP-KEEP-ALL": {
      say: "The backup {name} keeps every set.",
      fix: "Say what stays with keep: { days: 30 } in watchbook.yaml.",
    },
    "BACKUP-PLACE": {
      say: "The backup {name} has no place “{from}”.",
      fix: "There are: {known}. Second places are declared with also: in watchbook.yaml.",
    },
    "RESTORE-OVER-UNDECLARED": {
      say: "The book does not say how {name} is restored over what is in use.",
      fix: "Write restore: { over: { stop: …, start: … } } for it, how the service is stopped and started; without --over it is restored apart.",
    },
    "RESTORE-OVER-SET": {
      say: "No set of {name} can take the place of what is in use: {detail}",
      fix: "watchbook backup list shows what there is.",
    },
    "RESTORE-OVER-UNATTENDED": {
      say: "Nobody sits at this terminal, and nobody else would be asked whether {name} may be replaced.",
      fix: "Do it at a terminal, or declare restore: { over: { approval: { … } } } and people with keys.",
    },
    "RESTORE-OVER-NOT-TYPED": {
      say: "“{given}” is not {wanted}: nothing was done.",
      fix: "Type the name exactly to restore over what is in use.",
    },
    "BACKUP-OUTSIDE-WINDOW": {
      say: "The backup {name} is begun between {window} ({zone}) only; these hours come {opens}.",
      fix: "Wait for them, or begin it now all the same: --outside-window.",
    },
    "RESTORE-POINT": {
      say: "“{point}” is no point to restore to.",
      fix: "Write latest, a time with its zone (2026-11-20T08:33:00Z), name:POINT, xid:N, gtid:D-S-N, set, or random (never over what is in use).",
    },
  },
} as const;
