/** What is wrong with a target or with what is sent to it. */
export const targets = {
  errors: {
    "VARIABLE-NAME": {
      say: '"{name}" is no name that a shell can give to a variable.',
      fix: "Use letters, digits and `_`, and do not begin with a digit.",
    },
    "VARIABLE-RESERVED": {
      say: "{name} cannot be a parameter: the shell or the loader of the target reads it as code or as its own state.",
      fix: "Give the parameter another name, and use that name in the steps.",
    },
    "VARIABLE-NUL": {
      say: "The value of {name} holds a NUL byte, which no environment and no script can carry.",
      fix: "Remove the NUL byte, or send the value as a file.",
    },
    "VARIABLE-LONG": {
      say: "The value of {name} has {bytes} bytes with its name; Linux passes at most {most} to a program.",
      fix: "Send it as a file, and give the step the path.",
    },
    "HOST-KEY-UNKNOWN": {
      say: "Nobody has confirmed the host key of {target} ({host}) yet: {file} does not have it. Nothing was sent.",
      fix: "Run `watchbook target enroll {target}`, compare the fingerprint with what the host's owner says, and commit {file}.",
    },
    "HOST-KEY-CHANGED": {
      say: "{target} ({host}) shows another host key than {file} has: it was set up anew, or somebody stands in between. Nothing was sent.",
      fix: "Ask the host's owner. Only when they confirm the new fingerprint: remove the old line from {file} and run `watchbook target enroll {target}`.",
    },
    "HOST-KEY-NONE": {
      say: "{host} gave no host key ({detail}).",
      fix: "Check host and port, and that sshd answers: `ssh-keyscan -p {port} {host}`.",
    },
    "SSH2-REFUSED": {
      say: "The driver ssh2 cannot do what {target} needs: {feature}.",
      fix: "Use `driver: openssh` for this target (the default), or `config: none` when only an ssh configuration asks for it that is not needed.",
    },
    "SSH2-MISSING": {
      say: "The driver ssh2 of {target} is not installed ({detail}).",
      fix: "Run `npm install ssh2` where watchbook is installed, or use `driver: openssh` (the default).",
    },
  },
} as const;
