/** One call as Meta's documents show it, and what it is to be read as. */
export interface VendorSample {
  readonly title: string;
  readonly call: object;
  readonly events: readonly object[];
  readonly foreign: boolean;
}

/** The placeholders of the documents. */
export const PAGE_ID = 'PAGE_ID';
const address = 'PSID';
const at = '2016-03-23T00:25:52.478Z';
const upTo = '2016-03-22T17:47:36.253Z';

/** The envelope of every call (Send API reference as quoted in webitel/chat_manager `bot/facebook`). */
const call = (messaging: object): object => ({
  object: 'page',
  entry: [{ id: PAGE_ID, time: 1458692752478, messaging: [messaging] }],
});

/** Samples of the Messenger platform's pages, each named by its page. */
export const vendorSamples: readonly VendorSample[] = [
  {
    // Meta, "message_deliveries".
    title: 'message_deliveries',
    call: call({
      sender: { id: 'PSID' },
      recipient: { id: 'PAGE_ID' },
      delivery: { mids: ['mid.1458668856218:ed81099e15d3f4f233'], watermark: 1458668856253 },
    }),
    events: [
      {
        kind: 'receipt',
        what: 'delivered',
        address,
        which: { ids: ['mid.1458668856218:ed81099e15d3f4f233'], upTo },
        at: upTo,
      },
    ],
    foreign: true,
  },
  {
    // Meta, "message_deliveries": `mids` may be absent, `watermark` is always there.
    title: 'message_deliveries without ids',
    call: call({
      sender: { id: 'PSID' },
      recipient: { id: 'PAGE_ID' },
      delivery: { watermark: 1458668856253, seq: 37 },
    }),
    events: [{ kind: 'receipt', what: 'delivered', address, which: { upTo }, at: upTo }],
    foreign: true,
  },
  {
    // Meta, "message_reads".
    title: 'message_reads',
    call: call({
      sender: { id: 'PSID' },
      recipient: { id: 'PAGE_ID' },
      timestamp: 1458668856463,
      read: { watermark: 1458668856253, seq: 38 },
    }),
    events: [
      {
        kind: 'receipt',
        what: 'opened',
        address,
        which: { upTo },
        at: '2016-03-22T17:47:36.463Z',
      },
    ],
    foreign: true,
  },
  {
    // Meta, "messaging_postbacks", with the `mid` that it has since version 11.
    title: 'messaging_postbacks',
    call: call({
      sender: { id: 'PSID' },
      recipient: { id: 'PAGE_ID' },
      timestamp: 1458692752478,
      postback: {
        mid: 'm_AG5Hz2Uq7tuwNEhXfYYKj8mJEM',
        title: 'Remind me',
        payload: 'USER_DEFINED_PAYLOAD',
        referral: { ref: 'USER_DEFINED_REFERRAL_PARAM', source: 'SHORTLINK', type: 'OPEN_THREAD' },
      },
    }),
    events: [{ kind: 'started', address, payload: 'USER_DEFINED_REFERRAL_PARAM', at }],
    foreign: true,
  },
  {
    // Meta, "messages".
    title: 'messages',
    call: call({
      sender: { id: 'PSID' },
      recipient: { id: 'PAGE_ID' },
      timestamp: 1458692752478,
      message: {
        mid: 'mid.1457764197618:41d102a3e1ae206a38',
        text: 'hello, world!',
        quick_reply: { payload: 'DEVELOPER_DEFINED_PAYLOAD' },
      },
    }),
    events: [{ kind: 'started', address, text: 'hello, world!', at }],
    foreign: true,
  },
  {
    // Meta, "messages", with an attachment.
    title: 'messages with an attachment',
    call: call({
      sender: { id: 'PSID' },
      recipient: { id: 'PAGE_ID' },
      timestamp: 1458692752478,
      message: {
        mid: 'mid.1458696618141:b4ef9d19ec21086067',
        attachments: [{ type: 'image', payload: { url: 'IMAGE_URL' } }],
      },
    }),
    events: [{ kind: 'started', address, at }],
    foreign: true,
  },
  {
    // Meta, "message_echoes"; `metadata` is the sender's own.
    title: 'message_echoes',
    call: call({
      sender: { id: 'PAGE_ID' },
      recipient: { id: 'PSID' },
      timestamp: 1458692752478,
      message: {
        is_echo: true,
        app_id: 1517776481860111,
        metadata: '1517776481',
        mid: 'mid.1457764197618:41d102a3e1ae206a38',
        text: 'hello, world!',
      },
    }),
    events: [
      {
        kind: 'receipt',
        what: 'sent',
        address,
        which: { ids: ['mid.1457764197618:41d102a3e1ae206a38'], key: 1517776481 },
        at,
      },
    ],
    foreign: false,
  },
  {
    // Meta, "message_echoes", of another app.
    title: 'message_echoes with words of another app',
    call: call({
      sender: { id: 'PAGE_ID' },
      recipient: { id: 'PSID' },
      timestamp: 1458692752478,
      message: {
        is_echo: true,
        app_id: 1517776481860111,
        metadata: 'DEVELOPER_DEFINED_METADATA_STRING',
        mid: 'mid.1457764197618:41d102a3e1ae206a38',
      },
    }),
    events: [],
    foreign: true,
  },
  {
    // Meta, "messaging_optins", of the "Send to Messenger" plugin.
    title: 'messaging_optins',
    call: call({
      sender: { id: 'PSID' },
      recipient: { id: 'PAGE_ID' },
      timestamp: 1458692752478,
      optin: { ref: 'PASS_THROUGH_PARAM' },
    }),
    events: [{ kind: 'started', address, payload: 'PASS_THROUGH_PARAM', at }],
    foreign: true,
  },
  {
    // Meta, "messaging_optins", of the checkbox plugin: the person has no id yet.
    title: 'messaging_optins of somebody without an id',
    call: call({
      recipient: { id: 'PAGE_ID' },
      timestamp: 1458692752478,
      optin: { ref: 'PASS_THROUGH_PARAM', user_ref: 'UNIQUE_REF_PARAM' },
    }),
    events: [],
    foreign: true,
  },
  {
    // Meta, "messaging_policy_enforcement".
    title: 'messaging_policy_enforcement',
    call: call({
      recipient: { id: 'PAGE_ID' },
      timestamp: 1458692752478,
      'policy-enforcement': { action: 'block', reason: 'The bot violated our Platform Policies.' },
    }),
    events: [],
    foreign: true,
  },
];
