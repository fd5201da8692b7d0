/** What root needs of our environment besides the values of the step. */
const KEPT = ["WB_OUTPUT", "WATCHBOOK_ATTEMPT"];

/**
 * The same interpreter as root, without a question for a password. The file for outputs is made first: root's own
 * could not be read by whoever reads the receipt. Needs SETENV in sudoers (sudo(8), --preserve-env).
 */
export const asRoot = (interpreter: readonly string[], names: readonly string[]): readonly string[] => [
  "sh",
  "-c",
  ': >>"$WB_OUTPUT"; exec "$@"',
  "watchbook",
  "sudo",
  "-n",
  `--preserve-env=${[...KEPT, ...names].join(",")}`,
  "--",
  ...interpreter,
];

/** Calls an interpreter with arguments behind the script, whose file comes as the last word of all. POSIX sh. */
const ROTATE = `
count=$1
shift
for file do :; done
at=0 total=$#
for word do
  at=$((at + 1))
  shift
  [ $at -eq $total ] && break
  set -- "$@" "$word"
  [ $at -eq $count ] && set -- "$@" "$file"
done
exec "$@"
`;

/** An interpreter that gets these arguments behind the script's file. */
export const withArguments = (interpreter: readonly string[], args: readonly string[]): readonly string[] =>
  args.length === 0
    ? interpreter
    : ["sh", "-c", ROTATE, "watchbook", String(interpreter.length), ...interpreter, ...args];
