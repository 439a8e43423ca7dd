import type { BotRegistry, ContactDirectory } from '@crier/audience';
import { elementsFor, type Connection } from '@crier/contracts';
import type { CommandDesk } from '../commands/command-desk.ts';
import { ok, type Answer } from '../http/answer.ts';
import type { Order } from '../http/request-context.ts';
import { Problem } from '../problems/problem.ts';
import { problemOf } from '../problems/rejection-problem.ts';
import type { BroadcastReader } from './broadcast-reader.ts';
import { pendingAnswer } from './broadcast-orders.ts';

export interface TestSendsDeps {
  readonly desk: CommandDesk;
  readonly reader: BroadcastReader;
  readonly bots: BotRegistry;
  readonly directory: ContactDirectory;
}

/** Sends a broadcast's message to one contact, as a test that is counted nowhere. */
export class TestSends {
  readonly #deps: TestSendsDeps;

  constructor(deps: TestSendsDeps) {
    this.#deps = deps;
  }

  /** @throws Problem; Unavailable */
  async send(
    order: Order,
    id: string,
    wanted: { readonly contactId: string; readonly botId?: string },
  ): Promise<Answer> {
    const { content } = await this.#deps.reader.load(id);
    if (!content) throw problemOf({ code: 'MESSAGE_MISSING' });
    const { contactId } = wanted;
    const { botId, channel } = await this.#connection(contactId, wanted.botId);
    const elements = elementsFor(content, channel);
    if (elements.length === 0)
      throw new Problem('MESSAGE_MISSING', `message: There is no content for ${channel}.`);
    const ask = {
      errandId: order.commandId,
      botId,
      broadcastId: id,
      contactId,
      elements,
    };
    const reply = order.outcome ?? (await this.#deps.desk.test(channel, ask));
    if (!reply) return pendingAnswer(order);
    if (!reply.accepted) throw problemOf(reply.rejection ?? { code: 'TEST_NOT_SENT' });
    return ok({ sent: true, contactId, botId });
  }

  async #connection(contactId: string, botId: string | undefined): Promise<Connection> {
    const contact = await this.#deps.directory.get(contactId);
    if (!contact) throw new Problem('CONTACT_NOT_FOUND', 'contactId: There is no such contact.');
    if (botId !== undefined && !(await this.#deps.bots.get(botId)))
      throw problemOf({ code: 'UNKNOWN_BOT' });
    const found = contact.connections.find((one) =>
      botId === undefined ? one.main : one.botId === botId,
    );
    if (!found) throw problemOf({ code: 'CONTACT_NOT_REACHABLE' });
    return found;
  }
}
