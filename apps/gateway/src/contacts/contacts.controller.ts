import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ContactDirectory,
  parseContactChange,
  type ContactChange,
  type Upserted,
} from '@crier/audience';
import type { Contact } from '@crier/contracts';
import { Clock } from '@crier/kernel';
import { ReadModels } from '@crier/statistics';
import { AudienceRules } from '../audience/audience-rules.ts';
import { filterIn } from '../audience/filter-query.ts';
import { created, noContent, ok, type Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { Problem, type Fault } from '../problems/problem.ts';

interface ContactsQuery {
  readonly filter?: string;
  readonly limit?: number;
  readonly after?: string;
}

const PAGE = 50;

const noSuchContact = (): Problem =>
  new Problem('CONTACT_NOT_FOUND', 'There is no contact with this id.');

const refusedContact = (faults: readonly Fault[]): Problem =>
  new Problem(
    'CONTACT_REFUSED',
    `${faults[0]?.path ?? 'contact'}: ${faults[0]?.message ?? 'not valid'}`,
    { errors: faults },
  );

const faultOf = (answer: Extract<Upserted, { ok: false }>, at = ''): Fault => ({
  path: at + answer.field,
  code: answer.code,
  message: answer.message,
});

/** A change that is sound beyond its form. @throws Problem CONTACT_REFUSED */
const sound = (json: unknown, at = ''): ContactChange => {
  const parsed = parseContactChange(json);
  if (!parsed.ok) throw refusedContact([faultOf({ ...parsed }, at)]);
  return parsed.value;
};

const page = ({ limit = PAGE, after }: ContactsQuery): { limit: number; after?: string } => ({
  limit,
  ...(after === undefined ? {} : { after }),
});

/** The people. */
@ApiTags('contacts')
@Controller('v1/contacts')
export class ContactsController {
  constructor(
    @Inject(ContactDirectory) private readonly directory: ContactDirectory,
    @Inject(AudienceRules) private readonly rules: AudienceRules,
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @Endpoint({
    summary: 'Contacts in pages, all or those of a filter',
    roles: ['operator'],
    query: 'contacts',
    answers: { 200: 'ContactPage' },
  })
  async list(@Query() query: ContactsQuery): Promise<Answer> {
    const audience = await this.rules.read({ filter: filterIn(query.filter) });
    return ok(await this.directory.list(audience, page(query), this.clock.now()));
  }

  @Post()
  @HttpCode(200)
  @Endpoint({
    summary: 'Creates or changes one contact, or up to 1,000 in one write',
    roles: ['operator'],
    body: 'ContactChanges',
    answers: { 200: 'ContactOrUpserted', 201: 'Contact' },
  })
  async upsert(@Body() body: unknown): Promise<Answer> {
    if (!Array.isArray(body)) return this.#upsertOne(sound(body));
    const changes = body.map((one, index) => sound(one, `[${index}].`));
    return ok({ items: await this.directory.upsert(changes) });
  }

  @Get(':id')
  @Endpoint({ summary: 'One contact', roles: ['operator'], answers: { 200: 'Contact' } })
  async get(@Param('id') id: string): Promise<Answer> {
    return ok(await this.#contact(id));
  }

  @Patch(':id')
  @Endpoint({
    summary: 'Changes a contact; null empties a field',
    roles: ['operator'],
    body: 'ContactPatch',
    answers: { 200: 'Contact' },
  })
  async change(@Param('id') id: string, @Body() body: object): Promise<Answer> {
    await this.#contact(id);
    const [answer] = await this.directory.upsert([{ ...sound(body), id }]);
    if (answer?.ok !== true) throw refusedContact(answer ? [faultOf(answer)] : []);
    return ok(await this.#contact(id));
  }

  @Delete(':id')
  @Endpoint({
    summary: 'Forgets a person for good; counts stay',
    roles: ['operator'],
    answers: { 204: null },
  })
  async erase(@Param('id') id: string): Promise<Answer> {
    if (!(await this.directory.erase(id))) throw noSuchContact();
    return noContent();
  }

  @Get(':id/deliveries')
  @Endpoint({
    summary: 'What this person got, and why not; newest first',
    roles: ['operator', 'analyst'],
    query: 'deliveries',
    answers: { 200: 'RecipientPage' },
  })
  async deliveries(@Param('id') id: string, @Query() query: ContactsQuery): Promise<Answer> {
    return ok(await this.readModels.deliveries(id, page(query)));
  }

  async #upsertOne(change: ContactChange): Promise<Answer> {
    const [answer] = await this.directory.upsert([change]);
    if (answer?.ok !== true) throw refusedContact(answer ? [faultOf(answer)] : []);
    const contact = await this.#contact(answer.id);
    return answer.created
      ? created(contact, `/v1/contacts/${answer.id}`)
      : ok(contact, { location: `/v1/contacts/${answer.id}` });
  }

  async #contact(id: string): Promise<Contact> {
    const contact = await this.directory.get(id);
    if (!contact) throw noSuchContact();
    return contact;
  }
}
