import { client } from '../../api/client.ts';
import { useOfSaved } from '../draft/use-of-saved.ts';

/** The message as it is saved, as this person would see it; null: as somebody of whom nothing is known. */
export const usePreview = (contactId: string | null) =>
  useOfSaved(['preview', contactId], (id) => {
    const query = contactId === null ? {} : { contactId };
    return client.GET('/v1/broadcasts/{id}/preview', { params: { path: { id }, query } });
  });
