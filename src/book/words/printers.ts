/** Programs that print what lies on a machine, and what they print: in a block without prompts it looks like commands. */

/** What is joined with something else, or written somewhere, prints nothing below itself. */
const JOINED = /[|<>;&`]|\$\(/;
const SHOWS = /(?:^|[\s"'])(?:cat|head|tail|less|more|tac|bat|nl)\s+(?:\S.*)$/;
/** Files that hold commands: scripts, files that a shell reads at its start, schedules, what was typed before. */
const HOLDS_COMMANDS =
  /\.(?:sh|bash|zsh|ksh|py|pl|rb)(?![\w.])|\/\.?(?:bashrc|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile)\b|_history\b|\brc\.local\b|\/(?:init|rc|profile)\.d\/|\bcrontab\b|\/cron\.\w+\/|spool\/cron|\/usr\/local\/s?bin\//;
const LISTS_COMMANDS = /^(?:sudo\s+)?(?:crontab(?:\s+-u\s+\S+)?\s+-l|history(?:\s+\d+)?|alias)$/;

/** The command prints a text that is commands itself. */
export const printsCommands = (text: string): boolean =>
  !JOINED.test(text) && ((SHOWS.test(text) && HOLDS_COMMANDS.test(text)) || LISTS_COMMANDS.test(text.trim()));

/** What a command that goes on with it would name: `cat /opt/run.sh` → `run.sh`, `crontab -l` → `crontab`. */
export const shown = (text: string): string =>
  LISTS_COMMANDS.test(text.trim())
    ? (/crontab|history|alias/.exec(text)?.[0] ?? "")
    : (text
        .trim()
        .replace(/["']+$/, "")
        .split(/[\s/]/)
        .at(-1) ?? "");

const PATHS = /^(?:sudo\s+)?(?:which|whereis|type|find|locate|readlink|realpath|ls|pwd|dirname|command\s+-v)(?:\s|$)/;
const ACTS = /\s-(?:exec|execdir|ok|delete|fprint)\b/;
const NAMES = /^(?:sudo\s+)?(?:ls|hostname|whoami|basename|find)(?:\s|$)/;
const FROM_HERE = /^(?:sudo\s+)?find\s/;
const PATH = /^~?\/[\w./@+~-]+$/;
const RELATIVE = /^\.\/[\w./@+~-]+$/;
const NAME_LIST = /^[\w.@+][\w.@+-]*(?:\s+[\w.@+][\w.@+-]*)*$/;

/** The line is nothing but what the command before it prints: a path, or names of files. `known`: it begins with a program. */
export function isPrinted(line: string, before: string, known: boolean): boolean {
  if (JOINED.test(before) || ACTS.test(before)) return false;
  const text = line.trim();
  if (PATHS.test(before) && (PATH.test(text) || (FROM_HERE.test(before) && RELATIVE.test(text)))) return true;
  if (!NAMES.test(before) || !NAME_LIST.test(text)) return false;
  if (/\S\s{2,}\S/.test(text)) return true;
  const names = text.split(/\s+/);
  return !known && (names.length === 1 || names.every((name) => /\w\.\w/.test(name)));
}
