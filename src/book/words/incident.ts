/** Names of pages that tell of an incident. */
export const INCIDENT_NAME = /(?:^|[/_-])(?:incidents?|post-?mortems?|事件|复盘)(?:[/_.-]|$)/iu;
