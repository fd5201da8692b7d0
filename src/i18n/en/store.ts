export const store = {
  errors: {
    "STORE-NEWER": {
      say: "{file} was written by a newer watchbook: its schema is {version}, this program knows {ours}.",
      fix: "Use the newer program; state is never turned back. The evidence files stay readable with any version.",
    },
    "STORE-FOREIGN": {
      say: "{file} says that schema step {version} was applied, but with another content than this program has.",
      fix: "Use the program that made the file, or start with another --data directory.",
    },
    "STORE-CORRUPT": {
      say: "{file} is damaged ({detail}); nothing was read from it or written to it.",
      fix: "Stop every watchbook on it, move the file aside (keep it), then put a backup in its place or try `sqlite3 FILE .recover`; a file under samples/ may simply be moved away: only that day's samples are lost.",
    },
    "STORE-READ-ONLY": {
      say: "{file} cannot be written: the disk or the folder is read-only ({detail}); what was committed is untouched.",
      fix: "Make the folder writable for this user, or give another one with --data.",
    },
    "STORE-FULL": {
      say: "No space left for {file} ({detail}); the last change was not written, everything before it is safe.",
      fix: "Free space on that disk (`df -h`, then the largest files), then repeat the command.",
    },
    "STORE-HANGS": {
      say: "The disk below {folder} has answered nothing for longer than {seconds} seconds.",
      fix: "Look at it with `dmesg | tail`. People are told all the same; what was decided is kept when it answers.",
    },
    "STORE-BUSY": {
      say: "{file} is locked by another program for longer than 5 seconds.",
      fix: "End the program that holds it (`fuser FILE` names it): a backup, a sqlite3 shell, or a second watchbook.",
    },
    "STORE-IO": {
      say: "The disk gave an error for {file} ({detail}); the last change was not written.",
      fix: "Read `dmesg | tail` for disk errors; copy the data directory to a sound disk before going on.",
    },
    "STORE-CANNOT-OPEN": {
      say: "{file} cannot be opened ({detail}).",
      fix: "Check that its folder is a folder and belongs to this user, or give another one with --data.",
    },
    "STORE-JOURNAL": {
      say: "The journal of run {run} is not whole: entry {seq} of {last} is missing, unreadable or not ours.",
      fix: "The run cannot go on from it. Keep the file; restore state.db from a backup, or find out on the targets what was done (their receipts name run and step) and start a new run.",
    },
    "STORE-OWNED": {
      say: "Another process owns {path}, but does not say which.",
      fix: "Find it with `fuser` on owner.db in that directory, end it, and try again.",
    },
  },
} as const;
