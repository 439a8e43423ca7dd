/** Somebody whom tests write to. */
export const PEER = '8042191';
/** The community of the tests. */
export const GROUP_ID = 217_003_211;
