/** What terminals were to make of it: colours, cursor moves, titles, bells. */
const CONTROL =
  /\u001B\[[0-?]*[ -/]*[@-~]|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)|\u001B[@-_]|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** Lines of an output; a bar that was drawn over itself shows its last state. */
export function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => line.slice(line.lastIndexOf("\r") + 1).replace(CONTROL, ""));
}
