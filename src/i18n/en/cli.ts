/** The frame of the command line; the words of each verb lie with its area. */
export const cli = {
  tagline: "an operations manual that runs",
  usage: "Usage: watchbook VERB [ARGUMENTS] [--help] [--json] [--lang zh|en] [--book DIR] [--data DIR]",
  exitTitle: "Exit codes:",
  optionTitle: "Options:",
  exampleTitle: "Examples:",
  more: "watchbook VERB --help shows its options, examples and exit codes.",
  error: "error",
  typedAhead: "What was typed before the question stood here is not taken as its answer.",
  /** Between a name and what it names. */
  colon: ": ",
  exits: {
    "0": "ok",
    "1": "a bug of watchbook (a stack is printed)",
    "2": "the manual or the input is wrong",
    "3": "a check, drill or evidence failed its limit",
    "4": "a target cannot be reached or judged",
    "5": "a human is waited for",
    "130": "interrupted",
  },
  options: {
    help: "show this help",
    json: "one JSON document on standard output; progress and messages go to standard error",
    lang: "language of messages, zh or en (default: the book's, then the locale)",
    book: "folder of the book (default: the folder with watchbook.yaml at or above this one)",
    data: "folder of the state (default: .watchbook beside the book)",
  },
  errors: {
    "VERB-UNKNOWN": { say: "There is no verb “{verb}”.", fix: "watchbook --help lists them." },
    "VERB-UNKNOWN-NEAR": {
      say: "There is no verb “{verb}”.",
      fix: "Did you mean: watchbook {near}? watchbook --help lists all.",
    },
    "OPTION-FIRST": {
      say: "Option {option} stands where a verb belongs.",
      fix: "Begin with the verb: watchbook VERB {option}; watchbook --help lists the verbs.",
    },
    "LANG-UNKNOWN": { say: "There is no language “{lang}”.", fix: "--lang takes zh or en." },
    "NOT-A-FOLDER": {
      say: "{path} is no folder.",
      fix: "{option} takes a folder: name the one that holds the file, or leave the option out.",
    },
    "OUTPUT-NOT-WRITTEN": {
      say: "{path} cannot be written ({detail}).",
      fix: "Make its folder writable, free space, or name another path.",
    },
    "OPTION-UNKNOWN": { say: "There is no option {option} here.", fix: "watchbook {verb} --help lists the options." },
    "OPTION-UNKNOWN-NEAR": {
      say: "watchbook {verb} has no option {option}.",
      fix: "Did you mean {near}? watchbook {verb} --help lists all.",
    },
    "WORDS-EXTRA": {
      say: "watchbook {verb} does not know what to do with: {extra}.",
      fix: "Leave it out, or put what belongs together into quotes; watchbook {verb} --help shows what it takes.",
    },
    "OPTION-VALUE": {
      say: "Option {option} of watchbook {verb} has a value where none belongs, or lacks one.",
      fix: "watchbook {verb} --help shows which options take a value.",
    },
  },
} as const;
