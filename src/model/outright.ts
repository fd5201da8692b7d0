import type { Command } from "./block.ts";

const KILLERS = new Set(["kill", "pkill", "killall", "skill"]);
const KILL_9 = /(?:^|\s)-(?:9|KILL|SIGKILL|s\s*(?:9|KILL|SIGKILL)|-signal[= ](?:9|KILL|SIGKILL))(?=\s|$)/;
const COMPOSE = new Set(["docker", "docker-compose", "podman", "podman-compose", "nerdctl"]);
const DOWN = /\bcompose\b[^;|&\n]{0,400}\sdown(?=\s|$)([^;|&\n]{0,400})/;
const VOLUMES = /\s(?:-[a-z]*v[a-z]*|--volumes(?:=true)?)(?=\s|$)/;
/** Beyond this many characters a command is a text of its own. */
const LONGEST = 4_000;

type Named = Pick<Command, "programs" | "text">;

/** The service gets no time to end what it does: `kill -9`, `pkill -KILL`, `killall -s 9`. */
export const killsOutright = ({ programs, text }: Named): boolean =>
  programs.some((program) => KILLERS.has(program)) && KILL_9.test(text.slice(0, LONGEST));

/** What `docker compose down` takes with it; undefined when the command takes nothing down. */
export function takesDown({ programs, text }: Named): "services" | "volumes" | undefined {
  if (!programs.some((program) => COMPOSE.has(program))) return undefined;
  const rest = DOWN.exec(text.slice(0, LONGEST))?.[1];
  if (rest === undefined) return undefined;
  return VOLUMES.test(rest) ? "volumes" : "services";
}
