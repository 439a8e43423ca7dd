import { AppError } from '@crier/kernel';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';

/** The environment does not say what the app has to know. Lists every fault at once. */
export class BadConfiguration extends AppError {
  readonly code = 'BAD_CONFIGURATION';
  readonly verdict = 'park';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as absent: that is what `VAR= command` means. */
const given = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => (entry[1] ?? '') !== '',
    ),
  );

/** The environment as the schema class describes it. @throws BadConfiguration with every fault */
export const validated = <Schema extends object>(
  schema: ClassConstructor<Schema>,
  environment: Environment,
): Schema => {
  const instance = plainToInstance(schema, given(environment), {
    enableImplicitConversion: true,
    exposeDefaultValues: true,
  });
  const faults = validateSync(instance, { whitelist: true }).flatMap(({ constraints }) =>
    Object.values(constraints ?? {}),
  );
  if (faults.length > 0)
    throw new BadConfiguration(`The configuration is wrong: ${faults.join('; ')}`, { faults });
  return instance;
};
