/** Errors that no single area owns. */
export const errors = {
  "FILE-NOT-FOUND": {
    say: "{path} does not exist.",
    fix: "Check the path; relative paths start in the current folder.",
  },
} as const;
