import { client } from '../../api/client.ts';
import { useOfSaved } from '../draft/use-of-saved.ts';

/** What activating the draft now would do, as it is saved. */
export const useForecast = () =>
  useOfSaved(['forecast'], (id) =>
    client.GET('/v1/broadcasts/{id}/forecast', { params: { path: { id } } }),
  );
