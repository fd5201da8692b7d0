/** Why a restore ended as it did: keys of `steps.reasons`. */
export const restoreReasons = {
  "restore-is-undo": "Bringing back what was is only possible as the undo of a step.",
  "restore-from": "There is no place {from} to restore from; there are {known}.",
  "restore-fetch-cut":
    "The set {set} could not be brought whole from {place}: {detail}. What was brought stays until this restore is cleared away.",
  "restore-proof-part":
    "Only a whole restore proves a set: this run was asked for some of its steps. Run it without --step.",
  "restore-proof-unkept":
    "{place} cannot keep that {set} was restored ({detail}): only this evidence proves it, and prune there does not know.",
  "restore-over-not": "What the backup kind {kind} restores cannot take the place of what is in use.",
  "restore-over-link": "{path} is a link to {to}: name what it leads to.",
  "restore-over-mount": "Another file system is mounted on {path}: it cannot be renamed. Use a folder below it.",
  "restore-over-in-use":
    "{path} is still in use by the processes {pids}: what should have stopped it did not. Nothing was renamed.",
  "restore-over-other": "{path} is no data folder of {kind}: nothing was touched.",
  "restore-over-spaces": "Tables lie outside of the data folder ({path}): these cannot be put in place by a rename.",
  "restore-over-kept": "What was in use before is kept in {paths}; remove it when nobody misses anything.",
  "restore-over-some":
    "The copy has only {databases}: in the place of the server it would be all that is left. Restore it apart and bring it in by hand, or back up all databases.",
  "restore-over-roles":
    "The dump has its roles without their passwords ({file}): nobody could log in. Let the user who backs up be a superuser, or restore it apart and set them by hand.",
  "restore-over-settings":
    "{path} has no settings of a server that could be kept: a server of a dump brings none. Put it in place by hand.",
  "restore-over-anew":
    "What takes the place of {path} is a server of its own (timeline {line}): make its replicas anew, tell its archive (pgbackrest stanza-upgrade), and take a backup.",
  "restore-over-unconfirmed":
    "It replaces what is in use, and was confirmed as {given}: nothing was done. Say --param CONFIRM={wanted} if you mean that backup and that set.",
  "restore-point":
    "{point} is no point: it is latest, set (as it was taken), a time with its zone (2026-11-20T08:33:00Z), name:…, xid:…, or gtid:….",
  "restore-no-place": "{path} is gone: the target has cleared it away, or somebody else has.",
  "restore-torn": "{torn} of {looked} restored rows of {rows} do not match the restored {files}; the first: {first}",
  "restore-newer":
    "The copy is of version {copy}, newer than the server here ({server}): restore it with that version or a later one.",
  "restore-no-log":
    "{point} cannot be reached: no log leads on from the copy. Only the copy itself can be restored (`set`).",
  "restore-point-kind": "This kind does not know the point {point}.",
  "restore-log-gap": "The log {file} is missing: nothing after it can be restored. The copy itself can (`set`).",
  "restore-log-foreign":
    "The log {file} is not the one that goes on from here: it is of another server, or was begun anew.",
  "restore-log-damaged": "The log {file} is damaged: {detail}. Points before the damage can still be restored.",
  "restore-not-replayed": "The logs could not be replayed: {detail}",
  "restore-no-rows": "The restored {rows} has no rows to compare: that proves nothing.",
  "restore-other-version":
    "The copy is of version {copy}, the programs here are {here}: install that version, or name its folder in `programs`.",
  "restore-other-cluster":
    "{file} in {path} is of another cluster: its identifier is {seen}, the copy's is {own}. Name the archive of this one.",
  "restore-path-long": "{path} is too long for a socket (107 bytes with its name): choose a shorter `restore.into`.",
  "restore-no-archive": "Only the end of the copy can be restored, not {point}: the part names no WAL archive.",
  "restore-wal-gap":
    "{file} is missing in {path}, and later files are there: a recovery would end there and lose the rest. Bring it back, or choose an earlier point.",
  "restore-wal-damaged":
    "The recovery ended at {lsn} in the middle of {file}, which is damaged there: what came later is lost. Bring back a whole file, or choose an earlier point.",
  "restore-point-early": "{point} is before the end of the copy ({from}): choose an older set.",
  "restore-point-late": "{path} ends at {end}: nothing shows what happened until {point}.",
  "restore-point-absent": "There is no {point} in {path} after this set.",
  "restore-point-missed": "The recovery ended before it came to {point}; the last transaction was of {end}.",
  "restore-rebooted":
    "The host was started anew since {path} was restored without waiting for its disk: restore the set once more",
  "restore-not-started": "The restored server does not come up: {detail}",
  "restore-errors": "{errors} {errors:error|errors} while restoring {database}; the first: {detail}",
} as const;
