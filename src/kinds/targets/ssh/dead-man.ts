import { spawn, type ChildProcess } from "node:child_process";

/**
 * Waits for our end, however it comes, and then ends the connections that still stand: what runs on their hosts loses its
 * input, and its guard ends it. The processes that hold them do not do that by themselves: one whose client was killed with
 * something unread keeps that command's channel (OpenSSH 9.2), and stays for ever. Standard input: `+ SOCKET` is about to
 * be made, `- SOCKET` was ended.
 */
const WATCHER = `
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

let watcher: ChildProcess | undefined;
/** What must end with us: told again to a watcher that is made anew. */
const sockets = new Set<string>();

/** One for the whole process, made with the first connection. */
function running(): ChildProcess {
  if (watcher) return watcher;
  const made = spawn("/bin/sh", ["-c", WATCHER, "watchbook"], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const forget = (): void => {
    if (watcher === made) watcher = undefined;
  };
  // Without a shell there is no watcher: connections then end when nobody uses them, commands at their limits.
  made.on("error", forget);
  made.on("exit", forget);
  made.stdin.on("error", forget);
  // Neither it nor its pipe keeps us from ending.
  made.unref();
  (made.stdin as unknown as { unref(): void }).unref();
  watcher = made;
  for (const socket of sockets) made.stdin.write(`+ ${socket}\n`);
  return made;
}

/** The connection behind this socket, about to be made, ends with this process, also by SIGKILL. */
export function endsWithUs(socket: string): void {
  if (sockets.has(socket) && watcher) return;
  const known = watcher;
  sockets.add(socket);
  // A new one has been told of all.
  if (known) known.stdin!.write(`+ ${socket}\n`);
  else running();
}

/** It has ended. */
export function hasEnded(socket: string): void {
  if (sockets.delete(socket)) watcher?.stdin!.write(`- ${socket}\n`);
}
