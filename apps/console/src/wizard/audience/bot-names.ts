import { api } from '../../api/client.ts';

/** The name of a bot; its id where there is none any more. */
export const useBotNames = (): ((id: string) => string) => {
  const { data } = api.useQuery('get', '/v1/bots');
  return (id) => data?.items.find((bot) => bot.id === id)?.name ?? id;
};
