/** Reading, parsing, configuration, compiling: findings WB001..WB099, errors, words of `show`. */
export const book = {
  errors: {
    "BOOK-NOT-FOLDER": {
      say: "{path} is not a folder.",
      fix: "Name the folder that holds the manuals, or the file itself.",
    },
    "BOOK-NOT-MARKDOWN": {
      say: "{path} is not a Markdown file.",
      fix: "Name files that end in .md, .markdown or .txt.",
    },
    "BOOK-PATH-OUTSIDE": {
      say: "{path} lies outside of {root}.",
      fix: "Name paths below the book's root, or choose another root with --book.",
    },
    "BOOK-TOO-MANY-FILES": {
      say: "{path} holds {limit} {limit:file|files} or more, most of them in {folder} ({files}).",
      fix: "Name the folder with the manuals, or list {folder}/ under `ignore` in watchbook.yaml.",
    },
    "BOOK-TOO-LARGE": {
      say: "The manuals in {path} are larger than {limit} bytes together.",
      fix: "Name the folder with the manuals, or list what is no manual under `ignore` in watchbook.yaml.",
    },
    "BOOK-FILE-TOO-LARGE": {
      say: "{path} is larger than {limit} bytes and was not read.",
      fix: "watchbook.yaml holds data, not prose: move long text into the manual.",
    },
    "BOOK-FILE-UNREADABLE": {
      say: "{path} cannot be read ({reason}).",
      fix: "Check the permissions of the file and of the folders above it.",
    },
    "BOOK-GIT-FAILED": {
      say: "`{command}` failed in {root}: {why}.",
      fix: "Run the same command there by hand; git's own message says what it needs.",
    },
    "BOOK-CONFIG-WRONG": {
      say: "watchbook.yaml has {count} {count:error|errors}, the first in line {line}.",
      fix: "`watchbook lint` lists them all, each with its key and the nearest right spelling.",
    },
  },
  findings: {
    WB001: {
      say: "The file has a NUL byte at offset {offset}: it is not text.",
      fix: "Save it as plain text, or list it under `ignore` in watchbook.yaml.",
    },
    WB002: {
      say: "The file is not UTF-8: byte {byte} at offset {offset} begins no character.",
      fix: "Convert it, for example: iconv -f GB18030 -t UTF-8 OLD > NEW",
    },
    WB008: {
      say: "The file is {encoding}, not UTF-8: nothing of it was read.",
      fix: "Convert it: iconv -f {encoding} -t UTF-8 OLD > NEW",
    },
    WB003: {
      say: "The file has {bytes} bytes; more than {limit} are not read.",
      fix: "Split it, or list it under `ignore` in watchbook.yaml.",
    },
    WB004: {
      say: "{path} is a symbolic link out of the book ({target}) and was not followed.",
      fix: "Copy the file into the book, or choose a root that holds both.",
    },
    WB005: {
      say: "{path} is a symbolic link that leads back to itself.",
      fix: "Remove the link or point it to a file.",
    },
    WB006: {
      say: "{path} cannot be read ({reason}).",
      fix: "Check that it exists and that you may read it and the folders above it.",
    },
    WB010: {
      say: "The front matter that begins with `---` is never closed.",
      fix: "Put a line `---` below its last key.",
    },
    WB011: {
      say: "The front matter is not valid YAML: {what}.",
      fix: "Correct this line; until then nothing of the front matter counts.",
    },
    WB012: {
      say: "Front matter has no key `watchbook.{key}`.",
      fix: "Did you mean {nearest}?",
    },
    WB013: {
      say: "The value of `{key}` in the front matter does not fit.",
      fix: "Write it as: {expected}",
    },
    WB014: {
      say: "An annotation has no key `{key}`.",
      fix: "Did you mean {nearest}?",
    },
    WB015: {
      say: "An annotation cannot be read near `{text}`.",
      fix: 'Write it as: <!-- watchbook: key=value other="two words" -->',
    },
    WB016: {
      say: "This looks like a table drawn with full-width pipes (｜); Markdown does not see one.",
      fix: "Replace ｜ by | in every row, and keep the line of dashes below the header.",
    },
    WB017: {
      say: "The text from here on is too deep or too long for its markup ({what}) and was read as plain text or left out.",
      fix: "Split it into shorter paragraphs or flatter lists.",
    },
    WB018: {
      say: "`{text}` is not a task box in Markdown, so this item is no part of a checklist.",
      fix: "Write `- [ ] text`, with one blank inside the brackets and one behind them.",
    },
    WB019: {
      say: "The bold text `{text}` does not close: a mark before `**` and a letter right behind it keep it open.",
      fix: "Move the punctuation behind the `**`, or put a blank after it.",
    },
    WB020: {
      say: "The key `{key}` is not read in a comment here: nothing of it counts.",
      fix: "{where}.",
    },
    WB021: {
      say: "This row has {written} cells, the header has {columns}.",
      fix: "Give every row as many cells as the header; write a pipe inside a cell as \\|.",
    },
    WB022: {
      say: "The front-matter key `{key}` is not read: nothing of it counts.",
      fix: "Declare the targets in watchbook.yaml: targets: { NAME: { kind: …, environment: … } }.",
    },
    WB030: {
      say: "watchbook.yaml is not valid YAML: {what}.",
      fix: "Correct this line; the file must be one map of keys.",
    },
    WB031: {
      say: "watchbook.yaml has no key `{key}`.",
      fix: "Did you mean {nearest}? docs/formats/book.md describes every key.",
    },
    WB032: {
      say: "The value of `{key}` does not fit.",
      fix: "Write it as: {expected}",
    },
    WB033: {
      say: "`{key}` is missing.",
      fix: "Add it, in the form: {expected}",
    },
    WB034: {
      say: "`{id}` is declared twice; the second time at `{key}`.",
      fix: "Give one of them another id.",
    },
    WB035: {
      say: "`{key}` names {name}, which nothing declares.",
      fix: "Declared are, or nearest is: {nearest}",
    },
    WB036: {
      say: "`{key}` holds a secret itself instead of a reference.",
      fix: "Write env:NAME or file:/path, and change the secret: it has been in a file that is shared.",
    },
    WB037: {
      say: "The limits of `{key}` contradict each other for values that are bad when {bad}.",
      fix: "Order them normal, warn, critical towards the bad side, or set `bad`.",
    },
    WB041: {
      say: "watchbook.yaml changes the duty {id}, which the manual does not have.",
      fix: "Did you mean {nearest}?",
    },
    WB042: {
      say: "The check {check} judges the item `{item}`, which no checklist has.",
      fix: "Write the item as it stands in the manual; nearest is: {nearest}",
    },
    WB043: {
      say: "The backup {backup} takes the data `{data}`, which no backup table of the manual has.",
      fix: "Write the first cell of its row as it stands there; nearest is: {nearest}",
    },
  },
} as const;
