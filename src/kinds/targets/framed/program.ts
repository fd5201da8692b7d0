import { quoted } from "../posix/quote.ts";

/**
 * Runs read commands one after the other; says `TOKEN -` when the first begins, and on both outputs where each ends: a line `TOKEN NUMBER HOW STATUS BEGUN
 * ENDED` (hundredths of a second since the target's start) on standard output, `TOKEN NUMBER` on standard error. A command
 * costs what it costs alone: nothing is started beside it.
 */
const RUN = `
token=$1
clock() {
  read -r now _ </proc/uptime
  now="\${now%.*}\${now#*.}"
}
run() {
  number=$1 how=exit
  shift
  clock
  begun=$now
  case $1 in
    */*)
      if [ ! -e "$1" ]; then how=not-found; elif [ -d "$1" ] || [ ! -x "$1" ]; then how=no-permission; fi
      ;;
    *) command -v -- "$1" >/dev/null || how=not-found ;;
  esac
  status=0
  if [ "$how" = exit ]; then
    { (exec "$@") </dev/null; } 2>&3
    status=$?
  fi
  clock
  echo "$token $number $how $status $begun $now"
  echo "$token $number" >&3
}
# What a shell says of a command that a signal ended is no output of it.
exec 3>&2 2>/dev/null
echo "$token -"
`;

/** The program for these commands; each is known by its number. */
export const programOf = (commands: readonly { readonly number: number; readonly argv: readonly string[] }[]): string =>
  RUN + commands.map(({ number, argv }) => `run ${number} ${quoted(argv)}\n`).join("");
