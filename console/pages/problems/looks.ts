/** Colours of the states of a problem, by states that are known elsewhere. */
export const STATE = { proposed: "wait", open: "flawed", known: "note", closed: "over" } as const;
