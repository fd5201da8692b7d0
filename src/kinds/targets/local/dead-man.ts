import { randomUUID } from "node:crypto";
import { PROCESSES } from "../posix/processes.ts";
import { DeadManShell } from "../posix/dead-man-shell.ts";
import { MARK } from "./environment.ts";

/**
 * Waits for our end, however it comes, and then ends the commands that still run. Argument: what the marks of our commands
 * begin with. Standard input: `?` a command is about to start, `+ PID` it started, `!` it did not, `- PID` it ended.
 */
const SHELL = `${PROCESSES}
leaders='' pending=0
while read -r what pid; do
  case $what in
    '?') pending=$((pending + 1)) ;;
    '!') pending=$((pending - 1)) ;;
    +)
      pending=$((pending - 1))
      leaders="$leaders $pid "
      ;;
    -) case $leaders in *" $pid "*) leaders="\${leaders%% $pid *} \${leaders#* $pid }" ;; esac ;;
  esac
done
# Nothing runs: usual when we end by ourselves.
[ "$pending" = 0 ] && [ -z "\${leaders#"\${leaders%%[! ]*}"}" ] && exit 0
# shellcheck disable=SC2034 # for members
mark="^${MARK}=$1" how=-lz leader='' start='' kin='' own='' keep=$$
end_all
`;

/** What the marks of all commands of this process begin with. */
const OURS = randomUUID();

/** One for the whole process. Without a shell there is none: commands then end at their limits, and with us when we end by ourselves. */
const shell = new DeadManShell({
  script: SHELL,
  args: [OURS],
  env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" },
});
let count = 0;

/** The dead man's switch of one command. */
export interface DeadMan {
  /** For the command's environment: finds those who leave its session. */
  readonly mark: string;
  /** `pid` undefined: it could not be started. */
  began(pid: number | undefined): void;
  ended(): void;
}

/** Announces a command: from here on it ends when we do, also by SIGKILL. */
export function deadMan(): DeadMan {
  count += 1;
  let leader: number | undefined;
  shell.say("?");
  return {
    mark: `${OURS}.${count}`,
    began: (pid) => {
      leader = pid;
      shell.say(pid === undefined ? "!" : `+ ${pid}`);
    },
    ended: () => {
      if (leader !== undefined) shell.say(`- ${leader}`);
    },
  };
}
