export const api = {
  errors: {},
} as const;
