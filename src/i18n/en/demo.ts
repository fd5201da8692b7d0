/** Words of the verbs demo and init. */
export const demo = {
  said: {
    installing: "Installing the packages of {example} from its lock file (about 140, once) …",
    packages: "  {done} of {total} {total:package|packages} …",
    starting: "Starting its services …",
    started: "They run: {nodes}",
    noGit: "This machine has no git: the evidence cannot name the manual's commit.",
    verdict: "{title}: {verdict}",
    report: "Report:   {path}",
    evidence: "Evidence: {path}",
    verify: "Verify:   {command}",
    serving: "Serving. Console: {url}   Ctrl-C ends them and this.",
    tryThis: "Try:\n{lines}",
    ending: "Ending what was started …",
  },
  init: {
    usual: { title: "{service}: operations manual", owner: "operator on call" },
    asks: {
      template: "Template: plain, systemd, compose or k8s? [{usual}]",
      title: "Title of the manual? [{usual}]",
      service: "Name of the service, as the machine knows it (unit, project, namespace)? [{usual}]",
      owner: "Who does the daily inspection? [{usual}]",
    },
    again: {
      template: "It is one of: {names}.",
      title: "One line, without | ` < and >, please.",
      service: "Up to 64 letters, digits, dots, dashes and underscores, beginning with a letter or digit, please.",
      owner: "One line, without | ` < and >, please.",
    },
    said: {
      written: "Written: {files}",
      next: "Next: {command}",
      found:
        "{title}: {documents} {documents:document|documents}, {runbooks} {runbooks:procedure|procedures}, {blocks} code {blocks:block|blocks}, {thresholds} {thresholds:threshold|thresholds}; duties (items): {duties}",
      none: "none",
      findings: "{count} {count:thing is|things are} wrong or unproven: {command}",
    },
  },
  verbs: {
    demo: {
      does: "start an example with its services, inspect it, keep serving",
      usage: "demo [NAME] [--once] [--dir DIR] [--listen HOST:PORT]",
      examples: "watchbook demo\nwatchbook demo --once\nwatchbook demo silktalk --lang zh --dir /tmp/try",
      exits:
        "0  report and evidence exist, whatever the verdict; or ended by Ctrl-C while serving\n2  no such example, or a demo runs in this folder already\n3  report or evidence could not be written\n4  packages could not be installed, or the services did not start\n130  interrupted before the report",
    },
    init: {
      does: "make a book: from a template, or of the manuals a folder holds",
      usage: "init DIR [--template plain|systemd|compose|k8s] [--yes]",
      examples: "watchbook init ops\nwatchbook init ops --template systemd --yes\nwatchbook init /srv/existing-manuals",
      exits: "0  the book is there\n2  there is one already, the folder holds no manual, or nobody could be asked",
    },
  },
  options: {
    "init.template": "kind of service: plain, systemd, compose or k8s; without it you are asked",
    "init.yes": "take the usual answers instead of asking",
    "demo.once": "end after the report",
    "demo.dir": "work directory (default: .watchbook/demo/NAME in the current folder)",
    "demo.listen": "address of the console (default 127.0.0.1:7070, or a free port when that is taken)",
  },
  errors: {
    "DEMO-UNKNOWN": {
      say: "There is no example “{name}”.",
      fix: "Did you mean {near}? There are: {names}.",
    },
    "DEMO-RUNS": {
      say: "A demo runs in {dir} already: process {pid}, since {since}.",
      fix: "End it with Ctrl-C there, or give this one a folder of its own with --dir DIR.",
    },
    "DEMO-INSTALL": {
      say: "The packages of {example} could not be installed: {detail}",
      fix: "Check the network and npm's registry setting (npm config get registry), then run the same command again.",
    },
    "DEMO-STACK": {
      say: "The example's services failed at “{verb}”: {detail}",
      fix: "Do what it says, or read the logs below {dir}; then run the same command again, it clears up what was left behind.",
    },
    "INIT-WHERE": {
      say: "Which folder?",
      fix: "watchbook init DIR; DIR may be new, empty, or hold manuals.",
    },
    "INIT-EXISTS": {
      say: "{dir} is a book already: it has a watchbook.yaml.",
      fix: "Change that file, or choose another folder; nothing was written.",
    },
    "INIT-FILE": {
      say: "{path} is not a folder.",
      fix: "Name the folder that the book shall be in.",
    },
    "INIT-NOT-EMPTY": {
      say: "{dir} is not empty ({names}), and a template writes into an empty folder only.",
      fix: "Choose another folder, or leave --template out to make a book of what is there.",
    },
    "INIT-NO-MANUAL": {
      say: "{dir} holds no manual: no .md, .markdown or .txt file.",
      fix: "Name the folder with the manuals, or an empty one with --template.",
    },
    "INIT-TEMPLATE": {
      say: "There is no template “{name}”.",
      fix: "Did you mean {near}? There are: {names}.",
    },
    "INIT-LEFT": {
      say: "Nothing was made: the questions were left before the last answer.",
      fix: "Run it again, or give --yes for the usual answers.",
    },
    "INIT-ASK": {
      say: "There is no terminal to ask on for {dir}.",
      fix: "Give --template plain|systemd|compose|k8s, or --yes for the usual answers.",
    },
    "DEMO-GIT": {
      say: "git failed in {root}: {detail}",
      fix: "Check that git can write there, or remove the folder and run the same command again.",
    },
  },
} as const;
