import { asObject, type Params } from '../telegram-methods/method.ts';
import { isAttachmentType, isWebAddress } from './attachments.ts';
import { isText, templateFault, type Fault, type Knows } from './template-faults.ts';

const MESSAGING_TYPES: readonly unknown[] = ['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'];
const MOST_TEXT = 2000;
const MOST_METADATA = 1000;

const attachmentFault = (attachment: Params, knows: Knows): Fault => {
  const { type } = attachment;
  const payload = asObject(attachment['payload']) ?? {};
  if (type === 'template') return templateFault(payload, knows);
  if (!isAttachmentType(type)) return 'Param attachment type is not supported';
  const { url, attachment_id: id } = payload;
  if (id === undefined) return isWebAddress(url) ? undefined : 'Param url must be a valid URL';
  return knows(id, type) ? undefined : 'Param attachment_id must be a valid attachment';
};

const contentFault = ({ text, attachment }: Params, knows: Knows): Fault => {
  const given = asObject(attachment);
  if (text !== undefined && given !== undefined)
    return 'Only one of text and attachment is allowed';
  if (given !== undefined) return attachmentFault(given, knows);
  if (text === undefined || text === '') return 'Message cannot be empty, must provide valid text';
  return isText(text, MOST_TEXT) ? undefined : 'Length of param message[text] must be at most 2000';
};

/** Why Messenger would refuse a message, whoever it is for. */
export const messageFault = (params: Params, knows: Knows): Fault => {
  const message = asObject(params['message']);
  if (!MESSAGING_TYPES.includes(params['messaging_type'])) return 'Param messaging_type is missing';
  if (message === undefined) return 'The parameter message is required';
  const { metadata = '' } = message;
  if (typeof metadata !== 'string' || metadata.length > MOST_METADATA)
    return 'Param metadata must be at most 1000 characters';
  return contentFault(message, knows);
};
