/** Names of files that are hand-overs. */
export const HANDOVER_NAME = /hand-?over|交接/i;
