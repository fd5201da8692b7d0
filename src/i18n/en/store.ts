export const store = {
  errors: {},
} as const;
