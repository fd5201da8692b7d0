/** What drivers of targets (Compose, systemd, Kubernetes) refuse. */
export const drivers = {
  errors: {
    "TARGET-CHANGED": {
      say: "{name} on target {target} is no longer as it was when the plan was made: it was {was}, it is {is}.",
      fix: "See who changed it, then make a new plan and have it approved again.",
    },
    "TARGET-REFUSED": {
      say: "Target {target} refused ({status}): {command}: {detail}",
      fix: "Read the log of the step above it: it holds what the target said last. What was changed so far can be undone.",
    },
    "COMPOSE-OLD": {
      say: "Target {target} has only Docker Compose {version}; version 2 is needed.",
      fix: "Install the Compose plugin of docker there (Debian 13: docker-compose; Docker's own packages: docker-compose-plugin), so that `docker compose version` answers.",
    },
    "TARGET-THING-UNKNOWN": {
      say: "Target {target} knows no {name}; it knows: {known}.",
      fix: "Correct the name in the step or in the target's parameters.",
    },
    "TARGET-UNDO-LOST": {
      say: "{name} on target {target} cannot be brought back to what it was ({what}): that configuration was not kept.",
      fix: "Bring the files back to that version by hand (git), then run the step again.",
    },
    "TARGET-OVER-ITSELF": {
      say: "Target {target} cannot be reached over {over}: it would be reached over itself, or nobody can open that target.",
      fix: "Correct “over” of the target in watchbook.yaml.",
    },
    "TARGET-NEEDS": {
      say: "Target {target} needs the package {install}, which is not installed.",
      fix: "Install it: npm install {install}",
    },
    "TARGET-VALUES-GONE": {
      say: "The secret values for {name} on target {target} are not kept in the plan, and this process does not have them.",
      fix: "Make the plan again where it is applied.",
    },
    "TARGET-WISH": {
      say: "What is wanted of {name} on target {target} cannot be done there: {what}.",
      fix: "Correct the step; the guide of targets lists what each kind can do.",
    },
  },
} as const;
