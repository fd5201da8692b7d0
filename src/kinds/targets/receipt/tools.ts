import type { ToolUsed } from "../../../model/journal.ts";

/** Shells and languages that read scripts. */
const INTERPRETER = /^(?:bash|sh|dash|ash|ksh|mksh|zsh|python[\d.]*|node|perl|ruby|php|lua)$/;

/** Clients of services that can be asked for their version without doing anything else. */
const CLIENTS = [
  ...["psql", "pg_dump", "pg_restore", "pg_basebackup", "pgbackrest", "mysql", "mysqldump", "mariadb", "mariadb-dump"],
  ...["sqlite3", "redis-cli", "mongosh", "kubectl", "helm", "docker", "docker-compose", "podman", "systemctl", "nginx"],
  ...["openssl", "ssh", "rsync", "curl", "git", "jq", "restic", "borg", "ansible", "terraform", "go", "npm"],
];
const CLIENT = new RegExp(`(?<![\\w./@$-])(?:${CLIENTS.join("|")})(?![\\w.@=/-])`, "g");
/** An interpreter that is called by its path, such as a project's own: `.venv/bin/python`. */
const BY_PATH = /(?<![\w./$}-])[\w./-]+\/(?:bash|python[\d.]*|node|perl|ruby|php)(?![\w./-])/g;

const MOST = 12;

/** Programs that a script is executed with, as it names them: its interpreter, and the clients that it calls. */
export function toolsOf(interpreter: readonly string[], script: string): readonly string[] {
  const reads = interpreter.filter((word) => INTERPRETER.test(word.slice(word.lastIndexOf("/") + 1)));
  const calls = [...script.matchAll(BY_PATH), ...script.matchAll(CLIENT)].map(([name]) => name);
  return [...new Set([...reads, ...calls])].filter((name) => !name.startsWith("-")).slice(0, MOST);
}

/**
 * `record_tools FOLDER NAME …`: for each that is there a line of its name, its path with links resolved, and the first line in
 * which it tells its version; asked once per folder. Nothing of it can fail a step.
 */
export const TOOLS = `
record_tools() {
  cache=$1
  shift
  [ -d "$cache" ] || mkdir -p "$cache" || return 0
  for tool do
    case $tool in
      */*) entry=$cache/by-path.\${tool##*/} ;;
      *) entry=$cache/$tool ;;
    esac
    if [ ! -e "$entry" ]; then
      path=$(command -v -- "$tool") || continue
      path=$(readlink -f -- "$path") || continue
      case \${tool##*/} in
        sh | ash | dash | mksh) said='' ;;
        kubectl) said=$(timeout 2 "$path" version --client 2>&1 </dev/null | head -n 1) ;;
        openssl | helm | go | pgbackrest) said=$(timeout 2 "$path" version 2>&1 </dev/null | head -n 1) ;;
        ssh) said=$(timeout 2 "$path" -V 2>&1 </dev/null | head -n 1) ;;
        nginx) said=$(timeout 2 "$path" -v 2>&1 </dev/null | head -n 1) ;;
        *) said=$(timeout 2 "$path" --version 2>&1 </dev/null | head -n 1) ;;
      esac
      printf '%s\\t%s\\t%.200s\\n' "$tool" "$path" "$said" >"$entry.$$" && mv -f "$entry.$$" "$entry"
    fi
    IFS= read -r line <"$entry" && printf '%s\\n' "$line"
  done 2>/dev/null
}
`;

/** Lines of `record_tools`. */
export const toolsIn = (text: string): readonly ToolUsed[] =>
  text.split("\n").flatMap((line) => {
    const [name = "", path = "", version = ""] = line.split("\t");
    return name === "" || path === "" ? [] : [{ name, path, version: version.trim() }];
  });
