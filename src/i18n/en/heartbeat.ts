/** Jobs that report by themselves. */
export const heartbeat = {
  verbs: {
    heartbeat: {
      does: "a job says that it begins, or how it ended",
      usage: "heartbeat NAME [--start | --exit N]",
      examples:
        "watchbook heartbeat nightly-backup --start\n/opt/backup.sh; watchbook heartbeat nightly-backup --exit $?",
      exits: "0  kept, whatever the job's exit code is\n2  it cannot be, and why",
    },
  },
  options: {
    "heartbeat.start": "the job begins now",
    "heartbeat.exit": "exit code with which the job ended; default 0",
  },
  said: {
    start: "{name} has begun.",
    end: "{name} has ended with exit code {exit}.",
  },
  errors: {
    "HEARTBEAT-USAGE": {
      say: "“heartbeat {given}” is not understood.",
      fix: "heartbeat NAME, with --start when the job begins or --exit 0 … 255 when it has ended.",
    },
    "HEARTBEAT-UNKNOWN": {
      say: "No check of kind heartbeat is called “{name}”.",
      fix: "There are: {known}. Declare it in watchbook.yaml under checks.",
    },
    "HEARTBEAT-SAID": {
      say: "“{given}” is nothing that a job can say.",
      fix: "POST with ?state=start when it begins, and with ?exit=0 … 255 or nothing when it has ended.",
    },
  },
} as const;
