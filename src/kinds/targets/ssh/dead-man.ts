import { DeadManShell } from "../posix/dead-man-shell.ts";

/**
 * Waits for our end, however it comes, and then ends the connections that still stand: what runs on their hosts loses its
 * input, and its guard ends it. The processes that hold them do not do that by themselves: one whose client was killed with
 * something unread keeps that command's channel (OpenSSH 9.2), and stays for ever. Standard input: `+ SOCKET` is about to
 * be made, `- SOCKET` was ended.
 */
const SHELL = `
sockets='
'
while IFS= read -r line; do
  socket=\${line#? }
  case $line in
    '+ '*) sockets="$sockets$socket
" ;;
    '- '*) case $sockets in *"
$socket
"*) sockets="\${sockets%%"
$socket
"*}
\${sockets#*"
$socket
"}" ;; esac ;;
  esac
done
printf '%s' "$sockets" | while IFS= read -r socket; do
  [ -S "$socket" ] || continue
  ssh -F none -S "$socket" -O exit -- watchbook &
done >/dev/null 2>&1
wait
`;

/** What must end with us: told again to a shell that is made anew. */
const sockets = new Set<string>();
/** One for the whole process. Without a shell there is none: connections then end when nobody uses them, commands at their limits. */
const shell = new DeadManShell({ script: SHELL, first: () => [...sockets].map((socket) => `+ ${socket}`) });

/** The connection behind this socket, about to be made, ends with this process, also by SIGKILL. */
export function endsWithUs(socket: string): void {
  if (sockets.has(socket) && shell.isThere) return;
  sockets.delete(socket);
  shell.say(`+ ${socket}`);
  sockets.add(socket);
}

/** It has ended. */
export function hasEnded(socket: string): void {
  if (sockets.delete(socket) && shell.isThere) shell.say(`- ${socket}`);
}
